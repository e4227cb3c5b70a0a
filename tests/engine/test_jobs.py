from datetime import timedelta

import pytest

from engine import incidents, jobs, process_instances
from engine.clock import real_now
from engine.persistence.counting import counting
from engine.scheduler import run_until
from engine.workers import BusinessError, registry
from tests.engine.models import deploy, flow, in_a_row, process, user_task

PLAIN = '<startEvent id="start"/><endEvent id="end"/>'


def service(task_type: str, retries: int = 1, headers: str = "", task_id: str = "serve") -> str:
    definition = f'<zeebe:taskDefinition type="{task_type}" retries="{retries}"/>'
    return f'<serviceTask id="{task_id}"><extensionElements>{definition}{headers}</extensionElements></serviceTask>'


def served(task_type: str, retries: int = 1, more: str = "") -> bytes:
    return process(PLAIN + service(task_type, retries) + more + flow("start", "serve", "end"))


def timed(expression: str, kind: str = "timeDuration") -> bytes:
    event = f"<timerEventDefinition><{kind}>{expression}</{kind}></timerEventDefinition>"
    catch = f'<intermediateCatchEvent id="wait">{event}</intermediateCatchEvent>'
    return process(PLAIN + catch + user_task("act") + flow("start", "wait", "act", "end"))


@pytest.fixture
def worker(monkeypatch):
    """Put a worker of our own in the registry."""
    return lambda name, work: monkeypatch.setitem(registry.WORKERS, name, lambda _work, job, headers, variables: work(variables))


def test_a_timer_fires_when_it_is_due_and_not_before(engine, clock, start, todo, ann):
    deploy(engine, timed("PT2H"))
    start()

    clock.advance(timedelta(hours=1))
    assert (jobs.run_due(engine), len(todo(ann))) == (0, 0)
    clock.advance(timedelta(hours=1))
    assert (jobs.run_due(engine), len(todo(ann))) == (1, 1)


def test_waiting_costs_one_look_at_an_index(engine, start):
    deploy(engine, timed("PT2H"))
    start()

    with counting() as count:
        jobs.run_due(engine)

    assert count.statements == 1


def test_a_worker_gives_its_results_to_the_process(engine, start, worker):
    worker("double", lambda variables: {"twice": variables["number"] * 2})
    deploy(engine, served("double"))
    instance = start(number=21)

    jobs.run_due(engine)

    with engine.work() as work:
        ended = process_instances.get(work, instance.id)
    assert (ended.state, ended.variables["twice"]) == ("completed", 42)


def test_a_failing_worker_is_tried_again_later_then_raises_an_incident(engine, clock, start, worker):
    worker("fail", lambda variables: 1 / 0)
    deploy(engine, served("fail", retries=3))
    start(number=1)

    tries = []
    for _ in range(4):
        tries.append(jobs.run_due(engine))
        clock.advance(timedelta(hours=1))

    with engine.work() as work:
        [incident] = incidents.unresolved(work).rows
    assert tries == [1, 1, 1, 0]
    assert (incident.message, incident.variables, "ZeroDivisionError" in incident.detail) == (
        "division by zero",
        {"number": 1},
        True,
    )


def test_a_failure_is_not_tried_again_at_once(engine, start, worker):
    worker("fail", lambda variables: 1 / 0)
    deploy(engine, served("fail", retries=3))
    start()

    assert (jobs.run_due(engine), jobs.run_due(engine)) == (1, 0)


