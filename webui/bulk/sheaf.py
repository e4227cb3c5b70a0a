"""A sheaf: the chosen matters of one step with the key facts of each, and the one form that is filled in for all of them.

A field whose starting value differs from matter to matter stands empty in the shared form; left empty, each matter keeps
its own. Files are not given in bulk: they belong to one matter each.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from engine import user_tasks
from engine.forms.model import Field, Passage
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import Chosen, NextStep
from webui.form_view import FormView, Shown, view
from webui.i18n import translated
from webui.naming import units
from webui.tasks import page
from webui.tasks.desk import Raw, Sheet

LONG = 24
LINES = 3


@dataclass(slots=True)
class Row:
    """One matter: its task, its form as it begins, and the form as it is filled in for all."""

    task: Task
    instance: Instance
    sheet: Sheet
    first: FormView
    filled: FormView
    ticked: bool

    @property
    def lacks(self) -> list[str] | None:
        """What the papers of this matter lack; None where the process does not say what is needed."""
        return user_tasks.lacks(self.task)

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """What is wrong with this matter when it is handed in like this: field, label, reason."""
        return [(id, label, translated(error)) for id, label, error in self.filled.errors] if self.ticked else []


@dataclass(slots=True)
class Facts:
    """What the task's own page shows for reading: up to three lines, what else there is, and the files."""

    lines: Sequence[tuple[str, str]]
    brief: Sequence[tuple[str, str]]
    more: Sequence[tuple[str, str]]
    files: Sequence[Mapping[str, object]]


@dataclass(slots=True)
class Sheaf:
    """The matters that can be handed in together, and the form they share."""

    chosen: Chosen
    rows: list[Row]
    varying: frozenset[str]

    @property
    def ticked(self) -> list[Row]:
        """The matters that are handed in now."""
        return [row for row in self.rows if row.ticked]

    @property
    def faulty(self) -> bool:
        """Tell whether one of them cannot be handed in like this."""
        return any(row.faults for row in self.rows)

    @property
    def opinion_required(self) -> bool:
        """An opinion must be written."""
        return any(row.task.properties.get("bpm:opinionRequired") in (True, "true") for row in self.rows)

    def common_faults(self) -> set[tuple[str, str, str]]:
        """What is wrong with every one of them, and therefore with the shared form."""
        counted = Counter(fault for row in self.ticked for fault in row.faults)
        return {fault for fault, times in counted.items() if times == len(self.ticked)}

    def hidden(self) -> set[str]:
        """The fields that are asked for in none of them."""
        asked = [row.filled.bound.hidden for row in self.ticked or self.rows]
        return set(frozenset.intersection(*asked)) if asked else set()

    def parts(self) -> list[Shown]:
        """Give the shared form: what can be filled in, with the choices that all matters have."""
        if not self.rows:
            return []
        rows, hidden, common = self.ticked or self.rows, self.hidden(), {name for name, _, _ in self.common_faults()}
        parts = list(_editable(rows[0].filled.components))
        others = [{part.name: part for part in walk(row.filled.components) if part.options} for row in rows[1:]]
        for part in walk(parts):
            if not isinstance(part.component, Field):
                continue
            allowed = [{str(option.value) for option in other[part.name].options} for other in others if part.name in other]
            part.options = [option for option in part.options if all(str(option.value) in values for values in allowed)]
            part.hidden = part.name in hidden
            part.error = part.error if part.id in common else None
        return parts

    def following(self, work: UnitOfWork) -> list[NextStep]:
        """Give the steps that handing in leads to; who gets them, where it is the same for all."""
        found: dict[str, NextStep] = {}
        for row in self.ticked:
            for step in user_tasks.following(work, row.task, row.instance, row.filled.answers):
                known = found.setdefault(step.element_id, step)
                found[step.element_id] = known if known.who == step.who else replace(known, who=())
        return list(found.values())


