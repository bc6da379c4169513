"""Where transactions begin and end, under the role of one module.

Budget: a list or a form opens in at most 2 round trips, a save takes at most 2. So what begins a
transaction (`BEGIN`, role, search path) travels in front of its first statement, in one message;
`COMMIT` is the second round trip. State is `SET LOCAL` only: PgBouncer may stand in between.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import ClientCursor
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from erp_desktop.core import refusals as _refusals  # noqa: F401 - their codes are answered here
from erp_desktop.core import wall_clock
from erp_desktop.core.context import Context, User
from erp_desktop.core.errors import (
    BusyError,
    CancelledError,
    NotAllowedError,
    OfflineError,
    UserError,
    from_code,
    from_constraint,
)

_TIMEOUTS = "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=15s"
# RELIABILITY.md 2k: each of keepalives and user timeout finds a dead peer that the other misses.
KEEPALIVES: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15000,
}


class _Cursor(ClientCursor[Any]):
    """Sends the transaction's prologue in front of its first statement, in one message."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Cursor":
        prologue = getattr(self.connection, "prologue", b"")
        if not prologue:
            super().execute(query, params, **options)
            return self
        self.connection.prologue = b""  # type: ignore[attr-defined]
        statement = self.mogrify(query, params).encode() if params is not None else _as_bytes(query)
        super().execute(prologue + statement)
        while self.nextset():
            pass
        return self


def _as_bytes(query: Any) -> bytes:
    return query if isinstance(query, bytes) else str(query).encode()


class _Connection(psycopg.Connection[Any]):
    """A connection that may have a prologue waiting, and counts its round trips."""

    prologue: bytes = b""


class Database:
    """Gives out transactions to one signed-in user."""

    def __init__(self, conninfo: str, *, workstation: str = "") -> None:
        """Prepare connections; nothing is connected yet.

        Args:
            conninfo: libpq connection string, with user and password.
            workstation: Name shown to the server and written to the audit log.
        """
        self._conninfo = conninfo
        self._application = f"erp/{workstation}"
        self._engine = self._make_engine()
        self._running: dict[int, psycopg.Connection[Any]] = {}
        self._lock = threading.Lock()

    def _make_engine(self) -> Engine:
        return create_engine(
            URL.create("postgresql+psycopg"),
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=2,
            max_overflow=2,
            pool_recycle=300,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
        )

    def _connect(self) -> _Connection:
        return _Connection.connect(
            self._conninfo,
            cursor_factory=_Cursor,
            prepare_threshold=None,
            autocommit=True,
            application_name=self._application,
            options=_TIMEOUTS,
            **KEEPALIVES,
        )

    @contextmanager
    def begin(self, user: User, module: str, *, read_only: bool = False) -> Iterator[Context]:
        """Open a transaction as `<module>_app`; commit when the block ends, undo if it raises.

        Raises:
            UserError: What PostgreSQL refused, in the user's words.
        """
        with translated(), self._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.prologue = _prologue(module, read_only=read_only)
            self._note(raw)
            try:
                yield Context(connection, user, module, wall_clock.today())
            except BaseException:
                _undo(raw)
                raise
            else:
                if not raw.prologue:
                    connection.exec_driver_sql("commit")
            finally:
                raw.prologue = b""
                self._forget()

    @contextmanager
    def begin_as_guest(self) -> Iterator[Callable[..., Any]]:
        """Ask functions of the core before it is known who asks: used to sign in."""
        with translated_refusals(), self._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.prologue = _prologue("core", read_only=True)

            def ask(function: str, *arguments: Any) -> Any:
                places = ", ".join(["%s"] * len(arguments))
                return raw.execute(f"select {function}({places})", arguments).fetchone()[0]

            try:
                yield ask
            finally:
                raw.prologue = b""
                _undo(raw)

    def cancel(self, thread: int) -> None:
        """Cancel, on the server, the query that `thread` is waiting for."""
        with self._lock:
            running = self._running.get(thread)
        if running is not None:
            running.cancel_safe(timeout=5)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _note(self, raw: psycopg.Connection[Any]) -> None:
        with self._lock:
            self._running[threading.get_ident()] = raw

    def _forget(self) -> None:
        with self._lock:
            self._running.pop(threading.get_ident(), None)


def _prologue(module: str, *, read_only: bool) -> bytes:
    if not module.isidentifier():
        raise ValueError(module)
    mode = " read only" if read_only else ""
    return (
        f"begin{mode}; set local role {module}_app; set local search_path = {module}, pg_temp; "
    ).encode()


def _undo(raw: psycopg.Connection[Any]) -> None:
    if not raw.closed and raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        try:
            raw.execute("rollback")
        except psycopg.Error:
            raw.close()


@contextmanager
def translated_refusals() -> Iterator[None]:
    """Turn only what our own functions refuse into words; connection errors stay as they are."""
    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate != "ERP01":
            raise
        raise _refused(error) from error


@contextmanager
def translated() -> Iterator[None]:
    """Turn what PostgreSQL refuses into what the user can act on.

    Raises:
        UserError: For refusals and for a server that does not answer.
    """
    try:
        yield
    except DBAPIError as error:
        refusal = refusal_of(error.orig) if isinstance(error.orig, psycopg.Error) else None
        if refusal is None:
            raise
        raise refusal from error
    except psycopg.Error as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: psycopg.Error) -> UserError | None:
    """Return the refusal behind a PostgreSQL error, or nothing if it is our fault."""
    state = error.sqlstate or ""
    if state == "ERP01":
        return _refused(error)
    if isinstance(error, psycopg.OperationalError) and (not state or state[:2] in {"08", "57"}):
        return CancelledError() if state == "57014" else OfflineError()
    by_state: dict[str, Callable[[], UserError]] = {
        "42501": lambda: NotAllowedError(permission=error.diag.message_primary or ""),
        "55P03": BusyError,
        "40001": BusyError,
        "40P01": BusyError,
        "53300": OfflineError,
        "53100": OfflineError,
    }
    if state in by_state:
        return by_state[state]()
    return from_constraint(error.diag.constraint_name or "")


def _refused(error: psycopg.Error) -> UserError:
    import json  # noqa: PLC0415 - only a refusal needs it

    details = json.loads(error.diag.message_detail or "{}")
    return from_code(error.diag.message_primary or "", details)
