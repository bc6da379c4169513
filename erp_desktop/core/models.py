"""How tables are written as classes; a test compares them with the database."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, MetaData, Numeric, TableClause, Text, Uuid, column, table
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import UserDefinedType


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """Return the type's SQL name."""
        return "xid8"


class Snapshot(UserDefinedType[str]):
    """Which transactions PostgreSQL saw at a moment."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """Return the type's SQL name."""
        return "pg_snapshot"


class Base(DeclarativeBase):
    """Every table of the house."""

    metadata = MetaData()
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        UUID: Uuid(),
        str: Text(),
        int: BigInteger(),
        dict[str, Any]: JSONB(),
    }


MONEY = Numeric()
MOMENT = TIMESTAMP(timezone=True)


def view(name: str, row: type) -> TableClause:
    """Return a SQL view as a table whose columns are the fields of `row`, in order."""
    schema, _dot, relation = name.partition(".")
    return table(relation, *(column(f.name) for f in fields(row)), schema=schema)
