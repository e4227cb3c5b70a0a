"""The stage for the pack's processes: read as they are deployed, played on the kernel alone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from engine import bpmn, dmn, forms, kernel, packs
from engine.bpmn.model import Process
from engine.calendar import ZONE
from engine.feel import Environment
from engine.kernel import port
from tests.kernel.player import Player

KEY = "anshan-2022"
Reference = Callable[[str], list[dict[str, str]]]


@cache
def files() -> dict[str, bytes]:
    """Give the pack's files as they are deployed."""
    return packs.files(KEY)


@cache
def pack() -> packs.Pack:
    """Give what the pack declares."""
    return packs.parse(files())


def of_kind(suffix: str) -> dict[str, bytes]:
    """Give the pack's files of one kind."""
    return {name: content for name, content in files().items() if name.endswith(suffix)}


@cache
def processes() -> Mapping[str, Process]:
    """Give the pack's processes by id."""
    known = bpmn.Known(forms=frozenset(forms.read(of_kind(".form")).forms), decisions=frozenset(decisions()))
    return {process.id: process for process in bpmn.read(of_kind(".bpmn"), known).processes}


@cache
def decisions() -> Mapping[str, dmn.Decision]:
    """Give the pack's decisions by id."""
    return dmn.read(of_kind(".dmn")).decisions


def functions(reference: Reference | None = None) -> dict[str, Callable[..., Any]]:
    """Give what the pack's expressions may call; *reference* stands in for its tables."""
    return pack().calendar().functions() | {"reference": reference or pack().reference}


def without(*rules: str) -> Reference:
    """Give the pack's tables with some of its rules switched off."""

    def reference(table: str) -> list[dict[str, str]]:
        rows = pack().reference(table)
        return [row | {"enabled": "否"} if table == "rules" and row["code"] in rules else row for row in rows]

    return reference


def decide(decision_id: str, variables: Mapping[str, object]) -> Any:
    """Let one of the pack's decisions decide."""
    return decisions()[decision_id].evaluate(variables, Environment(None, functions()))


def day(text: str) -> datetime:
    """Give nine in the morning of a day."""
    return datetime.fromisoformat(f"{text}T09:00:00").replace(tzinfo=ZONE)


class Walk(Player):
    """One instance of a process of the pack, begun on a day."""

    def __init__(
        self, process_id: str, on: str, reference: Reference | None = None, begin_at: str = "", **variables: object
    ) -> None:
        process, calls = processes()[process_id], functions(reference)
        starts = [process.elements[root] for root in process.roots if process.elements[root].type == "startEvent"]
        begin = next(start for start in starts if begin_at in ("", start.id))
        self.definition = port.Definition(f"{process_id}:1", process, decide, calls)
        self.at, self.reload, self.all, self.open = day(on), False, [], {}
        self._take(kernel.start(self.definition, variables, self.at, begin.id))

    def until(self, on: str) -> None:
        """Let time pass until a day, day by day."""
        while self.at < day(on):
            self.wait(days=1)

    @property
    def walked(self) -> set[str]:
        """Name the sequence flows that were followed."""
        return {flow for effect in self.all if isinstance(effect, port.ElementLeft) for flow in effect.taken}

    @property
    def published(self) -> list[port.MessagePublished]:
        """List the messages sent so far."""
        return [effect for effect in self.all if isinstance(effect, port.MessagePublished)]

    @property
    def incidents(self) -> list[str]:
        """Tell what failed."""
        return [effect.message for effect in self.all if isinstance(effect, port.IncidentRaised)]
