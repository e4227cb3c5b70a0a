import time
from datetime import datetime

import pytest

from engine import audit, jobs
from engine.bootstrap import build
from engine.clock import ZONE, ShiftedClock
from engine.persistence.models import metadata
from engine.settings import Settings
from tests.engine.models import deploy, flow, process, user_task


@pytest.fixture
def running(tmp_path):
    """An engine whose clock ticks in 2022 and whose scheduler runs."""
    engine = build(Settings(data=tmp_path), ShiftedClock(datetime(2022, 8, 10, 9, tzinfo=ZONE)))
    metadata.create_all(engine.database)
    engine.scheduler.start()
    yield engine
    engine.close()


def eventually(question):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.05)
    return False


def test_a_timer_wakes_by_itself_on_a_shifted_clock(running, ann):
    from engine import process_instances

    timer = "<timerEventDefinition><timeDuration>PT0.5S</timeDuration></timerEventDefinition>"
    ends = '<startEvent id="start"/><endEvent id="end"/>'
    wait = f'<intermediateCatchEvent id="wait">{timer}</intermediateCatchEvent>'
    deploy(running, process(ends + wait + user_task("act") + flow("start", "wait", "act", "end")))
    instance = running.run(lambda work: process_instances.start(work, "p", {}), ann)

    def has_task():
        with running.work() as work:
            return bool(work.user_tasks.of_instance(instance.id))

    assert not has_task()
    assert eventually(has_task)


def test_the_trail_is_sealed_without_being_asked(running):
    def is_sealed():
        with running.work() as work:
            return work.audit.last_seal() is not None

    running.run(lambda work: audit.record(work, "tested", "something"))
    running.run(lambda work: work.jobs.retry(jobs.HOUSEKEEPING, work.now, 1))
    running.scheduler.arm()

    assert eventually(is_sealed)


def test_there_is_one_housekeeping_however_often_it_is_begun(engine):
    engine.run(jobs.begin_housekeeping)
    engine.run(jobs.begin_housekeeping)
    jobs.run_due(engine)

    with engine.work() as work:
        assert len(work.jobs.of_kind("housekeeping")) == 1


def test_stopping_is_clean_and_can_be_done_twice(running):
    running.scheduler.stop()
    running.scheduler.stop()
