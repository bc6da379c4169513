"""The way into head office, under the workstation's own login.

Everything goes in one message, `set local role …; select …`, which PostgreSQL runs as one implicit
transaction: one round trip with nothing around it, committed when the answer is here, undone if any
part fails. With an explicit `begin` and `commit` a failure would leave the connection inside a
broken transaction, and cost a second round trip.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import psycopg
from psycopg import ClientCursor
from psycopg.types.json import set_json_loads

from erp_desktop.core.commands import Answer, Envelope
from erp_desktop.core.database import KEEPALIVES
from erp_desktop.core.i18n import N_, _
from erp_desktop.workstation.sync.words import Fault

_LIMITS = "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=15s"
_MESSAGE = (
    "set local role core_app; set local search_path = core, pg_temp; select core.{}(%s::jsonb)"
)
_POISON = N_(
    "Head office cannot take this command ({problem}). It is tried again by itself; if it stays "
    "here, call the administrator."
)
_BARRED = N_(
    "Head office takes nothing from this workstation ({problem}). The till goes on; call the "
    "administrator."
)


class GateError(Exception):
    """A request that brought no answer.

    Attributes:
        fault: What the engine must know about it.
        reason: A sentence for the sync page.
    """

    def __init__(self, fault: Fault, reason: str = "") -> None:
        super().__init__(fault, reason)
        self.fault = fault
        self.reason = reason


class Gate(Protocol):
    """Head office, as the sync sees it; both requests raise `GateError`."""

    def execute(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        """Give commands to the gate and return its answers, in order."""

    def pull(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask the feed for a page."""

    def close(self) -> None:
        """Let go of the line."""


class PostgresGate:
    """One connection, opened when it is needed and dropped when it is in doubt."""

    def __init__(self, conninfo: str, *, workstation: str) -> None:
        """Prepare the connection; nothing is connected yet.

        Args:
            conninfo: libpq connection string, with the workstation's login and password.
            workstation: Name shown to the server.
        """
        self._conninfo = conninfo
        self._application = f"erp/{workstation}"
        self._connection: psycopg.Connection[Any] | None = None

    def execute(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        """Give commands to the gate and return its answers, in order.

        Raises:
            GateError: There are no answers.
        """
        batch = [envelope.as_json() for envelope in envelopes]
        answers = self._ask("execute_v1", batch)
        if not isinstance(answers, list) or len(answers) != len(envelopes):
            raise GateError(fault="poison", reason=_(_POISON).format(problem="core.execute_v1"))
        pairs = zip(answers, envelopes, strict=True)
        return [Answer.from_json(_with_id(answer, envelope)) for answer, envelope in pairs]

    def pull(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask the feed for a page.

        Raises:
            GateError: There is none.
        """
        page: Mapping[str, Any] = self._ask("pull_v1", dict(request))
        return page

    def close(self) -> None:
        """Let go of the line."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _ask(self, function: str, argument: Any) -> Any:
        message, text = _MESSAGE.format(function), json.dumps(argument, ensure_ascii=False)
        try:
            with ClientCursor(self._open()) as cursor:
                cursor.execute(message, [text])
                while cursor.nextset():
                    pass
                found = cursor.fetchone()
        except psycopg.Error as error:
            raise self._failed(error) from error
        return found[0] if found else None

    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(
                self._conninfo,
                autocommit=True,
                prepare_threshold=None,
                application_name=self._application,
                options=_LIMITS,
                **KEEPALIVES,
            )
            set_json_loads(_loads, self._connection)
        return self._connection

    def _failed(self, error: psycopg.Error) -> GateError:
        fault = fault_of(error)
        if fault == "line":
            self.close()
        sentence = {"poison": _POISON, "barred": _BARRED}.get(fault, "")
        return GateError(fault, _(sentence).format(problem=_problem(error)))


# What 2m of RELIABILITY.md makes of a SQLSTATE, or of its class.
_FAULTS: Mapping[str, Fault] = {
    "08": "line",
    "53": "line",
    "57": "line",
    "57014": "busy",
    "40": "busy",
    "55": "busy",
    "28": "barred",
    "3D": "barred",
    "3F": "barred",
    "42": "barred",
}


def fault_of(error: psycopg.Error) -> Fault:
    """Return what a PostgreSQL error means to the sync."""
    state = error.sqlstate
    if state is None:
        return "barred" if _asked_for_password(error) else "line"
    if state == "ERP01" and error.diag.message_primary == "core.client_too_old":
        return "barred"
    return _FAULTS.get(state) or _FAULTS.get(state[:2]) or "poison"


def _asked_for_password(error: psycopg.Error) -> bool:
    """Whether a connection failed after its password was looked at: there is a line, then."""
    failed = error.pgconn
    return failed is not None and bool(failed.used_password)


def _problem(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error).strip()


def _loads(data: bytes | str) -> Any:
    """Read JSON; a number with a fraction stays the text it is, never a float."""
    return json.loads(data, parse_float=str)


def _with_id(answer: Mapping[str, Any], envelope: Envelope) -> Mapping[str, Any]:
    """Answers come in order; one to an unreadable command has no id of its own."""
    return answer if answer["id"] else {**answer, "id": json.loads(envelope.body)["id"]}
