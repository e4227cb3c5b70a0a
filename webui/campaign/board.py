"""The matrix: units in official order against milestones and shares of ledgers, each cell with its light and its list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from engine.packs import Column, Pack
from webui.deadlines import Deadlines
from webui.formatting import ZONE


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit at one column: light, words, and where the click leads."""

    light: str
    text: str
    href: str = ""
    reached: bool = False


Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything a cell is judged by: who reached what, the counts and the words per ledger column, and today."""

    pack: Pack
    judge: Deadlines
    reached: Mapping[tuple[str, str], date]
    counted: Mapping[str, tuple[Counts, Counts]]
    said: Mapping[tuple[str, str], str]
    link: Callable[[Column, str], str]

    def cell(self, column: Column, unit: str) -> Cell:
        """Say how *unit* stands in *column*."""
        if column.milestone:
            return self._milestone(column, unit)
        if column.value:
            return self._word(column, unit)
        done, total = (counts.get(unit, 0) for counts in self.counted[column.name])
        return Cell(
            self._share_light(column, done, total), f"{done}/{total}" if total else "—", self.link(column, unit) if total else ""
        )

    def _milestone(self, column: Column, unit: str) -> Cell:
        due = self.pack.milestone(column.milestone).date
        href = self.link(column, unit)
        if (day := self.reached.get((column.milestone, unit))) is not None:
            late = (day - due).days
            return (
                Cell("over", ngettext("%(num)s day late", "%(num)s days late", late), href, True)
                if late > 0
                else Cell("done", _short(day), href, True)
            )
        light = self.judge.light(due)
        if light == "over":
            return Cell("over", ngettext("missing, %(num)s day", "missing, %(num)s days", (self.judge.today - due).days), href)
        return Cell("near", _("due soon"), href) if light == "near" else Cell("none", _short(due), href)

    def _word(self, column: Column, unit: str) -> Cell:
        text = self.said.get((column.name, unit), "")
        light = column.lights.get(text, "none")
        if not text and column.milestone_light:
            light = self.judge.light(self.pack.milestone(column.milestone_light).date)
            light = light if light != "normal" else "none"
        return Cell(light, text or "—", self.link(column, unit) if text else "")

    def _share_light(self, column: Column, done: int, total: int) -> str:
        if not total:
            return "none"
        if done >= total:
            return "done"
        if not column.milestone_light:
            return "none" if not done else "normal"
        return self.judge.light(self.pack.milestone(column.milestone_light).date)


def _short(day: date) -> str:
    return f"{day.month}-{day.day:02}"


def reached_by(rows: Sequence[Any]) -> dict[tuple[str, str], date]:
    """Index the milestones that were reached by code and unit."""
    return {(row.code, row.unit): _day(row.reached_at) for row in rows if row.unit}


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()
