"""The clocks of a complaint, compared with a count of days made without the engine (DOMAIN 3.0.3)."""

from calendar import monthrange
from datetime import date, timedelta
from random import Random

import chinese_calendar
import pytest

from engine import clocks
from tests.packs.stage import pack

VECTORS = {
    "2022-08-03": ("2022-08-10", "2022-08-10", "2022-09-05"),
    "2022-08-31": ("2022-09-07", "2022-09-07", "2022-09-30"),
    "2022-09-05": ("2022-09-13", "2022-09-13", "2022-10-08"),
    "2022-09-26": ("2022-10-08", "2022-10-08", "2022-10-26"),
    "2022-12-24": ("2023-01-03", "2022-12-30", "2023-01-28"),
    "2026-01-30": ("2026-02-06", "2026-02-06", "2026-02-28"),
}
YEAR = Random(2022).sample([date(2022, 1, 1) + timedelta(days=number) for number in range(365)], 365)


def due(code: str, received: date) -> date:
    """Give what the pack's rule comes to."""
    calendar, rule = pack().calendar(), pack().sla(code)
    return clocks.rolled(calendar, rule, clocks.base_date(calendar, rule, received))


def worked(day: date) -> date:
    """Go on to a day that is worked, one by one."""
    while not chinese_calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def after_a_month(day: date) -> date:
    """Give the same day of the next month, or its last one."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def after_working_days(day: date, number: int) -> date:
    """Count working days one by one; the first day does not count."""
    for _ in range(number):
        day = worked(day + timedelta(days=1))
    return day


@pytest.mark.parametrize(("received", "expected"), VECTORS.items())
def test_the_days_of_the_specification(received, expected):
    day = date.fromisoformat(received)

    assert tuple(due(code, day).isoformat() for code in ("CPL_PROC", "CPL_SUPP", "CPL_SUBST")) == expected


@pytest.mark.parametrize(("code", "days"), [("CPL_PROC", 7), ("CPL_REDO", 15), ("XF_NOTICE", 15), ("XF_DONE", 60)])
def test_natural_days_roll_to_a_working_day_on_every_day_of_a_year(code, days):
    assert [day for day in YEAR if due(code, day) != worked(day + timedelta(days=days))] == []


def test_a_month_ends_on_its_day_or_on_the_last_one_on_every_day_of_a_year():
    assert [day for day in YEAR if due("CPL_SUBST", day) != worked(after_a_month(day))] == []


@pytest.mark.parametrize(
    ("code", "days"), [("CPL_SUPP", 5), ("CPL_OBJ", 2), ("CPL_REVIEW", 2), ("CPL_VISIT", 5), ("LINE_SIGN", 1)]
)
def test_working_days_on_every_day_of_a_year(code, days):
    assert [day for day in YEAR if due(code, day) != after_working_days(day, days)] == []


@pytest.mark.parametrize("code", ["CPL_PROC", "CPL_SUBST", "CPL_REDO", "XF_NOTICE", "XF_DONE"])
def test_every_clock_has_the_whole_ladder(code):
    """RULINGS 17: three working days before, on the day, and an order prepared for the director on the first day after."""
    steps = {(step.offset, step.kind): step for step in pack().sla(code).ladder}

    assert {(-3, "remind"), (0, "urge"), (1, "order")} <= set(steps)
    assert steps[1, "order"].message == "supervision_order_due"
