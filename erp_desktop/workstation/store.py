"""An encrypted SQLite file: what it has acknowledged, it keeps.

SQLCipher's page MAC finds every flipped bit (RELIABILITY.md 4). WAL with `synchronous=FULL` loses
no commit in a power cut. All writing is done on one connection, one transaction at a time.
"""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from erp_desktop.workstation.errors import DiskFullError, StoreDamagedError, StoreTooNewError

IN_MEMORY = Path(":memory:")

_FULL = ("SQLITE_FULL", "SQLITE_IOERR")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
# What SQLite writes beside a database belongs to it.
_SIDES = ("", "-wal", "-shm")

Values = Sequence[Any]


class Store:
    """One file, one writing connection, and a second one to read beside it."""

    def __init__(
        self, path: Path, key: bytes, schema: Sequence[str], *, checked: bool = True
    ) -> None:
        """Open the file, or make it.

        Args:
            path: The file, or `IN_MEMORY`.
            key: 32 bytes; what is in memory needs none.
            schema: Scripts; each brings the file from one version to the next.
            checked: Whether every page is read first; a damaged file cannot be opened so.

        Raises:
            StoreDamagedError: The file is not as it was written; it is left where it is.
            StoreTooNewError: It was written by a newer version of the program.
        """
        self.path = path
        self._key = key
        self._lock = threading.RLock()
        self._reading = threading.RLock()
        with translated(path):
            self._writer = self._connect()
            self._reader: Any = None
            try:
                if checked:
                    self._check()
                self._migrate(schema)
            except BaseException:
                self._writer.close()
                raise

    def _connect(self) -> Any:
        connection = sqlite.connect(
            str(self.path), isolation_level=None, check_same_thread=False, timeout=10
        )
        connection.execute("pragma cipher_log_level = none")
        if self.path != IN_MEMORY:
            connection.execute(f"pragma key = \"x'{self._key.hex()}'\"")
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
        return connection

    def _check(self) -> None:
        """Read every page: 2 ms per megabyte buy the certainty that none has changed."""
        if (
            self.path != IN_MEMORY
            and self._writer.execute("pragma cipher_integrity_check").fetchone()
        ):
            raise StoreDamagedError(file=self.path.name, kept=self.path.name)

    def _migrate(self, schema: Sequence[str]) -> None:
        version = self._writer.execute("pragma user_version").fetchone()[0]
        if version > len(schema):
            raise StoreTooNewError
        for number, script in enumerate(schema[version:], start=version + 1):
            with self.transaction() as now:
                for statement in filter(str.strip, script.split(";\n")):
                    now.execute(statement)
                now.execute(f"pragma user_version = {number}")

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """Do all of the block, durably, or nothing of it.

        Raises:
            DiskFullError: There was no room; nothing was written.
            StoreDamagedError: The file is not as it was written.
        """
        with self._lock, translated(self.path):
            self._writer.execute("begin immediate")
            try:
                yield self._writer
                self._writer.execute("commit")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        # SQLite may have rolled back by itself, on a full disk for instance.
        with contextlib.suppress(sqlite.Error):
            if self._writer.in_transaction:
                self._writer.execute("rollback")

    def rows(self, query: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Return what `query` finds, in the order of all that was written."""
        with self._lock, translated(self.path):
            return list(self._writer.execute(query, values))

    def row(self, query: str, values: Values = ()) -> tuple[Any, ...] | None:
        """Return the first row that `query` finds."""
        with self._lock, translated(self.path):
            found: tuple[Any, ...] | None = self._writer.execute(query, values).fetchone()
            return found

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Read one state of the file, without waiting for a long transaction."""
        with self._reading, translated(self.path):
            if self.path == IN_MEMORY:
                with self._lock:
                    yield self._writer
                return
            self._reader = self._reader or self._connect()
            self._reader.execute("begin")
            try:
                yield self._reader
            finally:
                self._reader.execute("rollback")

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        with self._reading, self._lock, contextlib.suppress(sqlite.Error):
            if self._reader is not None:
                self._reader.close()
            self._writer.close()


def set_aside(path: Path) -> Path:
    """Rename a damaged file, with what belongs to it, and return its new name."""
    now = datetime.now(UTC)
    kept = path.with_name(f"{path.stem}.damaged-{now:%Y%m%d-%H%M%S-%f}{path.suffix}")
    for side in _SIDES:
        old = path.with_name(path.name + side)
        if old.exists():
            old.rename(kept.with_name(kept.name + side))
    return kept


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite refuses into what the user can act on.

    Raises:
        DiskFullError: There is no room.
        StoreDamagedError: A page is not as it was written.
    """
    try:
        yield
    except sqlite.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name.startswith(_FULL):
            raise DiskFullError from error
        if name.startswith(_DAMAGED):
            raise StoreDamagedError(file=path.name, kept=path.name) from error
        raise
