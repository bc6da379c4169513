"""What modules ask the replica to keep, and the SQLite tables that keep it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from erp_desktop.core.search import terms

Row = Mapping[str, Any]

_TYPES = {"text": "text", "integer": "integer", "boolean": "integer", "numeric": "text"}

# The load that brought the row, and what a search compares.
_HIDDEN = "_row integer primary key, _load integer not null, _first text, _words text"
_FTS = (
    "content='', contentless_delete=1, detail=none, prefix='1 2 3',"
    " tokenize=\"ascii tokenchars '_'\""
)


@dataclass(frozen=True, slots=True)
class ReplicaSet:
    """Rows of one published view of head office, kept on the workstation.

    Attributes:
        id: `<module>.<what>`; the table is `<module>_<what>`.
        columns: Each with its type: text, integer, boolean, or numeric (a `Decimal`).
        key: The columns that make a row unique.
        indexes: Further groups of columns that are asked for.
        search: Columns that a search box looks into; who types the first one whole (the code)
            finds that row first.
    """

    id: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The table's name."""
        return self.id.replace(".", "_")

    @property
    def shape(self) -> str:
        """All that the table is made from: if it changes, the table is made anew."""
        parts = [self.id, list(self.columns.items()), self.key, self.indexes, self.search]
        return json.dumps(parts)

    def statements(self) -> list[str]:
        """Return what makes the tables, in order."""
        columns = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in self.columns.items())
        made = [
            f'create table "{self.table}" ({_HIDDEN}, {columns})',
            f'create unique index "{self.table}_key" on "{self.table}" ({_names(self.key)})',
        ]
        made += [
            f'create index "{self.table}_{number}" on "{self.table}" ({_names(group)})'
            for number, group in enumerate(self.indexes)
        ]
        return made + self._search_statements() if self.search else made

    def _search_statements(self) -> list[str]:
        """Words come folded and split: the tokenizer has nothing left to decide."""
        return [
            f'create index "{self.table}_first" on "{self.table}" (_first)',
            f'create virtual table "{self.table}_search" using fts5 (words, {_FTS})',
        ]

    def values(self, row: Row) -> tuple[Any, ...]:
        """Return what the feed sent, as the table keeps it; what is not there is null."""
        return tuple(to_sqlite(row.get(name)) for name in self.columns)

    def words(self, row: Row) -> tuple[str, str]:
        """Return the first search column and all words of the row, folded."""
        folded = [" ".join(terms(str(row.get(name) or ""))) for name in self.search]
        return folded[0], " ".join(folded)

    def row(self, values: tuple[Any, ...]) -> Row:
        """Return a row as the program reads it."""
        return {
            name: _from_sqlite(kind, value)
            for (name, kind), value in zip(self.columns.items(), values, strict=True)
        }

    @property
    def selected(self) -> str:
        """The columns, as a query names them."""
        return _names(tuple(self.columns))


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def to_sqlite(value: Any) -> Any:
    """Return a value as SQLite keeps it; never a float."""
    if value is None or isinstance(value, str | int):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _from_sqlite(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "numeric":
        return Decimal(value)
    return bool(value) if kind == "boolean" else value


# Who may work at this branch's workstations, with which permissions, separated by spaces, and up to
# which limits, as JSON.
USERS = ReplicaSet(
    id="core.users",
    columns={
        "id": "text",
        "login": "text",
        "name": "text",
        "name_ar": "text",
        "language": "text",
        "is_active": "boolean",
        "permissions": "text",
        "limits": "text",
    },
    key=("id",),
    indexes=(("login",),),
)
