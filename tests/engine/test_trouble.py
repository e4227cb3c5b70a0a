"""A full disk, data closed to writing, a database that is away: said in words, nothing half-written, and work goes on."""

import io
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from engine import attachments, audit, jobs, process_instances, user_tasks
from engine.persistence import trouble
from tests.engine.models import deploy, flow, in_a_row, process, user_task


@contextmanager
def every_connection(engine, prepare):
    """Let new connections begin with some statements, and no old one live on."""

    def begin(connection, _record):
        cursor = connection.cursor()
        for statement in prepare:
            cursor.execute(statement)
        cursor.close()
        connection.commit()

    event.listen(engine.database, "connect", begin)
    engine.database.dispose()
    yield
    event.remove(engine.database, "connect", begin)
    engine.database.dispose()


@contextmanager
def full_disk(engine):
    """Let not one more page or row find room."""
    if engine.database.dialect.name == "sqlite":
        with engine.database.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        with every_connection(engine, [f"PRAGMA max_page_count = {pages}"]):
            yield
        return
    full = "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$"
    with engine.database.begin() as connection:
        connection.execute(text(f"{full} LANGUAGE plpgsql"))
        connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON audit EXECUTE FUNCTION full_disk()"))
    try:
        yield
    finally:
        with engine.database.begin() as connection:
            connection.execute(text("DROP TRIGGER full_disk ON audit"))


def closed(engine):
    """Let nobody write."""
    sqlite = engine.database.dialect.name == "sqlite"
    return every_connection(engine, ["PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = on"])


def fill(engine, ann):
    """Hand in something large until it is declined, and give what was said."""
    try:
        for _ in range(50):
            engine.run(lambda work: process_instances.start(work, "p", {"text": "x" * 200_000}), ann)
    except trouble.Trouble as said:
        return type(said)
    return None


@pytest.mark.parametrize(("mishap", "words"), [(full_disk, trouble.StorageFull), (closed, trouble.StorageClosed)])
def test_what_cannot_be_written_is_said_and_nothing_of_it_is_there(engine, start, todo, ann, mishap, words):
    deploy(engine, in_a_row(user_task("decide"), user_task("plan")))
    start()
    [row] = todo(ann)

    with mishap(engine):
        assert fill(engine, ann) is words
        before = len(todo(ann))
        with pytest.raises(words):
            engine.run(lambda work: user_tasks.complete(work, row.id, {"text": "y" * 400_000}), ann)
        assert len(todo(ann)) == before

    engine.run(lambda work: user_tasks.complete(work, row.id, {"text": "y"}), ann)
    with engine.work(ann) as work:
        assert audit.verify(work) == []
    assert "Plan" in [row.name for row in todo(ann)]


def test_a_job_that_found_the_disk_full_is_done_when_there_is_room(engine, start, clock, todo, ann):
    wait = "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>"
    catch = f'<intermediateCatchEvent id="wait">{wait}</intermediateCatchEvent>'
    ends = '<startEvent id="start"/><endEvent id="end"/>'
    deploy(engine, process(ends + catch + user_task("act") + flow("start", "wait", "act", "end")))
    start(text="x" * 200_000)
    clock.advance(jobs.LONGEST_PAUSE * 3)

    with closed(engine), pytest.raises(trouble.StorageClosed):
        jobs.run_due(engine)

    assert jobs.run_due(engine) == 1
    assert [row.name for row in todo(ann)] == ["Act"]
    with engine.work() as work:
        assert work.incidents.of_instance(todo(ann)[0].instance_id) == []


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_connection_that_was_cut_is_said_and_the_next_one_works(engine, start, todo, ann):
    deploy(engine, in_a_row(user_task("decide"), user_task("plan")))
    start()
    [row] = todo(ann)

    def cut(work):
        user_tasks.complete(work, row.id, {})
        with engine.database.connect() as other:
            others = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
            )
            other.execute(text(others))

    with pytest.raises((trouble.DatabaseAway, trouble.Uncertain)):
        engine.run(cut, ann)
    assert [row.name for row in todo(ann)] == ["Decide"]

    engine.run(lambda work: user_tasks.complete(work, row.id, {}), ann)
    assert [row.name for row in todo(ann)] == ["Plan"]


def test_a_commit_that_was_lost_is_not_called_undone():
    lost = OperationalError("COMMIT", {}, Exception("server closed the connection"), connection_invalidated=True)

    with pytest.raises(trouble.Uncertain), trouble.told(saving=True):
        raise lost
    with pytest.raises(trouble.DatabaseAway), trouble.told():
        raise lost


def kept_files(engine):
    return sorted(path for path in (engine.settings.data / "files").rglob("*") if path.is_file())


def test_a_file_there_is_no_room_for_leaves_nothing_behind(engine, ann, monkeypatch):
    def no_room(*_):
        raise OSError(28, "No space left on device")

    before = kept_files(engine)
    monkeypatch.setattr("engine.attachments.os.fsync", no_room)

    with pytest.raises(trouble.StorageFull):
        engine.run(lambda work: attachments.store(work, io.BytesIO(b"\xff\xd8\xff\xe0" + b"x" * 99), "scan.jpg"), ann)

    assert kept_files(engine) == before
