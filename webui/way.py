"""The way of a case for people: who did what and when, where it stands, what may come next, and the marks on its diagram."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import definitions
from engine.feel import Environment
from engine.forms.convert import shown
from engine.forms.model import CHOICE, Context, Field, look_up
from engine.packs import PackLacks
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import NextStep
from webui.formatting import day, moment
from webui.naming import person_name, state_word, unit_name


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail; *kind* is "", now, back or next."""

    element_id: str
    name: str
    kind: str
    who: str
    when: str
    at: datetime | None
    took: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Which elements of the diagram are done, current, next, and which flows were taken."""

    done: Sequence[str] = ()
    current: Sequence[str] = ()
    next: Sequence[str] = ()
    taken: Sequence[str] = ()


def steps(instance: Instance, tasks: Sequence[Task]) -> list[Step]:
    """Tell the way so far, from the beginning to where it stands."""
    began = Step("", _("It was begun"), "", instance.started_by_name, moment(instance.started_at), instance.started_at)
    found = [began, *(_step(task) for task in tasks if task.state != "cancelled")]
    if instance.ended_at:
        found.append(
            Step(
                "",
                state_word(instance.state),
                "",
                "",
                moment(instance.ended_at),
                instance.ended_at,
                opinion=instance.ended_reason or "",
            )
        )
    return found


def _step(task: Task) -> Step:
    if task.is_open:
        who = task.assignee_name or candidates(task.candidates)
        who = _("%(name)s (me)", name=who) if task.assignee == g.actor.login else who
        return Step(task.element_id, task.name, "now", who, _("arrived %(time)s", time=moment(task.created_at)), task.created_at)
    back = task.state in ("returned", "withdrawn")
    name = {"returned": _("%(step)s: returned", step=task.name), "withdrawn": _("%(step)s: taken back", step=task.name)}.get(
        task.state, task.name
    )
    who = " ".join(filter(None, (unit_name(task.completed_unit), task.completed_by_name)))
    if task.on_behalf_of:
        who += _(" (for %(name)s)", name=person_name(task.on_behalf_of))
    took = span(task.closed_at - task.created_at) if task.closed_at else ""
    return Step(
        task.element_id, name, "back" if back else "", who, moment(task.closed_at), task.closed_at, took, task.opinion or ""
    )


def span(time: timedelta) -> str:
    """Say how long something took."""
    if time.days:
        return ngettext("took %(num)s day", "took %(num)s days", time.days)
    hours = time.seconds // 3600
    return ngettext("took %(num)s hour", "took %(num)s hours", hours) if hours else ""


def candidates(groups: Sequence[str]) -> str:
    """Name who may take a task: roles with their units, or people."""
    return "、".join(dict.fromkeys(filter(None, (candidate(group) for group in groups))))


def candidate(group: str) -> str:
    """Name one candidate."""
    role, _at, unit = group.removeprefix("user:").partition("@")
    try:
        name, where = g.pack.role(role).name, unit_name(unit)
        return name if name.startswith(where) else f"{where}{name}"
    except PackLacks:
        return role if unit else ""


def ahead(following: Sequence[NextStep]) -> list[str]:
    """Name the steps that may come next, with who gets them."""
    return [_named(step) for step in following if step.name]


def submit_words(following: Sequence[NextStep]) -> str:
    """Say on the button what handing in leads to."""
    names = [_("finish") if step.type == "endEvent" and len(following) == 1 else _named(step) for step in following if step.name]
    if len(names) > 2:
        return _("%(first)s or others", first=names[0])
    return _(" or ").join(names)


def _named(step: NextStep) -> str:
    who = candidates(step.who)
    return f"{step.name}（{who}）" if who and len(who) <= 24 else step.name


def marks(work: UnitOfWork, instance: Instance, following: Sequence[NextStep]) -> Marks:
    """Say what the diagram shows as done, current and next."""
    visits = work.process_instances.visits(instance.id)
    current = {visit.element_id for visit in visits if visit.left_at is None}
    done = {visit.element_id for visit in visits if visit.outcome == "completed"} - current
    taken = {flow for visit in visits for flow in visit.taken or ()}
    return Marks(sorted(done), sorted(current), sorted({step.element_id for step in following} - current), sorted(taken))


def facts_of(work: UnitOfWork, instance: Instance) -> list[tuple[str, str]]:
    """List what is known of an instance in the words of its forms; what no form names is the engine's own business."""
    definition = definitions.loaded(work, instance.definition_id)
    ids = [
        element.form_id.text
        for element in definition.process.elements.values()
        if element.form_id and not element.form_id.expression
    ]
    known = definitions.form_versions(work)
    fields = {field.key: field for form_id in ids if form_id in known for field in definitions.form(work, form_id).fields()}
    environment, found = definition.at(work.now), instance.variables
    rows = [(field, look_up(found, key)) for key, field in fields.items()]
    return [(field.label, reading(field, value, found, environment)) for field, value in rows if value not in (None, "", [], {})]


def reading(field: Field, value: object, context: Context, environment: Environment) -> str:
    """Give a field's value as it is read."""
    if field.kind == "date":
        return day(str(value))
    return shown(field, value, field.options(context, environment) if field.kind in CHOICE else ())
