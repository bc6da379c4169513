"""Small things that the workstation remembers, as JSON under a name."""

import json
from typing import Any

from erp_desktop.workstation.store import Store


class Memory:
    """The table `memory` of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> Any:
        """Return what is remembered under `name`, or nothing."""
        row = self._store.row("select value from memory where name = ?", (name,))
        return json.loads(row[0]) if row else None

    def put(self, name: str, value: Any) -> None:
        """Remember `value`, durably."""
        with self._store.transaction() as now:
            write(now, name, value)


def write(now: Any, name: str, value: Any) -> None:
    """Remember `value` inside a transaction that does more."""
    now.execute(
        "insert into memory (name, value) values (?, ?)"
        " on conflict (name) do update set value = excluded.value",
        (name, json.dumps(value, ensure_ascii=False)),
    )
