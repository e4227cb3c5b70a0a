"""The campaign's dates: when it reminds, when it takes stock, when a stage begins."""

import pytest

from engine.kernel import port
from tests.packs.campaign import issued, work_off
from tests.packs.stage import day, pack


@pytest.fixture(scope="module")
def timers():
    """When each clock of a campaign issued on 19 July is to strike, for the elements that wait first."""
    walk = issued()
    work_off(walk)
    return [(timer.element_id, timer.due_at) for timer in walk.all if isinstance(timer, port.TimerArmed)]


@pytest.mark.parametrize(
    ("plan_day", "reminder"), [("2022-07-31", "2022-07-29"), ("2022-09-10", "2022-09-09"), ("2022-12-10", "2022-12-09")]
)
def test_a_date_on_a_day_off_is_reminded_of_on_the_working_day_before(plan_day, reminder):
    before = pack().calendar().functions()["add workdays"]

    assert before(plan_day, -1).isoformat() == reminder


def test_each_date_has_its_clock_and_reminds_one_working_day_before(timers):
    reminders = sorted(due.strftime("%m-%d %H:%M") for element, due in timers if element == "day_before")

    assert reminders == [
        "07-21 08:30", "07-22 08:30", "07-29 08:30", "08-04 08:30", "08-18 08:30", "08-24 08:30", "08-30 08:30",
        "09-09 08:30", "12-09 08:30", "12-19 08:30", "12-30 08:30",
    ]  # fmt: skip


def test_stages_begin_on_their_dates_whoever_is_ready(timers):
    assert [due.strftime("%m-%d") for element, due in timers if element == "stage_begins"] == ["07-18", "08-01", "08-19", "09-01"]


def test_the_first_inspection_begins_on_the_first_of_august(timers):
    assert dict(timers)["day_inspection"] == day("2022-08-01").replace(hour=8, minute=30)


def test_every_unit_sets_up_and_checks_itself_from_the_first_day():
    walk = issued()
    for step in ("announce", "register_basis", "register_group"):
        walk.do(step)

    begun = [child.process_id for child in walk.all if isinstance(child, port.ChildStarted)]
    assert (begun.count("unit_setup"), begun.count("self_assessment")) == (41, 41)
