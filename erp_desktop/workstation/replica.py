"""What head office lets this branch know: enough to go on when the line is cut.

The replica can be thrown away at any time; the next pull brings it back. So it heals itself: a
damaged file is set aside, and an empty one takes its place.
"""

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from erp_desktop.core.search import terms
from erp_desktop.workstation.errors import StoreDamagedError, StoreTooNewError
from erp_desktop.workstation.memory import Memory, write
from erp_desktop.workstation.replica_page import Page, store_page
from erp_desktop.workstation.schema import REPLICA
from erp_desktop.workstation.sets import ReplicaSet, Row, to_sqlite
from erp_desktop.workstation.store import Store, set_aside

T = TypeVar("T")


class Replica:
    """The rows of every `ReplicaSet`, and how far the feed has been read."""

    store_type: type[Store] = Store

    def __init__(self, path: Path, key: bytes, sets: Iterable[ReplicaSet]) -> None:
        """Open the file, or make it; a damaged one is set aside.

        Args:
            path: The file, or `store.IN_MEMORY`.
            key: 32 bytes.
            sets: What the modules ask for.
        """
        self.sets: Mapping[str, ReplicaSet] = {each.id: each for each in sets}
        self._path = path
        self._key = key
        self._mending = threading.Lock()
        self._store = self._open()

    def _open(self) -> Store:
        try:
            store = self.store_type(self._path, self._key, REPLICA)
        except (StoreDamagedError, StoreTooNewError):
            set_aside(self._path)
            store = self.store_type(self._path, self._key, REPLICA)
        _fit(store, self.sets)
        return store

    def _healing(self, work: Callable[[Store], T]) -> T:
        """Work on the file; if it turns out to be damaged, on an empty one."""
        store = self._store
        try:
            return work(store)
        except StoreDamagedError:
            self._replace(store)
            return work(self._store)

    def _replace(self, damaged: Store) -> None:
        with self._mending:
            if self._store is damaged:
                damaged.close()
                set_aside(self._path)
                self._store = self._open()

    @property
    def position(self) -> Any:
        """How far the feed has been read; nothing before the first page."""
        return self._healing(lambda store: Memory(store).get("position"))

    @property
    def read_at(self) -> datetime | None:
        """When, by the server's clock, everything here was true."""
        text = self._healing(lambda store: Memory(store).get("read_at"))
        return datetime.fromisoformat(text) if text else None

    def apply(self, response: Mapping[str, Any]) -> None:
        """Keep one page of the feed: rows, tombstones and position, all or nothing."""
        page = Page.from_json(response)
        self._healing(lambda store: store_page(store, self.sets, page))

    def restart(self) -> None:
        """Read the feed from its beginning; what is here is shown until that is done."""
        self._healing(_restart)

    def get(self, set_id: str, *key: Any) -> Row | None:
        """Return the row with this key."""
        found = self.by(set_id, **dict(zip(self.sets[set_id].key, key, strict=True)))
        return found[0] if found else None

    def by(self, set_id: str, **equal: Any) -> list[Row]:
        """Return the rows in which these columns have these values, in key order."""
        asked = self.sets[set_id]
        unknown = equal.keys() - asked.columns.keys()
        if unknown:
            raise KeyError(*unknown)
        where = " and ".join(f'"{name}" is ?' for name in equal) or "true"
        order = ", ".join(f'"{name}"' for name in asked.key)
        values = [to_sqlite(value) for value in equal.values()]
        query = f'select {asked.selected} from "{asked.table}" where {where} order by {order}'
        return self._rows(asked, query, values)

    def find(self, set_id: str, text: str, limit: int = 50) -> list[Row]:
        """Return the rows that a search box means, best first.

        First the row whose code it is, then rows with all its words, then rows with words that
        begin so. No text finds the first rows by code.
        """
        asked = self.sets[set_id]
        words = terms(text)
        table = f'"{asked.table}"'
        if not words:
            query = f"select {asked.selected} from {table} order by _first limit ?"
            return self._rows(asked, query, (limit,))
        return self._healing(lambda store: _find(store, asked, words, limit))

    def _rows(self, asked: ReplicaSet, query: str, values: Sequence[Any]) -> list[Row]:
        def read(store: Store) -> list[Row]:
            with store.reading() as now:
                return [asked.row(found) for found in now.execute(query, values)]

        return self._healing(read)

    def close(self) -> None:
        """Close the file."""
        self._store.close()


def _find(store: Store, asked: ReplicaSet, words: list[str], limit: int) -> list[Row]:
    """Three questions instead of a ranking: each stops as soon as it has enough."""
    table, search = f'"{asked.table}"', f'"{asked.table}_search"'
    whole = " ".join(f'"{word}"' for word in words)
    begun = " ".join(f'"{word}"*' for word in words)
    by_words = f"select rowid from {search} where {search} match ? limit ?"
    questions = (
        (f"select _row from {table} where _first = ? limit ?", " ".join(words)),
        (by_words, whole),
        (by_words, begun),
    )
    found: dict[int, None] = {}
    with store.reading() as now:
        for question, value in questions:
            if len(found) < limit:
                found.update(dict.fromkeys(r for (r,) in now.execute(question, (value, limit))))
        chosen = list(found)[:limit]
        read = now.execute(
            f"select _row, {asked.selected} from {table}"
            " where _row in (select value from json_each(?))",
            (json.dumps(chosen),),
        )
        rows = {number: asked.row(tuple(values)) for number, *values in read}
    return [rows[number] for number in chosen]


def _restart(store: Store) -> None:
    with store.transaction() as now:
        write(now, "position", None)


def _fit(store: Store, sets: Mapping[str, ReplicaSet]) -> None:
    """Give every set its table; if one changed, the feed is read from its beginning."""
    wanted = {each.id: each.shape for each in sets.values()}
    kept = dict(store.rows("select id, shape from sets"))
    if wanted == kept:
        return
    with store.transaction() as now:
        for gone in (name for name, shape in kept.items() if wanted.get(name) != shape):
            _drop(now, gone)
        for new in (name for name, shape in wanted.items() if kept.get(name) != shape):
            for statement in sets[new].statements():
                now.execute(statement)
            now.execute("insert into sets (id, shape) values (?, ?)", (new, wanted[new]))
        write(now, "position", None)


def _drop(now: Any, set_id: str) -> None:
    table = set_id.replace(".", "_")
    now.execute(f'drop table if exists "{table}"')
    now.execute(f'drop table if exists "{table}_search"')
    now.execute("delete from sets where id = ?", (set_id,))
