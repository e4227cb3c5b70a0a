"""What a diagram does with deadlines that run over several steps, and the number a process takes at its start."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from engine import jobs, process_instances
from tests.engine.models import flow, in_a_row, process, user_task
from tests.engine.test_with_a_pack import pack  # noqa: F401  a pack with deadlines

ENDS = '<startEvent id="start"/><endEvent id="end"/>'


def clock_task(task_id, operation, sla="", **inputs):
    """Write a service task that does something with deadlines."""
    headers = f'<zeebe:header key="operation" value="{operation}"/><zeebe:header key="sla" value="{sla}"/>'
    mapped = "".join(f'<zeebe:input source="={source}" target="{name}"/>' for name, source in inputs.items())
    inside = f'<zeebe:taskDefinition type="clock" retries="1"/><zeebe:taskHeaders>{headers}</zeebe:taskHeaders>'
    inside += f"<zeebe:ioMapping>{mapped}</zeebe:ioMapping>" if mapped else ""
    return f'<serviceTask id="{task_id}"><extensionElements>{inside}</extensionElements></serviceTask>'


def with_tasks(*tasks):
    """Write a process of these tasks in a row."""
    ids = [task.split('id="')[1].split('"')[0] for task in tasks]
    return process(ENDS + "".join(tasks) + flow("start", *ids, "end"))


@pytest.fixture
def begun(pack, engine, start):  # noqa: F811
    """Deploy the tasks, start the process, and do what a worker does of it; give the instance's key."""

    def begin(*tasks, **variables):
        pack(with_tasks(*tasks))
        key = start(**variables).id
        while jobs.run_due(engine):
            pass
        return key

    return begin


def state(engine, key):
    """Give when each deadline is due and whether it runs, stands still or has ended; nothing may have failed."""
    with engine.work() as work:
        assert [row.message for row in work.incidents.unresolved().rows] == []
        found = work.clocks.of_instance(key)
        return {row.code: (row.due, "ended" if row.closed_at else "stands still" if row.paused_on else "runs") for row in found}


def test_deadlines_run_from_the_day_of_receipt_over_several_steps(begun, engine):
    key = begun(clock_task("go", "start", "WHOLE", clock_start="received_on"), user_task("a"), received_on="2022-07-14")

    assert state(engine, key) == {"WHOLE": (date(2022, 8, 15), "runs")}
    with engine.work() as work:
        assert process_instances.get(work, key).variables["clock_due"] == {"WHOLE": "2022-08-15"}


def test_one_deadline_ends_while_the_other_runs_on(begun, engine):
    key = begun(clock_task("go", "start", "WHOLE,ANSWER"), clock_task("halt", "stop", "ANSWER"), user_task("a"))

    assert {code: how for code, (_, how) in state(engine, key).items()} == {"WHOLE": "runs", "ANSWER": "ended"}
    with engine.work() as work:
        going_on = work.clocks.steps_due("housing", work.now + timedelta(days=99))
    assert "ANSWER" not in {clock.code for clock in going_on}


def test_deadlines_stand_still_and_go_on_as_many_days_later(begun, engine, clock, complete, ann):
    key = begun(
        clock_task("go", "start", "WHOLE"),
        clock_task("rest", "pause"),
        user_task("a"),
        clock_task("on", "resume"),
        user_task("b"),
    )
    before, how = state(engine, key)["WHOLE"]
    clock.advance(timedelta(days=7))
    complete(ann, "A")
    jobs.run_due(engine)

    assert (how, state(engine, key)["WHOLE"]) == ("stands still", (before + timedelta(days=7), "runs"))


def test_a_deadline_is_moved_as_far_as_its_rule_allows(begun, engine):
    longer = clock_task("longer", "extend", "WHOLE", clock_until="&quot;2022-12-01&quot;")
    key = begun(clock_task("go", "start", "WHOLE"), longer, user_task("a"))

    with engine.work() as work:
        assert "may be extended 0 times" in work.incidents.unresolved().rows[0].message
        assert work.clocks.of_instance(key)[0].extensions == 0


def test_deadlines_end_with_the_matter(begun, engine, complete, ann):
    key = begun(clock_task("go", "start", "WHOLE"), user_task("a"))
    complete(ann, "A")

    assert [how for _, how in state(engine, key).values()] == ["ended"]


def test_an_operation_nobody_knows_is_an_incident(begun, engine):
    begun(clock_task("go", "start", "WHOLE"), clock_task("odd", "rewind"))

    with engine.work() as work:
        assert "but not rewind" in work.incidents.unresolved().rows[0].message


NUMBERED = in_a_row(user_task("a"), numbering="letter", numberAs="letter_no", businessKey="=letter_no")


def test_a_process_takes_its_number_in_the_transaction_that_begins_it(pack, start):  # noqa: F811
    pack(NUMBERED)

    begun = [start(unit="PLAN") for _ in range(2)]

    assert [instance.business_key for instance in begun] == ["PLAN-2022-001", "PLAN-2022-002"]


def test_a_number_that_is_given_stays(pack, start):  # noqa: F811
    pack(NUMBERED)

    assert start(unit="PLAN", letter_no="X-1").business_key == "X-1"


def test_a_hundred_who_begin_at_once_get_a_hundred_numbers_without_a_gap(pack, engine):  # noqa: F811
    pack(NUMBERED)

    def begin(_):
        return engine.run(lambda work: process_instances.start(work, "p", {"unit": "PLAN"})).business_key

    with ThreadPoolExecutor(20) as people:
        numbers = sorted(people.map(begin, range(100)))

    assert numbers == [f"PLAN-2022-{number:03}" for number in range(1, 101)]
