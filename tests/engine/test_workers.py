"""Workers: on PostgreSQL, jobs are done by processes of their own, told by tickets written with the jobs."""

import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from engine import bootstrap, jobs, process_instances
from engine.clock import SystemClock, real_now
from engine.persistence.models import metadata
from engine.scheduler import workers
from engine.settings import Settings
from engine.workers import registry
from tests.engine.models import deploy, flow, process, user_task

SERVE = '<zeebe:taskDefinition type="{}" retries="1"/>'
PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
pytestmark = pytest.mark.postgres


@pytest.fixture
def grown(postgres):
    """An engine whose jobs are done elsewhere, on an empty database in real time."""
    engine = bootstrap.build(replace(postgres, workers=True), SystemClock())
    with engine.database.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)} CASCADE"))
    workers.prepare(engine)
    jobs.run_due(engine)
    with engine.database.begin() as connection:
        connection.execute(text("TRUNCATE procrastinate_jobs CASCADE"))
    yield engine
    engine.close()


def served(kind: str) -> bytes:
    task = f'<serviceTask id="serve"><extensionElements>{SERVE.format(kind)}</extensionElements></serviceTask>'
    return process(PLAIN + task + flow("start", "serve", "end"))


def tickets(engine) -> list[str]:
    with engine.database.connect() as connection:
        return list(
            connection.execute(text("SELECT queueing_lock FROM procrastinate_jobs WHERE task_name = 'run_job'")).scalars()
        )


def work_off(engine) -> None:
    """Let a worker do all there is, in a thread whose loop of events is its own, as a process of its own has."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(workers.run, engine, until_idle=True).result()


def state(engine, instance) -> str:
    with engine.work() as work:
        return process_instances.get(work, instance.id).state


def test_a_worker_does_what_a_ticket_names(grown, monkeypatch):
    monkeypatch.setitem(registry.WORKERS, "greet", lambda work, job, headers, variables: {"greeting": "hello"})
    deploy(grown, served("greet"))
    instance = grown.run(lambda work: process_instances.start(work, "p", {}))
    assert len(tickets(grown)) == 1

    work_off(grown)

    assert state(grown, instance) == "completed"
    assert tickets(grown) == []


def test_no_ticket_is_left_of_what_was_not_saved(grown):
    deploy(grown, served("greet"))

    with pytest.raises(ZeroDivisionError):
        grown.run(lambda work: process_instances.start(work, "p", {}) and 1 / 0)

    assert tickets(grown) == []


def test_a_job_without_its_ticket_is_found_all_the_same(grown, monkeypatch):
    monkeypatch.setitem(registry.WORKERS, "greet", lambda work, job, headers, variables: {})
    deploy(grown, served("greet"))
    instance = grown.run(lambda work: process_instances.start(work, "p", {}))
    with grown.database.begin() as connection:
        connection.execute(text("TRUNCATE procrastinate_jobs CASCADE"))

    assert jobs.run_due(grown) == 1

    assert state(grown, instance) == "completed"


def test_a_job_is_done_once_however_many_tickets_name_it(grown, monkeypatch):
    done = []
    monkeypatch.setitem(registry.WORKERS, "greet", lambda work, job, headers, variables: done.append(job.id) or {})
    deploy(grown, served("greet"))
    grown.run(lambda work: process_instances.start(work, "p", {}))
    [ticket] = tickets(grown)

    assert (jobs.run_one(grown, ticket), jobs.run_one(grown, ticket)) == (True, False)

    assert len(done) == 1


def test_a_timer_has_a_ticket_for_its_moment(grown):
    wait = "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>"
    catch = f'<intermediateCatchEvent id="wait">{wait}</intermediateCatchEvent>'
    deploy(grown, process(PLAIN + catch + user_task("act") + flow("start", "wait", "act", "end")))
    grown.run(lambda work: process_instances.start(work, "p", {}))

    with grown.database.connect() as connection:
        [at] = connection.execute(text("SELECT scheduled_at - now() FROM procrastinate_jobs")).scalars()
    assert timedelta(minutes=119) < at < timedelta(minutes=121)


def test_an_embedded_database_has_no_workers(tmp_path):
    engine = bootstrap.build(Settings(data=tmp_path))

    with pytest.raises(workers.NeedsPostgreSQL):
        workers.prepare(engine)

    engine.close()


def test_what_a_dead_process_of_this_machine_had_taken_comes_back_at_once(grown, monkeypatch):
    monkeypatch.setitem(registry.WORKERS, "greet", lambda work, job, headers, variables: {})
    deploy(grown, served("greet"))
    instance = grown.run(lambda work: process_instances.start(work, "p", {}))
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    owners = {"dead": f"{platform.node()}:{dead.stdout.strip()}:1", "far": "another-machine:1:1"}
    until = real_now() + timedelta(minutes=1)
    for owner in owners.values():
        grown.run(lambda work, owner=owner: work.jobs.acquire(work.now, real_now(), owner, until, 1))

    workers.prepare(grown)

    assert jobs.run_due(grown) == 1
    assert state(grown, instance) == "completed"