def test_a_resolved_incident_is_tried_again_with_what_was_put_right(engine, start, worker):
    worker("share", lambda variables: {"part": 10 // variables["by"]})
    deploy(engine, served("share"))
    instance = start(by=0)
    jobs.run_due(engine)
    with engine.work() as work:
        [incident] = incidents.unresolved(work).rows

    engine.run(lambda work: incidents.resolve(work, incident.id, {"by": 5}))
    jobs.run_due(engine)

    with engine.work() as work:
        assert process_instances.get(work, instance.id).variables["part"] == 2
        assert incidents.unresolved(work).total == 0
    with pytest.raises(incidents.AlreadyResolved):
        engine.run(lambda work: incidents.resolve(work, incident.id))


def test_a_failed_expression_is_an_incident_that_can_be_resolved(engine, start, todo, ann):
    gateway = '<exclusiveGateway id="ok"/>' + user_task("act")
    ways = flow("start", "ok") + flow("ok", "act", condition="=amount &gt; 5") + flow("act", "end")
    deploy(engine, process(PLAIN + gateway + ways))
    start(amount=1)
    with engine.work() as work:
        [incident] = incidents.unresolved(work).rows
    assert (incident.element_id, todo(ann)) == ("ok", [])

    engine.run(lambda work: incidents.resolve(work, incident.id, {"amount": 9}))

    assert [row.name for row in todo(ann)] == ["Act"]


def test_a_business_error_is_for_the_process_to_catch(engine, start, todo, worker, ann):
    def refuse(variables):
        raise BusinessError("NOT_FOUND", "no such number", {"hint": "x"})

    worker("look_up", refuse)
    error = '<boundaryEvent id="failed" attachedToRef="serve"><errorEventDefinition errorRef="e"/></boundaryEvent>'
    body = PLAIN + service("look_up") + error + user_task("mend") + flow("start", "serve", "end") + flow("failed", "mend")
    deploy(engine, process(body, roots='<error id="e" errorCode="NOT_FOUND"/>'))
    start()

    jobs.run_due(engine)

    assert [row.name for row in todo(ann)] == ["Mend"]


def test_an_unknown_worker_is_an_incident(engine, start):
    deploy(engine, served("nobody"))
    start()

    jobs.run_due(engine)

    with engine.work() as work:
        assert "no worker for nobody" in incidents.unresolved(work).rows[0].message


def reminding() -> bytes:
    cycle = "<timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition>"
    timer = f'<boundaryEvent id="nag" attachedToRef="act" cancelActivity="false">{cycle}</boundaryEvent>'
    body = PLAIN + user_task("act") + timer + '<task id="told"/>' + flow("start", "act", "end") + flow("nag", "told")
    return process(body)


def test_an_overdue_short_cycle_fires_once_and_then_goes_on(engine, clock, start):
    deploy(engine, reminding())
    start()
    clock.advance(timedelta(days=3, minutes=30))

    assert [jobs.run_due(engine), jobs.run_due(engine)] == [1, 0]
    clock.advance(timedelta(minutes=30))
    assert jobs.run_due(engine) == 1


def test_the_reminders_end_with_their_task(engine, clock, start, complete, ann):
    deploy(engine, reminding())
    start()
    complete(ann, "Act")
    clock.advance(timedelta(days=1))

    assert jobs.run_due(engine) == 0


def test_a_rehearsal_jumps_from_one_due_job_to_the_next(engine, clock, start):
    deploy(engine, reminding())
    begin = clock.now()
    start()
    moments = []

    fired = run_until(engine, begin + timedelta(hours=3, minutes=10), moments.append)

    assert fired == 3
    assert [moment - begin for moment in moments] == [timedelta(hours=hour) for hour in range(4)]
    assert clock.now() == begin + timedelta(hours=3, minutes=10)


def test_a_process_begins_by_its_timer_again_and_again(engine, clock, todo, ann):
    cycle = "<timerEventDefinition><timeCycle>R2/P1D</timeCycle></timerEventDefinition>"
    begin = f'<startEvent id="daily">{cycle}</startEvent><endEvent id="end"/>'
    deploy(engine, process(begin + user_task("act") + flow("daily", "act", "end")))

    run_until(engine, clock.now() + timedelta(days=5))

    assert len(todo(ann)) == 2


def test_two_workers_never_do_the_same_job(engine, start, worker):
    done = []
    worker("once", lambda variables: done.append(1) or {})
    deploy(engine, served("once"))
    start()
    with engine.work() as work:
        taken = work.jobs.acquire(work.now, real_now(), "other", real_now() + timedelta(minutes=5), 10)

    assert (len(taken), jobs.run_due(engine), done) == (1, 0, [])


def test_a_suspended_instance_fires_no_timer_until_it_is_resumed(engine, clock, start, todo, ann):
    deploy(engine, timed("PT1H"))
    instance = start()
    engine.run(lambda work: process_instances.suspend(work, instance.id, "inquiry"))
    clock.advance(timedelta(hours=2))
    assert jobs.run_due(engine) == 0

    engine.run(lambda work: process_instances.resume(work, instance.id))

    assert (jobs.run_due(engine), len(todo(ann))) == (1, 1)


def test_nothing_is_handed_in_while_an_instance_is_suspended(engine, start, todo, complete, ann):
    deploy(engine, in_a_row(user_task("act")))
    instance = start()
    engine.run(lambda work: process_instances.suspend(work, instance.id, "inquiry"))

    with pytest.raises(process_instances.InstanceSuspended):
        complete(ann, "Act")
