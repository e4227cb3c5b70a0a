"""User tasks as the process hands them out: who may take them, who is kept out, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import definitions
from engine.definitions import Loaded
from engine.effects import deadlines
from engine.identity.recusal import excluded_by
from engine.kernel.port import UserTaskClosed, UserTaskCreated
from engine.persistence.keys import new_key
from engine.persistence.records import Instance

if TYPE_CHECKING:
    from engine.effects.transition import Transition

UNFINISHED: dict[str, Any] = {
    "signed_at": None, "signed_by": None, "closed_at": None, "completed_by": None, "completed_by_name": None,
    "completed_post": None, "completed_unit": None, "on_behalf_of": None, "opinion": None, "submitted": None,
}  # fmt: skip


def offer(transition: Transition, instance: Instance, definition: Loaded, effect: UserTaskCreated) -> None:
    """Write a new task and offer it to its candidates, except those who are kept out of it."""
    work, place = transition.work, (instance.id, effect.element_key)
    excluded = sorted(excluded_by(effect.properties.get("bpm:excludedUsers")))
    users = [login for login in effect.candidate_users if login not in excluded]
    offered = [*effect.candidate_groups, *(f"user:{login}" for login in users)]
    assignee = effect.assignee if effect.assignee not in excluded else None
    came = transition.came(effect.element_id)
    if came.get("assignee") and came["assignee"] not in excluded:
        assignee = str(came["assignee"])
    transition.batch.tasks[place] = UNFINISHED | {
        "id": new_key(), "instance_id": instance.id, "definition_id": definition.row.id, "element_key": effect.element_key,
        "element_id": effect.element_id, "parent_key": transition.parent_key(place), "name": effect.name, "lane": effect.lane,
        "form_id": effect.form_id, "form_version": _version(transition, effect.form_id), "state": "open", "assignee": assignee,
        "assignee_name": _name(transition, assignee), "sign_for": _yes(effect.properties.get("bpm:signFor")),
        "priority": effect.priority, "created_at": work.now, "due_at": deadlines.open_for_task(transition, instance, definition, effect), "follow_up_at": effect.follow_up_at,
        "source_id": transition.source_id, "origin": came.get("origin", "flow"), "origin_note": came.get("note"),
        "candidates": offered, "excluded": excluded, "properties": dict(effect.properties), "headers": dict(effect.headers),
        "local": dict(effect.local),
    }  # fmt: skip
    transition.batch.candidates[place] = [*offered, *(f"not:{login}" for login in excluded)]


def close(transition: Transition, instance: Instance, effect: UserTaskClosed) -> None:
    """End a task: with what its person handed in, or because the process went another way."""
    place = (instance.id, effect.element_key)
    handed_in = transition.handed_in.get(place)
    row: dict[str, Any] = {name: None for name in UNFINISHED if name not in ("signed_at", "signed_by")}
    row |= {"b_state": effect.outcome, "closed_at": transition.work.now} | (handed_in or {})
    transition.batch.close_task(place, row)


def _name(transition: Transition, login: str | None) -> str | None:
    """Give a person's name; whoever acts is known without asking."""
    work = transition.work
    if login is None or login == work.actor.login:
        return work.actor.name if login else None
    person = work.people.find(login)
    return person.name if person is not None else login


def _version(transition: Transition, form_id: str | None) -> int | None:
    return definitions.form_versions(transition.work).get(form_id) if form_id else None


def _yes(value: object) -> bool:
    return value is True or value == "true"
