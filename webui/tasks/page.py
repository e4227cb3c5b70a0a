"""Everything the page of a task shows, gathered in one unit of work."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g
from flask_babel import gettext as _

from engine import definitions, hiding, ledgers, unmasking, urging, user_tasks
from engine.forms.model import Form
from engine.identity import posts
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import ReturnTarget, TaskView
from webui import phrases, way
from webui.deadlines import deadlines
from webui.form_view import FormView
from webui.formatting import moment
from webui.ledgers.grant import of_task
from webui.naming import unit_name
from webui.papers import offers
from webui.tasks.desk import Sheet

NO_FORM = Form("", "", ())
LEDGER_ROWS = 200


@dataclass(frozen=True, slots=True)
class Duty:
    """What the person may do with the task."""

    desk: TaskView
    may_withdraw: bool
    may_return: bool = False

    @property
    def may_sign(self) -> bool:
        """It must be signed for, and this person may."""
        task = self.desk.task
        return task.sign_for and task.signed_at is None and (self.desk.is_mine or self.desk.is_offered)

    @property
    def may_work(self) -> bool:
        """It may be filled in and handed in."""
        return (self.desk.is_mine or self.desk.is_offered) and not self.may_sign

    @property
    def may_claim(self) -> bool:
        """It is offered to several, and one of them takes it on first."""
        return self.desk.is_offered and not self.may_sign and self.offers("claim")

    @property
    def may_release(self) -> bool:
        """It was taken on and can be given back to the others."""
        return self.desk.is_mine and bool(self.desk.task.candidates) and self.offers("claim")

    @property
    def opinion_required(self) -> bool:
        """An opinion must be written."""
        return self.desk.task.properties.get("bpm:opinionRequired") in (True, "true")

    @property
    def blocked(self) -> str:
        """Why nothing can be done, where that is so."""
        task = self.desk.task
        if self.may_sign:
            return _("Sign for this first; then it can be worked on.")
        if not task.is_open:
            return _("This step is finished. You see it as it was handed in.")
        return "" if self.may_work else _("This is with %(who)s.", who=task.assignee_name or way.candidates(task.candidates))

    def offers(self, action: str) -> bool:
        """Tell whether the process allows an action here, and there is a step to go back to."""
        return action in self.desk.actions and (action != "return" or self.may_return)


def sheet(work: UnitOfWork, task: Task, instance: Instance) -> Sheet:
    """Give the task's form on the variables it stands on."""
    form = definitions.form(work, task.form_id, task.form_version) if task.form_id else NO_FORM
    environment = ledgers.form_environment(work, definitions.loaded(work, task.definition_id))
    names = hiding.of_instance(work, instance)
    known = hiding.without({**instance.variables, **task.local}, names)
    return Sheet(form, known, environment, {**access(task), **dict.fromkeys(names, "hidden")})


def access(task: Task) -> Mapping[str, str]:
    """Read which fields are hidden or read-only at this step; everything is, once the step is finished."""
    if not task.is_open:
        return {"*": "readonly"}
    granted = task.properties.get("bpm:fieldAccess") or {}
    return json.loads(granted) if isinstance(granted, str) else granted  # type: ignore[no-any-return]


def gather(work: UnitOfWork, task_id: UUID, handed_in: FormView | None = None, opinion: str | None = None) -> dict[str, Any]:
    """Give the template what it needs; *handed_in* is a form that was refused."""
    desk = user_tasks.view(work, task_id)
    task, instance = desk.task, desk.instance
    tasks = user_tasks.of_instance(work, instance)
    back = any(done.state == "completed" and done.element_id != task.element_id for done in tasks)
    duty = Duty(desk, user_tasks.may_withdraw(work, task_id), back)
    draft = desk.draft if task.is_open else (task.submitted or {})
    view = handed_in or sheet(work, task, instance).shown(work, draft)
    following = user_tasks.next_steps(work, task_id, view.answers) if task.is_open else []
    return {
        "task": task,
        "instance": instance,
        "duty": duty,
        "view": view,
        "subtitle": list(dict.fromkeys(filter(None, _subtitle(desk)))),
        "deadline": deadlines(work.now).of(task.due_at) if task.is_open else None,
        "opinion": (draft or {}).get("_opinion", "") if opinion is None else opinion,
        "opinion_error": _("Write your opinion before you hand this in.") if opinion == "" and duty.opinion_required else "",
        "lacks": user_tasks.lacks(desk.task) if desk.task.is_open else None,
        "urgings": urging.of_tasks(work, [task_id]).get(task_id, ()),
        "phrases": phrases.offered(work),
        "steps": way.steps(instance, tasks),
        "next_steps": way.ahead(following),
        "next_words": way.submit_words(following),
        "marks": way.marks(work, instance, following),
        "saved_at": _saved_at(work, task_id),
        "papers": offers.for_task(work, task) if task.is_open else [],
        "ledger": _ledger(work, desk),
        "sealed": unmasking.spots(work, instance) if unmasking.may_open(work) else (),
    }


def _ledger(work: UnitOfWork, desk: TaskView) -> dict[str, Any] | None:
    ledger_id = desk.task.properties.get("bpm:ledger")
    if not ledger_id:
        return None
    held = of_task(work, desk, str(ledger_id))
    view = ledgers.view_of(held.ledger, held.view_id)
    return {"held": held, "view": view, "page": ledgers.rows(work, held.ledger.id, view.id, held.filter, size=LEDGER_ROWS)}


def _subtitle(desk: TaskView) -> tuple[str | None, ...]:
    return (
        desk.instance.business_key,
        desk.process_name,
        unit_name(desk.instance.unit),
        str(desk.task.properties.get("bpm:issuer") or ""),
    )


def _saved_at(work: UnitOfWork, task_id: UUID) -> datetime | None:
    row = work.drafts.find(g.actor.login, task_id)
    return None if row is None else row._mapping["saved_at"]


def for_action(work: UnitOfWork, task_id: UUID, name: str) -> dict[str, Any]:
    """Give what the page of an action needs: where it can be returned to, or to whom it can be handed over."""
    desk = user_tasks.view(work, task_id)
    found: dict[str, Any] = {"task": desk.task, "instance": desk.instance, "phrases": phrases.offered(work)}
    if name == "send_back":
        targets = user_tasks.return_targets(work, task_id)
        found["targets"] = [(target.element_id, _target(target)) for target in targets]
    if name == "hand_over":
        found["people"] = colleagues(work, desk.task, desk.instance)
    return found


def colleagues(work: UnitOfWork, task: Task, instance: Instance) -> list[tuple[str, str]]:
    """List who else could do a task: its other candidates and the people of one's own unit, each once."""
    here = [f"{role.code}@{g.actor.unit}" for role in g.pack.roles]
    holders = posts.holders(work, [*task.candidates, *here], [*task.excluded, g.actor.login], instance.excluded)
    found: dict[str, str] = {}
    for holder in holders:
        found.setdefault(holder.login, f"{holder.name}（{way.candidate(holder.group)}）")
    return list(found.items())


def _target(target: ReturnTarget) -> str:
    return f"{target.name}（{target.person}，{moment(target.at)}）" if target.person else target.name
