"""Indicators as cards: the number with its words, what it is made of, how it has changed, and where each part leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from flask import g, url_for
from flask_babel import gettext as _

from engine import indicators
from engine.indicators import Measured, Reading
from engine.packs import Figure, Indicator
from engine.persistence.repositories.indicators import DayRecord
from engine.persistence.work import UnitOfWork
from webui.formatting import short_day

LIGHTS = {"good": "normal", "near": "near", "over": "over"}
WIDTH, HEIGHT = 72, 18
Days = Mapping[tuple[str, int], Sequence[DayRecord]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure on a card: *why* says why there is no number; *line* are the points of its trend."""

    id: str
    name: str
    text: str
    unit: str
    light: str
    word: str
    part: int
    whole: int | None
    href: str
    whole_href: str
    target: str
    reached: float
    why: str = ""
    change: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An indicator with its figures."""

    code: str
    name: str
    definition: str
    source: str
    group: str
    tile: bool
    figures: tuple[Shown, ...]


def cards(work: UnitOfWork) -> list[Card]:
    """Give every indicator the post may see."""
    days = indicators.history(work, g.pack.key)
    return [card(measured, days) for measured in indicators.all_of(work, g.pack.key)]


def grouped(found: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """Give the cards that are no tiles by their group, in the pack's order."""
    plain = [one for one in found if not one.tile]
    return [(group, list(some)) for group, some in groupby(plain, key=lambda one: one.group)]


def card(measured: Measured, days: Days) -> Card:
    """Word an indicator."""
    found = measured.indicator
    figures = tuple(
        _shown(found, place, reading, days.get((found.code, place), ())) for place, reading in enumerate(measured.readings)
    )
    return Card(found.code, found.name, found.definition, found.source, found.group, found.tile, figures)


def _shown(indicator: Indicator, place: int, reading: Reading, days: Sequence[DayRecord]) -> Shown:
    figure, code = reading.figure, indicator.code
    return Shown(
        id=f"figure-{code}-{place}",
        name=figure.name,
        text=written(reading.number),
        unit="%" if figure.is_share and reading.number is not None else figure.unit if reading.number is not None else "",
        light=LIGHTS.get(reading.light, ""),
        word=word(reading.light),
        part=reading.part,
        whole=reading.whole,
        href=url_for("campaign.indicator", code=code, figure=place or None),
        whole_href=url_for("campaign.indicator", code=code, figure=place or None, side="whole"),
        target=written(figure.target) if figure.target is not None else "",
        reached=_reached(reading),
        why=_why(indicator, reading),
        change=change(reading, days),
        line=points([day.number for day in days] + [reading.number]),
    )


def _why(indicator: Indicator, reading: Reading) -> str:
    """Say why there is no number: nothing was counted, or so little that the number would point at somebody."""
    if reading.withheld:
        return _("fewer than %(number)s are not shown", number=indicator.suppress_below)
    return (reading.figure.nothing or _("Nothing to count yet")) if reading.number is None else ""


def word(light: str) -> str:
    """Say a light in a word, for those who cannot see its colour."""
    return {"good": _("in order"), "near": _("to watch"), "over": _("alert")}.get(light, "")


def written(number: Decimal | None) -> str:
    """Write a number without places that say nothing."""
    if number is None:
        return "—"
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _reached(reading: Reading) -> float:
    """Give how much of the target is reached, in percent."""
    if reading.number is None or not reading.figure.target:
        return 0
    return float(min(Decimal(100), 100 * reading.number / reading.figure.target))


def change(reading: Reading, days: Sequence[DayRecord]) -> str:
    """Say how a number has changed since the last day on which it was another one, or that it has not."""
    if reading.number is None:
        return ""
    before = next((day for day in reversed(days) if day.number is not None and day.number != reading.number), None)
    if before is None or before.number is None:
        return ""
    difference = reading.number - before.number
    sign, by = "▲" if difference > 0 else "▼", written(abs(difference)) + _unit(reading.figure)
    return _("%(sign)s%(by)s since %(day)s", sign=sign, by=by, day=short_day(before.day))


def _unit(figure: Figure) -> str:
    return " " + _("points") if figure.is_share else figure.unit


def points(numbers: Sequence[Decimal | None], width: int = WIDTH, height: int = HEIGHT) -> str:
    """Lay numbers out as the points of a line; days without a number are left out, and one number makes no line."""
    known = [(place, float(number)) for place, number in enumerate(numbers) if number is not None]
    if len(known) < 2:
        return ""
    least, most = min(number for _place, number in known), max(number for _place, number in known)
    step, span = width / (len(numbers) - 1), (most - least) or 1.0
    return " ".join(f"{place * step:.1f},{height - 1 - (number - least) / span * (height - 2):.1f}" for place, number in known)
