"""Alembic runs this: migrate the connection that `store/migrate.py` hands over, in the transaction it is in."""

from alembic import context
from sqlalchemy import Connection

from mailbridge.store.indexes import metadata

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("migrations are run by mailbridge, which hands a connection over")

context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
context.run_migrations()
