"""Clean-up by age: the steps of old matters are forgotten a few at a time, and the trail still verifies."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine import audit, cleaning, history, jobs, process_instances, user_tasks
from engine.settings import Settings, SettingWrong
from tests.engine.models import deploy, in_a_row, user_task


@pytest.fixture
def kept_for_a_year(engine):
    engine.settings = replace(engine.settings, history_kept=timedelta(days=365))
    deploy(engine, in_a_row(user_task("a")))
    engine.run(jobs.begin_housekeeping)


@pytest.fixture
def finished(engine, ann, start, todo, kept_for_a_year):
    """Five matters that were finished today, and one that goes on."""

    def finish():
        instance = start(subject="old").id
        [row] = todo(ann)
        engine.run(lambda work: user_tasks.complete(work, row.id, {"n": 1}), ann)
        return instance

    finished = [finish() for _ in range(5)]
    start()
    return finished


def steps(engine, instances):
    with engine.work() as work:
        return [len(history.visits(work, instance)) for instance in instances]


def test_what_ended_long_ago_loses_its_steps_and_keeps_its_trail(engine, clock, ann, todo, finished):
    clock.advance(timedelta(days=366))
    while jobs.run_due(engine):
        pass

    assert steps(engine, finished) == [0] * 5
    with engine.work(ann) as work:
        assert process_instances.get(work, finished[0]).variables["subject"] == "old"
        assert [entry.action for entry in history.trail(work, finished[0])] == ["instance.started", "task.completed"]
        assert audit.verify(work) == []
    assert len(todo(ann)) == 1
    assert todo(ann, "done") == []


def test_a_few_go_at_a_time_so_that_nobody_waits(engine, clock, finished, monkeypatch):
    monkeypatch.setattr(cleaning, "AT_ONCE", 2)
    clock.advance(timedelta(days=366))
    jobs.run_due(engine)  # begins it

    left = []
    for _ in range(3):
        jobs.run_due(engine)
        left.append(sum(found > 0 for found in steps(engine, finished)))

    assert left == [3, 1, 0]


def test_nothing_goes_before_its_time_or_without_the_setting(engine, clock, finished):
    clock.advance(timedelta(days=364))
    jobs.run_due(engine)
    jobs.run_due(engine)
    engine.settings = replace(engine.settings, history_kept=None)
    clock.advance(timedelta(days=366))
    while jobs.run_due(engine):
        pass

    assert all(found > 0 for found in steps(engine, finished))


@pytest.mark.parametrize("wrong", ["a year", "0", "-3", "1.5"])
def test_a_number_of_days_that_is_none_is_declined(wrong):
    with pytest.raises(SettingWrong):
        Settings.from_environment({"ZHENGGAI_HISTORY_DAYS": wrong})


def test_the_number_of_days_is_read():
    assert Settings.from_environment({"ZHENGGAI_HISTORY_DAYS": "3650"}).history_kept == timedelta(days=3650)
