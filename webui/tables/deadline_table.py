"""Deadlines and their ladders as two grids, read from ``pack.toml`` and turned back into what it holds."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.errors import Problem
from engine.packs import writing
from webui.problems import said
from webui.tables.grid import Column, Grid, as_rows

YES_NO = (("true", _l("yes")), ("false", _l("no")))
UNITS = (
    ("natural_days", _l("natural days")), ("working_days", _l("working days")), ("months", _l("months")),
    ("fixed", _l("fixed by the process")),
)  # fmt: skip
KINDS = (("remind", _l("remind")), ("urge", _l("urge")), ("order", _l("order")))
SLAS = (
    Column("code", _l("Code"), width=20), Column("name", _l("Deadline"), width=26), Column("amount", _l("Amount"), width=6),
    Column("unit", _l("Counted in"), UNITS, 17), Column("roll", _l("Rolls to a working day"), YES_NO, 8),
    Column("extensions", _l("Extensions"), width=8), Column("extension_days", _l("Days each"), width=8),
    Column("enabled", _l("In force"), YES_NO, 8), Column("source", _l("Source"), width=22),
)  # fmt: skip
STEPS = (
    Column("sla", _l("Code"), width=20),
    Column("offset", _l("Working days"), width=8, help=_l("before the due date with a minus, 0 on the day")),
    Column("kind", _l("What happens"), KINDS, 8), Column("to", _l("To whom"), width=26, help=_l("several with 、between them")),
    Column("title", _l("Words"), width=34), Column("body", _l("Text file"), width=24), Column("message", _l("Message"), width=18),
    Column("enabled", _l("In force"), YES_NO, 8), Column("source", _l("Source"), width=12),
)  # fmt: skip
WHOLE = re.compile(r"[+-]?\d{1,6}")
LIST = re.compile(r"[、,，;；\s]+")
NUMBERS, FLAGS, LISTS = {"amount", "extensions", "extension_days", "offset"}, {"roll", "enabled"}, {"to"}
REQUIRED = {"sla": ("code", "name", "unit", "source"), "step": ("sla", "offset", "kind", "title")}
SLA_PLACE = re.compile(r"sla\[(.*?)\](?:\.ladder\[(.*?)\])?(?:\.(\w+))?")


def grids(content: bytes) -> tuple[Grid, Grid]:
    """Read the deadlines and the steps of their ladders."""
    declared = _declared(content)
    steps = [{"sla": sla.get("code"), **step} for sla in declared for step in sla.get("ladder", [])]
    return empty(declared, steps)


@lru_cache(maxsize=4)
def _declared(content: bytes) -> list[dict[str, Any]]:
    """Read what a file declares, to look at only: the same bytes, a long file, are shown again and again."""
    found: list[dict[str, Any]] = tomllib.loads(content.decode("utf-8-sig")).get("sla", [])
    return found


def empty(declared: list[dict[str, object]], steps: list[dict[str, object]]) -> tuple[Grid, Grid]:
    """Make the two grids of what is given."""
    return (
        Grid("sla", _("Deadlines"), SLAS, as_rows(SLAS, declared)),
        Grid("step", _("Ladder of reminders"), STEPS, as_rows(STEPS, steps)),
    )


def written(before: bytes, slas: Grid, steps: Grid) -> bytes | None:
    """Give ``pack.toml`` with what the grids hold; nothing, with faults in the grids, where that cannot be read."""
    declared = [_values(slas, row, record) for row, record in enumerate(slas.records())]
    climbed: dict[str, list[Mapping[str, object]]] = {}
    codes = {str(values["code"]) for values in declared}
    for row, record in enumerate(steps.records()):
        values = _values(steps, row, record)
        if record["sla"] not in codes:
            steps.add_fault(row, "sla", _("There is no deadline with this code above."))
        climbed.setdefault(record["sla"], []).append({key: value for key, value in values.items() if key != "sla"})
    for row, record in enumerate(slas.records()):
        if [values["code"] for values in declared].count(record["code"]) > 1:
            slas.add_fault(row, "code", _("This code is there twice."))
    return None if slas.faults or steps.faults else writing.deadlines(before, declared, climbed)


def _values(grid: Grid, row: int, record: Mapping[str, str]) -> dict[str, object]:
    return {column: _value(grid, row, column, text) for column, text in record.items()}


def _value(grid: Grid, row: int, column: str, text: str) -> object:
    if not text:
        if column in REQUIRED[grid.name]:
            grid.add_fault(row, column, _("Must not be empty."))
        return None
    if column in NUMBERS:
        if not WHOLE.fullmatch(text):
            grid.add_fault(row, column, _("“%(text)s” is not a whole number.", text=text))
            return None
        return int(text)
    choices = next(one.options for one in grid.columns if one.id == column)
    if choices and text not in {value for value, _label in choices}:
        grid.add_fault(row, column, _("“%(text)s” cannot be chosen here.", text=text))
        return None
    if column in FLAGS:
        return text == "true"
    return [part for part in LIST.split(text) if part] if column in LISTS else text


def place(slas: Grid, steps: Grid, found: list[Problem]) -> list[Problem]:
    """Put each fault of the pack at its cell; give those that belong elsewhere."""
    elsewhere = []
    for problem in found:
        at = SLA_PLACE.fullmatch(problem.element or "") if problem.file == "pack.toml" else None
        if not at or not _put(slas, steps, at, said(problem)):
            elsewhere.append(problem)
    return elsewhere


def _put(slas: Grid, steps: Grid, at: re.Match[str], sentence: str) -> bool:
    code, offset, column = at[1], at[2], at[3] or ""
    grid = slas if offset is None else steps
    wanted = {"code": code} if offset is None else {"sla": code, "offset": offset}
    rows = [row for row, record in enumerate(grid.records()) if wanted.items() <= record.items()]
    for row in rows:
        grid.add_fault(row, column, sentence)
    return bool(rows)
