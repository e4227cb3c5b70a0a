"""Charts: rows of a ledger counted by one column, each bar split by another; the bars stand beside their numbers."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from engine import ledgers
from engine.ledgers import Ledger
from engine.packs import Chart
from engine.persistence.work import UnitOfWork
from webui.formatting import short_day
from webui.ledgers.filtering import address_of


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar, in percent of the longest bar."""

    series: int
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: its words, its total, its stretches."""

    label: str
    total: int
    href: str
    parts: tuple[Part, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart ready to be shown."""

    name: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]


def drawn(work: UnitOfWork, chart: Chart) -> Drawn:
    """Count and lay out a chart, within the data scope of whoever looks."""
    ledger = ledgers.definition(work, chart.ledger)
    counted = _counted(work, chart)
    days = _spans(chart, {by for by, _split in counted})
    counted = _gathered(counted, days) if chart.span else counted
    labels = {first: _span_words(chart, first) for first in sorted(days)} if chart.span else _labels(work, ledger, chart.by)
    names = _labels(work, ledger, chart.split) if chart.split else {}
    series = _in_order({split for _by, split in counted}, names) if chart.split else [""]
    totals: dict[str, int] = defaultdict(int)
    for (by, _split), count in counted.items():
        totals[by] += count
    values = _in_order(set(totals), labels)
    if chart.sort == "longest":
        values.sort(key=lambda value: -totals[value])
    longest, words = max(totals.values(), default=1), [names.get(name, name) for name in series]
    bars = [
        _bar(
            chart,
            days.get(value, value),
            labels.get(value, value),
            [counted.get((value, one), 0) for one in series],
            longest,
            words,
        )
        for value in values
    ]
    return Drawn(chart.name, tuple(words), tuple(bars))


def _counted(work: UnitOfWork, chart: Chart) -> Mapping[tuple[str, str], int]:
    """Count by both columns; a cell that holds several values counts once under each."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    by = (chart.by, chart.split) if chart.split else (chart.by,)
    for values, count in ledgers.tally(work, chart.ledger, by, chart.filter).items():
        assert isinstance(values, tuple)
        for value in _each(values[0]):
            for split in _each(values[1]) if chart.split else [""]:
                found[value, split] += count
    return {pair: count for pair, count in found.items() if pair[0]}


def _spans(chart: Chart, days: set[str]) -> dict[str, list[str]]:
    """Give the days that stand together under the first day of their span."""
    found: dict[str, list[str]] = defaultdict(list)
    for day in sorted(days) if chart.span else ():
        found[_first_day(chart, day)].append(day)
    return dict(found)


def _first_day(chart: Chart, text: str) -> str:
    day = date.fromisoformat(text[:10])
    return (day - timedelta(days=day.weekday()) if chart.span == "week" else day).isoformat()


def _gathered(counted: Mapping[tuple[str, str], int], days: Mapping[str, list[str]]) -> dict[tuple[str, str], int]:
    first_of = {day: first for first, some in days.items() for day in some}
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (day, split), count in counted.items():
        found[first_of[day], split] += count
    return found


def _span_words(chart: Chart, first: str) -> str:
    day = short_day(date.fromisoformat(first))
    return _("week of %(day)s", day=day) if chart.span == "week" else day


def _each(value: object) -> list[str]:
    if isinstance(value, str) and value.startswith("["):
        return [str(one) for one in json.loads(value)]
    return ["" if value is None else str(value)]


def _labels(work: UnitOfWork, ledger: Ledger, column: str) -> dict[str, str]:
    """Give the words of a column's values in the order in which they are offered."""
    if column == ledger.unit:
        return {unit.code: unit.short_name or unit.name for unit in work.units.all()}
    field = ledger.options_of.get(column)
    offered = ledgers.presenter(work, ledger).options(field, {}) if field else ()
    return {str(option.value): option.label for option in offered}


def _in_order(values: set[str], labels: Mapping[str, str]) -> list[str]:
    known = [value for value in labels if value in values]
    return known + sorted(values - set(known))


def _bar(chart: Chart, value: str | list[str], label: str, counts: Sequence[int], longest: int, series: Sequence[str]) -> Bar:
    parts, start = [], 0.0
    for place, count in enumerate(counts):
        width = 100 * count / longest
        if count:
            parts.append(Part(place, count, start, width))
        start += width
    words = "，".join(f"{series[part.series]} {part.count}".strip() for part in parts)
    href = url_for("ledgers.show", ledger_id=chart.ledger, **address_of({**chart.filter, chart.by: value}))  # type: ignore[arg-type]
    return Bar(label, sum(counts), href, tuple(parts), words)
