"""Clients: people who begin journeys, complete their tasks and send their messages, and remember what they were told."""

import itertools
import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from tests.bench import pack
from tests.bench.browsing import Answer, Person
from tests.bench.crash.load import JOURNEY, LETTER

VALUES = {"amount": "3", "kind": "a", "day": "2022-08-10"}
PATIENCE = 4.0
_TASKS = text(
    "SELECT t.id, t.element_id, t.assignee, t.state FROM user_task t JOIN process_instance p ON p.id = t.instance_id"
    " WHERE p.business_key = :subject AND p.process_id = :process"
)


@dataclass
class Told:
    """What clients were told: yes, or nothing certain."""

    acknowledged: dict[str, list[str]] = field(default_factory=lambda: {"begun": [], "completed": [], "sent": []})
    unsure: dict[str, list[str]] = field(default_factory=lambda: {"begun": [], "completed": [], "sent": []})
    longest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, subject: str, certain: bool) -> None:
        """Remember an answer."""
        with self.lock:
            (self.acknowledged if certain else self.unsure)[kind].append(subject)


class Client(Person):
    """A person who tries again, at another door where the first is shut."""

    def __init__(self, ports: Sequence[int], login: str, told: Told, database: Engine, first: int) -> None:
        self._doors = itertools.cycle([*ports[first % len(ports) :], *ports[: first % len(ports)]])
        self.login, self._told, self._database = login, told, database
        super().__init__(next(self._doors), login, pack.PASSWORD)

    def hand_in(self, path: str, values: Mapping[str, str]) -> bool | None:
        """Hand something in: done, declined, or nothing certain."""
        try:
            answer = self.post(path, values)
        except (OSError, HTTPException):
            self.turn_to(next(self._doors))
            return None
        return None if answer.status >= 500 else _is_done(answer)

    def tasks(self, subject: str) -> dict[str, tuple[str, str]]:
        """Give the tasks of a journey by element: key and state."""
        with self._database.connect() as connection:
            rows = connection.execute(_TASKS, {"subject": subject, "process": JOURNEY}).all()
        return {row.element_id: (str(row.id), row.state) for row in rows}

    def begin(self, process: str, subject: str, kind: str) -> bool:
        """Begin a process; say whether that is certain."""
        done = self.hand_in(f"/start/{process}", {**VALUES, "subject": subject})
        self._told.note(kind, subject, done is True)
        return done is True

    def complete(self, subject: str, element: str) -> bool:
        """Complete a task once it is there, trying again until somebody says so."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                key, state = self.tasks(subject).get(element, ("", ""))
            except SQLAlchemyError:
                key, state = "", ""
            if state == "completed":
                self._told.note("completed", key, certain=False)
                return True
            done = self.hand_in(f"/tasks/{_dashed(key)}/complete", {}) if key else None
            if done:
                self._told.note("completed", key, certain=True)
                self._told.longest = max(self._told.longest, time.monotonic() - began)
                return True
            time.sleep(0.05)
        return False


def _is_done(answer: Answer) -> bool:
    return answer.status == 302 and "/sign-in" not in answer.location


def _dashed(key: str) -> str:
    plain = key.replace("-", "")
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def travel(client: Client, stop: threading.Event, seed: int) -> None:
    """Make one journey after the other until told to stop."""
    chance = random.Random(seed)
    for number in itertools.count():
        if stop.is_set():
            return
        subject = f"{client.login}-{number}"
        if not client.begin(JOURNEY, subject, "begun"):
            time.sleep(0.1)
            continue
        early = chance.random() < 0.5
        if early:
            client.begin(LETTER, subject, "sent")
        if client.complete(subject, "first") and client.complete(subject, "second") and not early:
            client.begin(LETTER, subject, "sent")


def finish(client: Client, subjects: Sequence[str]) -> None:
    """Do what is still open of some journeys, now that nobody is killed any more."""
    for subject in subjects:
        client.begin(LETTER, subject, "sent")
        for element in ("first", "second"):
            client.complete(subject, element)
