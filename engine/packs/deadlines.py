"""The parts of ``pack.toml`` that are about time and numbers: lights, holidays, deadlines, stages, milestones, series."""

import re
import string
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from engine.packs import model
from engine.packs.kept import Dates
from engine.packs.reading import Table, parse_day

SUBJECT_FACTS = ("subject", "unit", "due", "due_month", "due_day", "sla", "remaining", "overdue", "business_key")
RECIPIENT = r"assignee|[a-z][a-z0-9_]*(@([A-Z][A-Z0-9]*|parent))?"


def lights(table: Table | None) -> model.Lights:
    """Read how lights are set, or the usual rule."""
    if table is None:
        return model.Lights()
    found = model.Lights(
        normal_above=table.integer("normal_above", 3, least=0),
        due_day=cast(Any, table.choice("due_day", ("near", "over"), "near")),
        normal=table.text("normal", "正常"),
        near=table.text("near", "临期"),
        over=table.text("over", "超期"),
    )
    table.close()
    return found


def holiday_year(table: Table) -> model.HolidayYear:
    """Read one published year of days off and days worked."""
    year = table.integer("year", least=2000)
    return model.HolidayYear(year, _days(table, "holidays", year), _days(table, "workdays", year), table.text("source", ""))


def _days(table: Table, key: str, year: int) -> frozenset[date]:
    days: set[date] = set()
    for text in table.texts(key):
        first, _, last = text.partition("/")
        start, end = parse_day(first), parse_day(last or first)
        if start is None or end is None or end < start or {start.year, end.year} != {year}:
            table.problem(key, "{text!r} must be a date of {year} or two like {year}-01-01/{year}-01-03", text=text, year=year)
            continue
        days.update(start + timedelta(days=number) for number in range((end - start).days + 1))
    return frozenset(days)


def sla(table: Table) -> model.Sla:
    """Read a deadline rule with its ladder."""
    unit = table.choice("unit", ("natural_days", "working_days", "months", "fixed"))
    fixed = unit == "fixed"
    if fixed and (table.has("amount") or table.flag("roll")):
        table.problem("amount", "a fixed date has neither amount nor roll: leave both out")
    return model.Sla(
        code=table.text("code", pattern=r"[A-Z][A-Z0-9_]*", hint="capital letters, digits, underscores"),
        name=table.text("name"),
        unit=cast(Any, unit),
        amount=table.integer("amount", 0) if fixed else table.integer("amount", least=1),
        roll=table.flag("roll"),
        source=table.text("source"),
        enabled=table.flag("enabled", True),
        extensions=table.integer("extensions", 0, least=0),
        extension_days=table.integer("extension_days", 0, least=0),
        ladder=tuple(step for entry in table.tables("ladder", "offset") if (step := _step(entry))),
    )


def _step(table: Table) -> model.LadderStep | None:
    kind = table.choice("kind", ("remind", "urge", "order"))
    if (kind == "order") != table.has("message"):
        table.problem("message", "a step of kind order names the message it publishes, no other step does")
    to = table.texts("to")
    if kind != "order" and not to:
        table.problem("to", "name at least one recipient")
    for recipient in to:
        if not re.fullmatch(RECIPIENT, recipient):
            table.problem("to", "{recipient!r} must be assignee, a role, role@UNIT or role@parent", recipient=recipient)
    title = table.text("title")
    check_pattern(table, "title", title, SUBJECT_FACTS)
    step = model.LadderStep(
        offset=table.integer("offset"),
        kind=cast(Any, kind),
        to=to,
        title=title,
        body=table.text("body", "", pattern=r"forms/messages/.+\.txt", hint="forms/messages/<name>.txt"),
        message=table.text("message", ""),
        source=table.text("source", ""),
    )
    return step if table.flag("enabled", True) else None


def check_pattern(table: Table, key: str, pattern: str, known: tuple[str, ...] | None) -> list[str]:
    """Check a text with {places}; give the names of its places."""
    try:
        fields = list(places(pattern))
    except ValueError as error:
        table.problem(key, "cannot be filled in: {reason}", reason=str(error))
        return []
    for name in fields:
        if not name.isidentifier() or (known is not None and name not in known):
            template = "{fact} is not a fact; known are: {known}" if known else "{fact} is not a fact"
            table.problem(key, template, fact=f"{{{name}}}", **({"known": ", ".join(known)} if known else {}))
    return fields


def places(pattern: str) -> Iterator[str]:
    """Give the names of the {places} of a text."""
    return (name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None)


def series(table: Table) -> model.Series:
    """Read how the numbers of one series look and what they count by."""
    pattern = table.text("pattern")
    fields = check_pattern(table, "pattern", pattern, None)
    per = table.texts("per")
    if pattern and "n" not in fields:
        table.problem("pattern", "has no {n}: every number would be the same")
    for fact in per:
        if fact not in fields:
            table.problem("per", "{fact} is not in the pattern: two numbers would look the same", fact=fact)
    return model.Series(table.text("series", pattern=r"[a-z][a-z0-9_]*"), pattern, per, table.text("source", ""))


def stage(table: Table) -> model.Stage:
    """Read a stage."""
    found = model.Stage(
        code=table.text("code"),
        name=table.text("name"),
        start=table.day("start"),
        end=table.day("end"),
        source=table.text("source", ""),
    )
    if found.end < found.start:
        table.problem("end", "lies before start")
    return found


def milestone(table: Table) -> model.Milestone:
    """Read a milestone."""
    return model.Milestone(
        code=table.text("code"),
        date=table.day("date"),
        name=table.text("name"),
        short=table.text("short", ""),
        stage=table.text("stage"),
        sla=table.text("sla", ""),
        per=cast(Any, table.choice("per", ("unit", "campaign"), "unit")),
        source=table.text("source", ""),
        planned=table.day("planned") if "planned" in table.values else None,
        notice=table.text("notice", ""),
    )


def dates(table: Table | None) -> Dates:
    """Read where else the dates of milestones and stages stand."""
    if table is None:
        return Dates()
    found = Dates(table.text("variable", ""), table.texts("tables"))
    table.close()
    return found
