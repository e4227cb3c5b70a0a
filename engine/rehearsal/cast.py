"""The cast: which person acts on a task, in which post."""

import random
from collections.abc import Sequence

from engine.errors import EngineError
from engine.identity import posts
from engine.identity.actor import Actor
from engine.persistence.records import Task
from engine.persistence.work import UnitOfWork


class NobodyToAct(EngineError):
    """Nobody may do {task}: it is offered to {offered}."""


class Cast:
    """Actors by person and post; posts do not change during a rehearsal."""

    def __init__(self) -> None:
        self._actors: dict[tuple[str, str | None], Actor] = {}
        self._titles: dict[str, tuple[str, str]] = {}

    def actor(self, work: UnitOfWork, login: str, group: str | None = None) -> Actor:
        """Give a person acting in the post that belongs to a candidate group, else in the first post."""
        key = (login, group)
        if key not in self._actors:
            held = posts.current(work, login)
            chosen = next((post for post in held if group in (f"{post.role}@{post.unit}", post.role)), None)
            self._actors[key] = posts.actor_for(work, login, chosen.id if chosen else None)
        return self._actors[key]

    def starter(self, work: UnitOfWork, login: str, roles: list[str]) -> Actor:
        """Give a person acting in the first post that may start a process."""
        held = posts.current(work, login)
        chosen = next((post for post in held if post.role in roles), None)
        return posts.actor_for(work, login, chosen.id if chosen else None)

    def choose(self, work: UnitOfWork, task: Task, by: str, dice: random.Random, kept_out: Sequence[str] = ()) -> Actor:
        """Give who acts on a task: whoever has it, else one of those it is offered to and who are not kept out of the matter."""
        groups = [name for name in task.candidates if not name.startswith("user:")]
        if task.assignee:
            return self.actor(work, task.assignee, self._group_of(work, task.assignee, groups))
        able = posts.holders(work, groups, task.excluded, kept_out=kept_out)
        offered = [(holder.login, holder.group) for holder in able]
        offered += [(name.removeprefix("user:"), None) for name in task.candidates if name.startswith("user:")]  # type: ignore[misc]
        if not offered:
            raise NobodyToAct(task=task.name, offered=", ".join(task.candidates) or "-")
        named = [found for found in offered if found[0] == by]
        return self.actor(work, *(named[0] if named else dice.choice(offered) if by == "spread" else offered[0]))

    def facts(self, work: UnitOfWork, actor: Actor) -> dict[str, object]:
        """Give what a script may know of who acts."""
        if actor.login not in self._titles:
            person = work.people.find(actor.login)
            self._titles[actor.login] = ("", "") if person is None else (person.title or "", person.phone or "")
        title, phone = self._titles[actor.login]
        return {"login": actor.login, "name": actor.name, "title": title, "phone": phone, "unit": actor.unit, "role": actor.role}

    def _group_of(self, work: UnitOfWork, login: str, groups: list[str]) -> str | None:
        held = {f"{post.role}@{post.unit}" for post in posts.current(work, login)}
        return next((group for group in groups if group in held), None)
