"""User tasks as the process hands them out: who may take them, who is kept out, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import definitions
from engine.definitions import Loaded
from engine.effects import deadlines, projection
from engine.identity import succession
from engine.identity.recusal import barred, excluded_by
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
    place = (instance.id, effect.element_key)
    projection.keep_out(transition, instance, definition)
    out = barred(instance.excluded)
    excluded = sorted(
        excluded_by(effect.properties.get("bpm:excludedUsers")) | out.logins | _did_before(transition, instance, effect)
    )
    users = [login for login in effect.candidate_users if login not in excluded]
    barred_units = {succession.heir_of(transition.work, unit) for unit in out.units}
    wanted = dict.fromkeys(succession.heir_group(transition.work, group) for group in effect.candidate_groups)
    groups = [group for group in wanted if group.partition("@")[2] not in barred_units]
    offered = [*groups, *(f"user:{login}" for login in users)]
    came = transition.came(effect.element_id)
    assignee = next((login for login in (came.get("assignee"), effect.assignee) if login and login not in excluded), None)
    transition.batch.tasks[place] = UNFINISHED | _said(effect) | {
        "id": new_key(), "instance_id": instance.id, "definition_id": definition.row.id,
        "parent_key": transition.parent_key(place), "form_version": _version(transition, definition, effect), "state": "open",
        "assignee": assignee, "assignee_name": _name(transition, assignee), "created_at": transition.work.now,
        "due_at": deadlines.open_for_task(transition, instance, definition, effect), "source_id": transition.source_id,
        "origin": came.get("origin", "flow"), "origin_note": came.get("note"), "candidates": offered, "excluded": excluded,
    }  # fmt: skip
    transition.batch.candidates[place] = [*offered, *(f"not:{login}" for login in excluded)]


def _did_before(transition: Transition, instance: Instance, effect: UserTaskCreated) -> set[str]:
    """Give who did one of the steps that ``bpm:notDoneBy`` names, in this matter or what belongs to it, and on whose behalf."""
    steps = excluded_by(effect.properties.get("bpm:notDoneBy"))
    if not steps:
        return set()
    found = transition.work.user_tasks.who_did(instance.root_id, steps)
    for place, task in transition.read_tasks.items():
        if task["element_id"] in steps:
            how = transition.handed_in.get(place, {})
            found |= {str(login) for login in (how.get("completed_by"), how.get("on_behalf_of")) if login}
    return found


def _said(effect: UserTaskCreated) -> dict[str, Any]:
    """Give what the process itself says about a task."""
    return {
        "element_key": effect.element_key, "element_id": effect.element_id, "name": effect.name, "lane": effect.lane,
        "form_id": effect.form_id, "sign_for": effect.properties.get("bpm:signFor") in (True, "true"),
        "priority": effect.priority, "follow_up_at": effect.follow_up_at, "properties": dict(effect.properties),
        "headers": dict(effect.headers), "local": dict(effect.local),
    }  # fmt: skip


def close(transition: Transition, instance: Instance, effect: UserTaskClosed) -> None:
    """End a task: with what its person handed in, or because the process went another way."""
    place = (instance.id, effect.element_key)
    handed_in = transition.handed_in.get(place)
    row: dict[str, Any] = {name: None for name in UNFINISHED if name not in ("signed_at", "signed_by")}
    row |= {"b_state": effect.outcome, "closed_at": transition.work.now} | (handed_in or {})
    transition.batch.close_task(place, row, transition.read_tasks.get(place))


def _name(transition: Transition, login: str | None) -> str | None:
    """Give the name of whoever acts; anybody else's is looked up where the task is written."""
    actor = transition.work.actor
    return actor.name if login is not None and login == actor.login else None


def _version(transition: Transition, definition: Loaded, effect: UserTaskCreated) -> int | None:
    return definitions.form_version(transition.work, definition, effect.element_id, effect.form_id) if effect.form_id else None