def gather(work: UnitOfWork, ids: Sequence[UUID], ticked: Collection[UUID], raw: Raw | None, *, judge: bool = False) -> Sheaf:
    """Bind the shared form to each matter on its own variables; *raw* is what was typed, *judge* shows what is wrong."""
    chosen = user_tasks.choose(work, ids)
    sheets = [page.sheet(work, task, instance) for task, instance in chosen.ready]
    firsts = [sheet.shown(work, None) for sheet in sheets]
    own = [_begins(first) for first in firsts]
    names = {name for found in own for name in found}
    varying = frozenset(name for name in names if any(found.get(name) != own[0].get(name) for found in own))
    typed = {name: texts for name, texts in own[0].items() if name not in varying} if raw is None and own else raw or {}
    rows = []
    for (task, instance), sheet, first, found in zip(chosen.ready, sheets, firsts, own, strict=True):
        files = {name: list(texts) for name, texts in first.bound.raw.items() if name in _pickers(first)}
        kept = {name: list(texts) for name, texts in found.items() if name in varying and not any(typed.get(name, ()))}
        filled = view(sheet.form, sheet.context, sheet.environment, {**typed, **kept, **files}, first.files, sheet.access)
        filled.show_errors = judge and task.id in ticked
        rows.append(Row(task, instance, sheet, first, filled, task.id in ticked))
    return Sheaf(chosen, rows, varying)


def sorted_by_papers(chosen: Iterable[tuple[Task, Instance]]) -> dict[str, list[UUID]]:
    """Sort matters into those whose papers are ``complete`` and those that are ``lacking`` something."""
    found: dict[str, list[UUID]] = {"complete": [], "lacking": []}
    for task, _instance in chosen:
        lacks = user_tasks.lacks(task)
        if lacks is not None:
            found["lacking" if lacks else "complete"].append(task.id)
    return found


def facts(row: Row) -> Facts:
    """Give what a decision on this matter rests on, without what its title already says."""
    names = [name for unit in units() if unit.code == row.instance.unit for name in (unit.name, unit.short_name)]
    said = [row.instance.title, row.instance.business_key or "", *filter(None, names)]
    parts = [
        part for part in walk(row.first.components) if isinstance(part.component, Field) and part.readonly and not part.hidden
    ]
    read = [
        (part.component.label, _text(part)) for part in parts if part.reading and part.kind not in ("filepicker", "dynamiclist")
    ]
    read = [(label, text) for label, text in read if not any(text in words for words in said)]
    brief = [(label, text) for label, text in read if len(text) <= LONG]
    long = [(label, text) for label, text in read if len(text) > LONG]
    lines = LINES - 1 if brief else LINES
    return Facts(long[:lines], brief, long[lines:], [file for part in parts for file in part.files if "id" in file])


def walk(parts: Iterable[Shown]) -> Iterator[Shown]:
    """Give every component of a page with what stands inside it."""
    for part in parts:
        yield part
        yield from walk(part.parts)


def _text(part: Shown) -> str:
    unit: Any = getattr(part.component, "unit", "")
    return f"{part.reading} {unit}" if unit else part.reading


def _editable(parts: Iterable[Shown]) -> Iterator[Shown]:
    """Leave out what is only read, what belongs to one matter, and sections that are empty then."""
    for part in parts:
        if isinstance(part.component, Field):
            if not part.readonly and part.kind != "filepicker":
                yield part
        elif isinstance(part.component, Passage):
            if all(words.expression is None for words in part.component.parts):
                yield part
        elif part.kind == "group":
            part.parts = list(_editable(part.parts))
            if any(isinstance(inner.component, Field) for inner in walk(part.parts)):
                yield part


def _begins(first: FormView) -> dict[str, list[str]]:
    """Give what stands in the fields that can be filled in, before anything is typed."""
    keys = [part.name for part in walk(first.components) if isinstance(part.component, Field) and not part.readonly]
    fields = [key for key in keys if key not in _pickers(first)]
    raw = first.bound.raw
    return {name: texts for name, texts in raw.items() if any(name == key or name.startswith(f"{key}.") for key in fields)}


def _pickers(first: FormView) -> list[str]:
    return [field.key for field in first.form.fields() if field.kind == "filepicker"]
