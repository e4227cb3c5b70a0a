"""What a letter says: its facts, the counts and rows of ledgers, and who did the steps before it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from engine import definitions, ledgers
from engine.clock import ZONE
from engine.documents.citing import cited_in
from engine.documents.model import Count, Document
from engine.feel import Environment
from engine.forms.model import Setting
from engine.ledgers import reading
from engine.ledgers.paper import day_in_figures
from engine.persistence.records import Task
from engine.persistence.work import UnitOfWork

Variables = Mapping[str, object]


def facts_of(work: UnitOfWork, document: Document, variables: Variables, instance_id: UUID | None) -> dict[str, Any]:
    """Give everything the template of a letter may name."""
    pack = definitions.pack(work, document.pack)
    facts: dict[str, Any] = {**always(work, document, variables), "campaign": pack.name, "issuer": pack.issuer}
    facts["cited"] = cited_in(work, document.pack)
    known = environment(work, document)
    facts["issuer_name"] = str(document.issuing.issuer.of(dict(variables) | facts, known) or "")
    facts |= {"doc_no": numbered(work, document, variables), "issue_date": _issue_date(work, variables)}
    facts |= {name: fact.of(dict(variables) | facts, known) for name, fact in document.facts.items()}
    facts |= {
        name: ledgers.count(work, count.ledger, _filter(work, document, count, variables))
        for name, count in document.counts.items()
    }
    facts |= {name: _table(work, document, count, variables) for name, count in document.tables.items()}
    facts |= {name: _rows(work, document, count, variables) for name, count in document.rows.items()}
    return facts | _steps(work, document, instance_id)


def numbered(work: UnitOfWork, document: Document, variables: Variables) -> str:
    """Give the number of a letter: its own, the one somebody brought along, or how it will look, with room for the count."""
    for name in ("doc_no", "own_doc_no"):
        if variables.get(name):
            return str(variables[name])
    if not document.issuing.number:
        return ""
    series = definitions.pack(work, document.pack).series(document.issuing.number)
    return series.blank(number_facts(work, document, variables))


def number_facts(work: UnitOfWork, document: Document, variables: Variables) -> dict[str, object]:
    """Give what a letter's number is made of and counted by."""
    known = environment(work, document)
    own = {name: fact.of(variables, known) for name, fact in document.issuing.number_facts.items()}
    return {"year": work.now.astimezone(ZONE).year} | dict(variables) | own


def _issue_date(work: UnitOfWork, variables: Variables) -> str:
    issued = str(variables.get("issued_on") or "")
    return day_in_words(date.fromisoformat(issued[:10])) if issued else day_in_words(work.now)


def _steps(work: UnitOfWork, document: Document, instance_id: UUID | None) -> dict[str, list[dict[str, str]]]:
    """Give who did the steps that fill the boxes of a slip: the last time that each was done, in the order it was done in."""
    if not document.issuing.steps:
        return {}
    done = work.user_tasks.of_instance(instance_id) if instance_id else []
    last = {task.element_id: task for task in sorted(done, key=lambda task: task.closed_at or work.now) if task.completed_by}
    found = sorted(last.values(), key=lambda task: task.closed_at or work.now)
    boxes = document.issuing.steps.items()
    return {name: [_signature(work, task) for task in found if task.element_id in elements] for name, elements in boxes}


def _signature(work: UnitOfWork, task: Task) -> dict[str, str]:
    unit = work.units.find(task.completed_unit) if task.completed_unit else None
    return {
        "opinion": task.opinion or "",
        "person": task.completed_by_name or "",
        "unit": unit.name if unit else "",
        "step": task.name,
        "day": day_in_words(task.closed_at.astimezone(ZONE)) if task.closed_at else "",
    }


def _filter(work: UnitOfWork, document: Document, count: Count, variables: Variables) -> dict[str, Any]:
    known = environment(work, document)

    def of(value: Setting | Mapping[str, Setting]) -> object:
        if isinstance(value, Mapping):
            return {key: inner.of(variables, known) for key, inner in value.items()}
        return value.of(variables, known)

    return {name: of(value) for name, value in count.filter.items()}


def _table(work: UnitOfWork, document: Document, count: Count, variables: Variables) -> list[dict[str, object]]:
    """Count the rows by a column, worded by its labels, in the order of its options."""
    ledger = ledgers.definition(work, count.ledger)
    found = ledgers.tally(work, count.ledger, count.by, _filter(work, document, count, variables))
    column = ledger.columns[count.by]
    options = column.field.options({}, environment(work, document)) if column.field else []
    labels = {str(option.value): option.label for option in options}
    order = {value: place for place, value in enumerate(labels)}
    values = sorted(found, key=lambda value: (order.get(str(value), len(order)), str(value)))
    return [{"value": value, "label": labels.get(str(value), str(value or "")), "count": found[value]} for value in values]


def _rows(work: UnitOfWork, document: Document, count: Count, variables: Variables) -> list[dict[str, object]]:
    found = reading.rows(work, count.ledger, count.view, _filter(work, document, count, variables), size=None)
    return [
        {name: day_in_figures(text) for name, text in row.cells.items()} | {"number": number}
        for number, row in enumerate(found.rows, 1)
    ]


def file_name(work: UnitOfWork, document: Document, variables: Variables | None) -> str:
    """Give what the file of a paper is called, without its ending."""
    context = with_unit(work, document, variables)
    return document.file.of(context, environment(work, document)).strip() or document.name


def always(work: UnitOfWork, document: Document, variables: Variables) -> dict[str, Any]:
    """Give what every paper may name: the day, and the unit that it is about."""
    unit = variables.get("unit") or work.actor.unit
    row = work.units.find(str(unit)) if unit else None
    return {
        "today": day_in_words(work.now),
        "year": work.now.year,
        "unit": unit,
        "unit_name": ledgers.formal_name(work, document.pack, row.code if row else None) or "",
        "unit_short_name": row.short_name if row else "",
    }


def with_unit(work: UnitOfWork, document: Document, variables: Variables | None) -> dict[str, object]:
    """Add the unit's names to variables."""
    known = variables or {}
    return {**known, **always(work, document, known)}


def day_in_words(moment: date) -> str:
    """Give a day as official papers write it: no leading zeros."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def environment(work: UnitOfWork, document: Document) -> Environment:
    """Give what the expressions of a paper may call."""
    return ledgers.environment(work, document.pack)
