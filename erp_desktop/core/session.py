"""Signing in is connecting: PostgreSQL proves the password, `core.hello_v1` says who it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import conninfo as libpq
from sqlalchemy.exc import DBAPIError

from erp_desktop import __version__
from erp_desktop.core import owner, wall_clock
from erp_desktop.core.context import Branch, User
from erp_desktop.core.database import Database
from erp_desktop.core.errors import OfflineError, ServerTooOldError, SignInRefusedError, UserError
from erp_desktop.core.i18n import N_

# PostgreSQL releases with the security fixes that row-level security relies on (RELIABILITY.md 2a).
_FLOORS = {15: 150018, 16: 160014, 17: 170010, 18: 180004}

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class UntrustedServerError(UserError):
    """The server did not prove who it is."""

    code = "core.untrusted_server"
    message = N_(
        "The server could not prove who it is, so no password was sent. "
        "Check the CA file of the server profile with your administrator."
    )


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in user and their way to the database.

    Attributes:
        company: The row of `core.company`: name, country, currency, identifiers …
        server: System identifier, timeline and epoch, by which a restored server is recognised.
    """

    user: User
    database: Database
    company: Mapping[str, Any]
    server: Mapping[str, Any]


def secured(conninfo: str) -> str:
    """Return `conninfo` so that no password reaches a server that has not proved itself.

    Off loopback the certificate is verified; everywhere only SCRAM is answered (RELIABILITY.md 3).
    """
    given = libpq.conninfo_to_dict(conninfo)
    hosts = {host for host in str(given.get("host", "")).split(",") if host}
    given["require_auth"] = "scram-sha-256"
    if not hosts <= _LOOPBACK:
        given["sslmode"] = "verify-full"
        given.setdefault("sslrootcert", "system")
    return libpq.make_conninfo("", **given)


def sign_in(conninfo: str, *, workstation: str = "") -> Session:
    """Connect, and learn who this is and what they may do: one connection, one question.

    Raises:
        SignInRefusedError: Name or password is wrong.
        OfflineError: The server does not answer.
        UntrustedServerError: The server did not prove who it is.
        ServerTooOldError: PostgreSQL lacks security updates.
        UserError: What `core.hello_v1` refuses: no user, or a program that is too old.
    """
    database = Database(secured(conninfo), workstation=workstation)
    try:
        hello = _ask(database)
    except BaseException:
        database.close()
        raise
    wall_clock.follow(hello["company"])
    owner.follow(hello["company"])
    return Session(_user(hello), database, hello["company"], hello["server"])


def _ask(database: Database) -> dict[str, Any]:
    try:
        with database.begin_as_guest() as ask:
            hello: dict[str, Any] = ask("core.hello_v1", __version__)
    except (psycopg.OperationalError, DBAPIError) as error:
        raise _why_not(str(error)) from error
    _check_version(hello["server_version"])
    return hello


def _why_not(reason: str) -> UserError:
    """Tell apart a wrong password, a doubtful server and a dead line; libpq gives words only."""
    if "password authentication failed" in reason or "is not permitted to log in" in reason:
        return SignInRefusedError()
    if any(word in reason for word in ("certificate", "SSL", "authentication method requirement")):
        return UntrustedServerError()
    return OfflineError()


def _check_version(version: int) -> None:
    floor = _FLOORS.get(version // 10000)
    if version < 150000 or (floor is not None and version < floor):
        raise ServerTooOldError(version=f"{version // 10000}.{version % 10000}")


def _user(hello: Mapping[str, Any]) -> User:
    row = hello["user"]
    return User(
        id=UUID(row["id"]),
        login=row["login"],
        name=row["name"],
        name_ar=row["name_ar"],
        language=row["language"],
        roles=tuple(hello["roles"]),
        permissions=frozenset(hello["permissions"]),
        branches=tuple(
            Branch(UUID(b["id"]), b["code"], b["name"], b["name_ar"]) for b in hello["branches"]
        ),
        limits=row["limits"],
    )
