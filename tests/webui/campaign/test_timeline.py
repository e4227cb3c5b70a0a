"""The time line."""

from datetime import date
from itertools import pairwise

from engine.packs import Milestone, Stage
from webui.campaign.timeline import APART, line


def milestone(day):
    return Milestone(f"M{day:%m%d}", day, "name", "short", "S1")


DATES = [date(2022, 7, 22), date(2022, 7, 25), date(2022, 7, 31), date(2022, 8, 5), date(2022, 8, 19), date(2022, 12, 31)]


def test_milestones_never_touch_and_stay_on_the_line():
    places = [mark.place for mark in line([milestone(day) for day in DATES], (), date(2022, 8, 10)).marks]

    assert all(later - earlier >= APART - 0.001 for earlier, later in pairwise(places))
    assert places[0] >= 0
    assert places[-1] == 100


def test_today_lies_between_its_neighbours():
    found = line([milestone(day) for day in DATES], (), date(2022, 8, 10))

    assert found.marks[3].place < found.today < found.marks[4].place
    assert [mark.passed for mark in found.marks] == [True] * 4 + [False] * 2


def test_a_running_stage_counts_its_days():
    stage = Stage("S2", "提升整改", date(2022, 8, 1), date(2022, 8, 19))

    assert line((), (stage,), date(2022, 8, 10)).running == ((stage, 10),)
