import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from engine.bootstrap import build, migrate
from engine.persistence import migrations
from engine.persistence.database import connect
from engine.persistence.models import metadata
from engine.settings import Settings
from tests.engine.models import deploy, in_a_row, user_task


def differences(url):
    database = connect(url)
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    database.dispose()
    return found


def test_the_migrations_make_exactly_the_tables_of_the_models(tmp_path):
    settings = Settings(data=tmp_path / "new")
    migrate(settings)

    assert differences(settings.database_url) == []


@pytest.mark.postgres
def test_the_migrations_make_the_same_tables_on_postgresql(postgres):
    database = connect(postgres.database_url)
    with database.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    database.dispose()

    migrate(postgres)

    assert differences(postgres.database_url) == []


def test_a_migrated_database_runs_processes_and_may_be_migrated_again(tmp_path, clock, ann):
    settings = Settings(data=tmp_path)
    migrate(settings)
    engine = build(settings, clock)
    deploy(engine, in_a_row(user_task("act")))
    engine.close()

    migrate(settings)

    engine = build(settings, clock)
    with engine.work() as work:
        assert [row.process_id for row in work.definitions.active()] == ["p"]
    engine.close()


def test_a_damaged_database_is_refused_with_the_way_out(tmp_path):
    settings = Settings(data=tmp_path)
    (tmp_path / "zhenggai.db").write_bytes(b"this is not a database" * 500)

    with pytest.raises(migrations.DatabaseUnreadable, match="Put a backup in its place"):
        migrate(settings)


def test_a_database_with_torn_pages_is_refused(tmp_path):
    settings = Settings(data=tmp_path)
    migrate(settings)
    file = tmp_path / "zhenggai.db"
    whole = bytearray(file.read_bytes())
    whole[8192:40960] = b"\xff" * 32768
    file.write_bytes(bytes(whole))

    with pytest.raises(migrations.DatabaseUnreadable):
        migrate(settings)


def test_a_foreign_database_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "zhenggai.db") as other:
        other.execute("CREATE TABLE customers (id INTEGER)")
    other.close()

    with pytest.raises(migrations.DatabaseForeign, match="customers"):
        migrate(Settings(data=tmp_path))


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    settings = Settings(data=tmp_path)
    migrate(settings)
    with sqlite3.connect(tmp_path / "zhenggai.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    with pytest.raises(migrations.DatabaseNewer, match="9999"):
        migrate(settings)
