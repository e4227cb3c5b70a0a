"""Dates that a notice moves: what runs follows, on every level, and the first date stays on record."""

from datetime import date

import pytest

from engine import dates, definitions, jobs, process_instances
from engine.dates import UnknownDate
from tests.engine.models import flow, process, user_task
from tests.engine.test_with_a_pack import MORE, pack, served

__all__ = ["pack"]

TABLES = MORE + b'\n[dates]\nvariable = "deadlines"\ntables = []\n'
NEW = date(2022, 8, 1)
GIVEN = {"deadlines": {"M1": "2022-07-25"}, "unit": "PLAN"}
TIMED = user_task("mend", sla="ANSWER").replace(
    "<zeebe:userTask/>", '<zeebe:userTask/><zeebe:taskSchedule dueDate="=date(deadlines.M1)"/>'
)
BELOW = process('<startEvent id="start"/><endEvent id="end"/>' + TIMED + flow("start", "mend", "end"), "below", unit="=unit")
CALL = (
    '<callActivity id="call"><extensionElements><zeebe:calledElement processId="below" propagateAllChildVariables="false" '
    'propagateAllParentVariables="false"/><zeebe:ioMapping><zeebe:input source="=deadlines" target="deadlines"/>'
    '<zeebe:input source="=unit" target="unit"/></zeebe:ioMapping></extensionElements></callActivity>'
)
WAIT = (
    '<intermediateCatchEvent id="wait"><timerEventDefinition><timeDate xsi:type="tFormalExpression">=date(deadlines.M1)'
    "</timeDate></timerEventDefinition></intermediateCatchEvent>"
)
ABOVE = process(
    '<startEvent id="start"/><parallelGateway id="both"/><endEvent id="end"/>' + CALL + WAIT
    + flow("start", "both", "call", "end") + flow("both", "wait", "end"), "above", unit="=unit",
)  # fmt: skip


@pytest.fixture
def running(pack, start):
    pack(ABOVE, BELOW, more=TABLES)
    return start("above", **GIVEN)


def move(engine, **moved):
    return engine.run(lambda work: dates.move(work, "housing", moved, "Notice 4"))


def test_the_date_moves_and_the_first_one_is_kept(engine, running):
    assert move(engine, M1=NEW) == {"M1": (date(2022, 7, 25), NEW)}
    move(engine, M1=date(2022, 8, 8))

    with engine.work() as work:
        found = definitions.pack(work, "housing").milestone("M1")
    assert (found.date, found.planned, found.notice) == (date(2022, 8, 8), date(2022, 7, 25), "Notice 4")


def test_tasks_their_deadlines_and_ladders_follow_in_what_was_called(engine, running, todo, ann):
    move(engine, M1=NEW)

    [task] = todo(ann)
    assert task.due_at.date() == NEW
    with engine.work() as work:
        [clock] = work.clocks.of_instance(task.instance_id)
    assert (clock.due, clock.next_step.date()) == (NEW, date(2022, 7, 29))


def test_a_timer_fires_on_the_new_date(engine, clock, running):
    move(engine, M1=NEW)

    clock.move_to(clock.now().replace(month=7, day=26))
    jobs.run_due(engine)

    with engine.work() as work:
        assert "wait" in {row.element_id for row in process_instances.active_elements(work, running.id)}


def test_a_suspended_matter_follows_and_goes_on_resting(engine, running):
    engine.run(lambda work: process_instances.suspend(work, running.id, "later"))

    move(engine, M1=NEW)

    with engine.work() as work:
        assert {job.due_at for kind in ("timer", "clock") for job in work.jobs.of_kind(kind)} == {None}


def test_the_audit_says_what_was_moved_and_by_which_notice(engine, running):
    move(engine, M1=NEW)

    with engine.work() as work:
        [record] = work.audit.search(action="dates.moved").rows
    assert record.facts == {"dates": {"M1": ["2022-07-25", "2022-08-01"]}, "notice": "Notice 4"}


def test_a_stage_may_end_later(engine, running):
    move(engine, **{"S1.end": NEW})

    with engine.work() as work:
        assert definitions.pack(work, "housing").stages[0].end == NEW


def test_a_date_that_stays_changes_nothing(engine, running):
    assert move(engine, M1=date(2022, 7, 25)) == {}


def test_a_date_nobody_knows_is_refused(engine, running):
    with pytest.raises(UnknownDate):
        move(engine, M9=NEW)


def test_a_process_moves_dates_by_a_service_task(engine, pack, start):
    pack(
        served("move_dates", inputs=[("dates", "{M1: &quot;2022-08-01&quot;}"), ("notice", "&quot;Notice 4&quot;")]),
        more=TABLES,
    )

    instance = start()
    jobs.run_due(engine)

    with engine.work() as work:
        told = process_instances.get(work, instance.id).variables["moved"]
    assert told == [{"code": "M1", "before": "2022-07-25", "after": "2022-08-01"}]
