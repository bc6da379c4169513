"""One page of the feed, on its way into the replica.

While the feed is read from its beginning, the old rows stay visible. Each row notes the load that
brought it; with the last page, in the same transaction, those that no page brought are swept out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from erp_desktop.workstation.memory import Memory, write
from erp_desktop.workstation.sets import ReplicaSet, Row
from erp_desktop.workstation.store import Store


@dataclass(frozen=True, slots=True)
class Page:
    """What `core.pull_v1` returns, as far as the replica keeps it.

    Attributes:
        position: Where the next page begins; opaque.
        read_at: The server's clock.
        is_last: Whether this page ends the pull.
        rows: New and changed rows of each set.
        gone: Set and key of rows that the branch must not see any more.
    """

    position: Any
    read_at: str
    is_last: bool
    rows: Mapping[str, Sequence[Row]]
    gone: Sequence[tuple[str, str]]

    @classmethod
    def from_json(cls, response: Mapping[str, Any]) -> "Page":
        """Read the server's response."""
        return cls(
            position=response["position"],
            read_at=response["server"]["now"],
            is_last=not response.get("more"),
            rows=response.get("rows") or {},
            gone=[(gone["set"], str(gone["key"])) for gone in response.get("gone") or ()],
        )


def store_page(store: Store, sets: Mapping[str, ReplicaSet], page: Page) -> None:
    """Write rows, tombstones and position in one transaction."""
    memory = Memory(store)
    with store.transaction() as now:
        load = memory.get("load") or 0
        if memory.get("position") is None:
            load += 1
            write(now, "load", load)
        # What is gone goes first: a row that left and came back is in both lists.
        for set_id, key in page.gone:
            if set_id in sets:
                _remove(now, sets[set_id], key)
        for set_id, rows in page.rows.items():
            if set_id in sets:
                _upsert(now, sets[set_id], rows, load)
        _note(now, sets, page, load)


def _note(now: Any, sets: Mapping[str, ReplicaSet], page: Page, load: int) -> None:
    write(now, "position", page.position)
    if not page.is_last:
        return
    write(now, "read_at", page.read_at)
    if _swept(now) != load:
        for each in sets.values():
            _sweep(now, each, "_load < ?", (load,))
        write(now, "swept", load)


def _swept(now: Any) -> int:
    found = now.execute("select value from memory where name = 'swept'").fetchone()
    return int(found[0]) if found else 0


def _upsert(now: Any, target: ReplicaSet, rows: Iterable[Row], load: int) -> None:
    if target.search:
        for row in rows:
            _upsert_searched(now, target, row, load)
    else:
        now.executemany(
            _upsert_statement(target), [(load, None, None, *target.values(row)) for row in rows]
        )


def _upsert_statement(target: ReplicaSet) -> str:
    names = ["_load", "_first", "_words", *target.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    places = ", ".join("?" for _name in names)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    key = ", ".join(f'"{name}"' for name in target.key)
    return (
        f'insert into "{target.table}" ({quoted}) values ({places})'
        f" on conflict ({key}) do update set {changes}"
    )


def _upsert_searched(now: Any, target: ReplicaSet, row: Row, load: int) -> None:
    """Touch the index of words only where a word has changed."""
    values, (first, words) = target.values(row), target.words(row)
    before = _find(now, target, tuple(row[name] for name in target.key))
    now.execute(_upsert_statement(target), (load, first, words, *values))
    if before is not None and before[1] == words:
        return
    number = before[0] if before else now.execute("select last_insert_rowid()").fetchone()[0]
    search = f'"{target.table}_search"'
    if before is not None:
        now.execute(f"delete from {search} where rowid = ?", (number,))
    now.execute(f"insert into {search} (rowid, words) values (?, ?)", (number, words))


def _find(now: Any, target: ReplicaSet, key: tuple[Any, ...]) -> tuple[int, str] | None:
    where = " and ".join(f'"{name}" = ?' for name in target.key)
    found: tuple[int, str] | None = now.execute(
        f'select _row, _words from "{target.table}" where {where}', key
    ).fetchone()
    return found


def _remove(now: Any, target: ReplicaSet, key: str) -> None:
    """Remove the row with the key text of a tombstone: its columns, joined by `|`."""
    parts = key.split("|") if len(target.key) > 1 else [key]
    where = " and ".join(f'"{name}" = ?' for name in target.key)
    _sweep(now, target, where, parts)


def _sweep(now: Any, target: ReplicaSet, where: str, values: Sequence[Any]) -> None:
    if target.search:
        now.execute(
            f'delete from "{target.table}_search" where rowid in'
            f' (select _row from "{target.table}" where {where})',
            values,
        )
    now.execute(f'delete from "{target.table}" where {where}', values)
