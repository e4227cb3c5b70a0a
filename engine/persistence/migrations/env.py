"""How alembic runs here: on the connection it is given, with SQLite's tables rebuilt where they must change."""

from alembic import context

from engine.persistence.models import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
