"""Mapped classes and database are one truth, in both directions; row classes fit their views."""

import dataclasses
from importlib import import_module
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, TableClause, create_engine, text
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from erp_desktop.core import tables
from erp_desktop.core.models import Base, Snapshot, Xid8
from tests.architecture.source import has_schema, modules
from tests.houses import House

pytestmark = pytest.mark.database

OWNERS = [name for name in modules() if has_schema(name)]
MODELS = [tables, *(import_module(f"modules.{name}.models") for name in OWNERS)]
SELECTORS = [
    import_module("erp_desktop.core.administration.selectors"),
    *(import_module(f"modules.{name}.selectors") for name in OWNERS),
]
SCHEMAS = {table.schema for table in Base.metadata.tables.values()}


@pytest.fixture
def connection(shared_house: House) -> Any:
    """Open a connection of the superuser."""
    import psycopg  # noqa: PLC0415 - only here

    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(shared_house.dsn()),
        poolclass=NullPool,
    )
    # Reflection must know the types that PostgreSQL has and SQLAlchemy has not.
    own_types = {"xid8": Xid8, "pg_snapshot": Snapshot}
    engine.dialect.ischema_names.update(own_types)  # type: ignore[attr-defined]
    with engine.connect() as opened:
        yield opened


def test_mapped_classes_and_tables_are_equal(connection: Any) -> None:
    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": lambda name, kind, _parents: kind != "schema" or name in SCHEMAS,
            "include_object": lambda thing, _name, _kind, _reflected, _other: _is_ours(thing),
            "compare_type": True,
        },
    )

    found = compare_metadata(context, Base.metadata)
    # A changed column comes as a list of what changed; comments are in the classes' own words.
    changes = [part for each in found for part in (each if isinstance(each, list) else [each])]
    differences = [change for change in changes if not str(change[0]).endswith("_comment")]

    assert differences == [], differences


def _is_ours(thing: Any) -> bool:
    return not (isinstance(thing, Table) and thing.name == "alembic_version")


def test_every_schema_with_tables_is_mapped(connection: Any) -> None:
    found = connection.execute(
        text(
            "select distinct table_schema from information_schema.tables"
            " where table_schema !~ '^pg_|^information_schema$' and table_type = 'BASE TABLE'"
        )
    ).scalars()

    assert {*found} - {"jobs"} == SCHEMAS


def views_read() -> dict[str, list[str]]:
    """Return each view that selectors read, with the columns that they expect."""
    values = [
        value
        for module in SELECTORS
        for value in vars(module).values()
        if isinstance(value, ReadOnlyColumnCollection)
    ]
    tables_read = {column.table for value in values for column in value}
    return {
        f"{table.schema}.{table.name}": [column.name for column in table.columns]
        for table in tables_read
        if isinstance(table, TableClause) and not isinstance(table, Table)
    }


@pytest.mark.parametrize(("view", "expected"), views_read().items(), ids=list(views_read()))
def test_views_have_the_columns_that_selectors_read(
    connection: Any, view: str, expected: list[str]
) -> None:
    connection.exec_driver_sql(f"select {', '.join(expected)} from {view} limit 0")


def test_row_classes_are_frozen() -> None:
    loose = [
        f"{module.__name__}.{value.__name__}"
        for module in SELECTORS
        for value in vars(module).values()
        if isinstance(value, type) and dataclasses.is_dataclass(value)
        if not value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    ]

    assert loose == []
