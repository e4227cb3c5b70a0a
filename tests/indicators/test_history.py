"""What figures came to on earlier days."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from engine import indicators, jobs
from engine.clock import ZONE
from tests.engine.conftest import engine, postgres  # noqa: F401
from tests.indicators.conftest import record


def numbers(counted, actor, code="DONE", place=0):
    with counted.work(actor) as work:
        return [(day.day, day.number) for day in indicators.history(work, "housing").get((code, place), ())]


def test_each_evening_the_figures_are_written_down_and_the_last_word_of_a_day_stays(counted, olga, clock):
    counted.run(jobs.begin_counting)
    counted.run(indicators.keep_day)
    counted.run(lambda work: work.ledger_rows.add([record(work, "defects", "D7", "WEST", "done")]))

    for _evening in range(2):
        clock.move_to(datetime.combine(clock.now().date(), jobs.END_OF_DAY, ZONE) + timedelta(minutes=1))
        jobs.run_due(counted)
        clock.move_to(clock.now() + timedelta(hours=9))

    # two of six on the tenth until D7 came, then three of seven
    assert numbers(counted, olga) == [(date(2022, 8, 10), Decimal("42.9")), (date(2022, 8, 11), Decimal("42.9"))]


def test_today_is_no_history_yet(counted, olga):
    counted.run(indicators.keep_day)

    assert numbers(counted, olga) == []


def test_a_figure_without_a_number_is_kept_as_such(counted, olga, clock):
    counted.run(indicators.keep_day)
    clock.move_to(clock.now() + timedelta(days=1))

    assert numbers(counted, olga, "DONE", 2) == [(date(2022, 8, 10), None)]


def test_history_over_all_units_is_not_told_to_those_who_see_one(counted, norah, clock):
    counted.run(indicators.keep_day)
    clock.move_to(clock.now() + timedelta(days=1))

    assert numbers(counted, norah) == []
