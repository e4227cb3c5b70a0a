"""A backup is one moment of a database in use, and comes back equal, on the same kind of database or on the other."""

import io
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Event

import pytest
from sqlalchemy import text

from engine import attachments, audit, backups, bootstrap, process_instances, user_tasks
from engine.persistence import copying
from engine.persistence.database import connect
from engine.persistence.models import metadata
from engine.persistence.repositories.inbox import InboxFilters
from engine.settings import Settings
from tests.engine.models import deploy, flow, in_a_row, process, user_task

ODD = {"name": "张三", "amount": 12345678901234567890123, "share": 0.1, "nothing": None, "list": [{"a": "é\n"}, []]}


@pytest.fixture(params=["same"])
def elsewhere(request, engine, tmp_path):
    """Settings of a place that has no data yet, on the same kind of database or on the other one."""
    settings = Settings(data=tmp_path / "elsewhere")
    if (engine.database.dialect.name == "sqlite") == (request.param == "same"):
        yield settings
        return
    server = connect(request.getfixturevalue("postgres").database_url)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS elsewhere WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE elsewhere"))
        yield replace(settings, database=server.url.set(database="elsewhere").render_as_string(hide_password=False))
        connection.execute(text("DROP DATABASE elsewhere WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def office(engine, ann, start):
    """A database at today's migration, with work under way and a file in the store."""
    with engine.database.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:now)"), {"now": bootstrap.migrations.revisions()[-1]})
    wait = '<intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>'
    body = f'<startEvent id="start"/><endEvent id="end"/>{wait}</intermediateCatchEvent>' + flow("start", "wait", "end")
    deploy(engine, in_a_row(user_task("decide"), user_task("plan")), process(body, "later"))
    start(**ODD)
    start("later")
    engine.run(lambda work: attachments.store(work, io.BytesIO(b"\xff\xd8\xff\xe0" + b"x" * 99), "scan.jpg"), ann)
    yield engine
    with engine.database.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))


@pytest.fixture
def restored(elsewhere):
    """Put a backup there, and give the engine on it."""
    engines = []

    def restored(file, clock=None):
        backups.restore(elsewhere, file)
        engines.append(bootstrap.build(elsewhere, clock))
        return engines[-1]

    yield restored
    for engine in engines:
        engine.close()


def sums(engine):
    with copying.still(engine.database) as connection:
        return {name: (count.rows, count.text) for name, count in copying.sums(connection, copying.outline()).items()}


@pytest.mark.parametrize("elsewhere", ["same", "other"], indirect=True)
def test_what_is_restored_equals_what_was_there_and_work_goes_on(office, restored, ann, clock, tmp_path):
    backups.write(office, tmp_path / "backup.zip")

    there = restored(tmp_path / "backup.zip", clock)

    assert sums(there) == sums(office)
    with there.work(ann) as work:
        [row] = user_tasks.inbox(work, "todo", InboxFilters()).rows
        assert audit.verify(work) == []
    there.run(lambda work: user_tasks.complete(work, row.id, {"more": 1}), ann)
    with there.work(ann) as work:
        assert process_instances.get(work, row.instance_id).variables == ODD | {"share": Decimal("0.1"), "more": 1}


def test_a_backup_is_of_one_moment_while_others_write(office, restored, ann, start, clock, tmp_path):
    stop = Event()

    def go_on():
        count = 0
        while not stop.is_set():
            start(name=str(count))
            count += 1
        return count

    with ThreadPoolExecutor(2) as threads:
        written = [threads.submit(go_on) for _ in range(2)]
        try:
            backups.write(office, tmp_path / "backup.zip")
        finally:
            stop.set()
        assert sum(one.result() for one in written) > 0

    there = restored(tmp_path / "backup.zip", clock)
    with there.work(ann) as work:
        assert audit.verify(work) == []
    [instances, tasks] = [sums(there)[name][0] for name in ("process_instance", "user_task")]
    assert instances - 1 == tasks


def test_files_come_along_and_keys_only_where_they_are_asked_for(office, restored, elsewhere, tmp_path):
    (office.settings.data / "keys.json").write_text('{"current": "", "keys": []}')
    without = backups.write(office, tmp_path / "without.zip")
    with_them = backups.write(office, tmp_path / "with.zip", with_keys=True)
    (office.settings.data / "keys.json").unlink()

    restored(tmp_path / "with.zip")

    [stored] = [path for path in (elsewhere.data / "files").rglob("*") if path.is_file()]
    assert (stored.read_bytes()[-99:], without.files) == (b"x" * 99, [stored.name])
    assert ("keys.json" in without.small, "keys.json" in with_them.small) == (False, True)
    assert (elsewhere.data / "keys.json").stat().st_mode & 0o077 == 0


def nothing_is_there(settings):
    if settings.database:
        database = connect(settings.database)
        found = copying.tables_of(database)
        database.dispose()
        return found == []
    return not settings.data.exists()


def test_a_damaged_backup_is_refused_before_anything_is_written(office, elsewhere, tmp_path):
    backups.write(office, tmp_path / "backup.zip")
    whole = (tmp_path / "backup.zip").read_bytes()
    damaged = {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "no zip": b"zhenggai" * 200,
        "bit in the middle": whole[:3000] + bytes([whole[3000] ^ 4]) + whole[3001:],
        "bit in the manifest": whole[:-1200] + bytes([whole[-1200] ^ 4]) + whole[-1199:],
        "bit in the comment": whole[:-1] + bytes([whole[-1] ^ 1]),
    }

    for name, content in damaged.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises((backups.Damaged, backups.NotABackup)):
            backups.restore(elsewhere, tmp_path / name)
        assert nothing_is_there(elsewhere), name


def test_no_data_are_overwritten(office, restored, elsewhere, tmp_path):
    backups.write(office, tmp_path / "backup.zip")
    there = restored(tmp_path / "backup.zip")
    before = sums(there)

    with pytest.raises(backups.Occupied):
        backups.restore(elsewhere, tmp_path / "backup.zip")
    with pytest.raises(backups.FileThere):
        backups.write(office, tmp_path / "backup.zip")

    assert sums(there) == before


def test_a_backup_that_could_not_be_finished_is_not_there(office, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        backups.write(office, tmp_path / "backup.zip")

    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def test_a_restore_that_breaks_off_leaves_no_database(office, elsewhere, tmp_path, monkeypatch):
    backups.write(office, tmp_path / "backup.zip")
    monkeypatch.setattr(copying, "sums", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        backups.restore(elsewhere, tmp_path / "backup.zip")

    assert elsewhere.database is None or nothing_is_there(elsewhere)
    assert list(elsewhere.data.glob("*zhenggai.db*")) == []


def test_every_table_is_copied_but_who_is_signed_in():
    assert set(metadata.tables) - set(copying.outline()) == {"session"}
