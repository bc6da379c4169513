"""A disk whose machine can die at each step of a write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.store import Store


class CrashError(Exception):
    """The power is cut."""


class Fuse:
    """Burns down with every step of every write."""

    def __init__(self) -> None:
        self.left: int | None = None

    def burn(self) -> None:
        """Take one step; the last one is the end."""
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.left = None
                raise CrashError


class FragileConnection:
    """A connection that dies when the fuse has burnt down."""

    def __init__(self, connection: Any, fuse: Fuse) -> None:
        self._connection = connection
        self._fuse = fuse

    def execute(self, *statement: Any) -> Any:
        """Run one statement, or die before it."""
        self._fuse.burn()
        return self._connection.execute(*statement)

    def executemany(self, *statement: Any) -> Any:
        """Run a statement many times, or die before."""
        self._fuse.burn()
        return self._connection.executemany(*statement)


class FragileStore(Store):
    """A disk whose machine can die at each step of a write."""

    fuse = Fuse()

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """As the real one, up to the moment of death; SQLite undoes what was not committed."""
        with super().transaction() as now:
            yield FragileConnection(now, self.fuse)
            self.fuse.burn()
        self.fuse.burn()


class FragileReplica(Replica):
    """A replica on such a disk."""

    store_type = FragileStore
