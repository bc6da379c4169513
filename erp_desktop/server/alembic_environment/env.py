"""What Alembic runs around each migration: our connection, our version table."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="alembic_version",
    version_table_schema="core",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
