"""From day to day: each evening it is written down what every indicator came to, so that a change that is shown is a true one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from engine.clock import ZONE
from engine.indicators.computing import all_of
from engine.indicators.model import Measured
from engine.packs import PackRefused
from engine.persistence.repositories.indicators import DayRecord
from engine.persistence.work import UnitOfWork

SHOWN = timedelta(days=60)


def keep_day(work: UnitOfWork) -> None:
    """Write down today's figures of every pack, over all units; the last word of a day stays."""
    today = work.now.astimezone(ZONE).date()
    for pack in work.definitions.packs():
        with suppress(PackRefused):  # processes that were deployed without a pack.toml have no indicators
            work.indicators.keep(list(_records(all_of(work, pack), pack, today)))


def _records(found: Iterable[Measured], pack: str, day: date) -> Iterator[DayRecord]:
    for measured in found:
        for place, reading in enumerate(measured.readings):
            yield DayRecord(pack, measured.indicator.code, place, day, reading.number, reading.part, reading.whole)


def history(work: UnitOfWork, pack: str) -> Mapping[tuple[str, int], Sequence[DayRecord]]:
    """Give the days before today of each figure, by code and place; only to those from whom nothing is kept."""
    found: dict[tuple[str, int], list[DayRecord]] = defaultdict(list)
    if work.actor.scope.units is None and not work.kept_out.any_of(work.reader):
        today = work.now.astimezone(ZONE).date()
        for day in work.indicators.history(pack, today - SHOWN):
            if day.day < today:
                found[day.code, day.figure].append(day)
    return found
