"""Signing in: who comes in, who does not and why, and what a rogue server learns."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import conninfo as libpq

from erp_desktop.core import owner
from erp_desktop.core import session as sessions
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import (
    ClientTooOldError,
    NotAnErpUserError,
    OfflineError,
    ServerTooOldError,
    SignInRefusedError,
)
from erp_desktop.core.i18n import words
from erp_desktop.core.session import UntrustedServerError, secured, sign_in
from tests.houses import ALGIERS, PASSWORD, House, SignIn

pytestmark = pytest.mark.database


def test_signing_in_tells_who_one_is(house: House, signed_in: SignIn) -> None:
    session = signed_in("amina")

    assert (session.user.login, session.user.roles) == ("amina", ("cashier",))
    assert [branch.code for branch in session.user.branches] == ["ALG"]
    assert session.user.may("till.ticket.sell")
    assert not session.user.may("core.user.manage")
    assert session.company["currency"] == "DZD"
    assert owner.name(words("fr")) == session.company["name"]
    assert session.server["system"] == str(
        house.value("select system_identifier from pg_control_system()")
    )
    assert (session.server["timeline"], session.server["epoch"]) == (1, 1)


def test_who_sees_all_branches_begins_in_their_own(signed_in: SignIn) -> None:
    assert [branch.code for branch in signed_in("salim").user.branches] == ["ALG", "ORN"]


@pytest.mark.parametrize(("login", "password"), [("amina", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_or_password_is_refused_alike(house: House, login: str, password: str) -> None:
    with pytest.raises(SignInRefusedError):
        sign_in(house.dsn(login, password))


def test_a_login_that_is_no_user_is_told_so(house: House) -> None:
    house.run(f"create role visitor login password '{PASSWORD}' in role core_app")

    with pytest.raises(NotAnErpUserError):
        sign_in(house.dsn("visitor"))


def test_a_login_without_a_role_of_the_erp_is_refused(house: House) -> None:
    house.run(f"create role visitor login password '{PASSWORD}'")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sign_in(house.dsn("visitor"))


def test_a_user_who_is_disabled_stays_outside(house: House, signed_in: SignIn) -> None:
    admin = signed_in("root_admin")
    draft = {"id": str(uuid7()), "login": "lina", "name": "Lina", "language": "fr",
             "roles": ["cashier"], "branches": [str(ALGIERS.id)]}  # fmt: skip
    with admin.database.begin(admin.user, "core") as ctx:
        ctx.call("core.save_user_v1", draft, ctx.verifier("lina", PASSWORD))
        ctx.call("core.enable_user_v1", draft["id"], False)  # noqa: FBT003 - SQL's argument

    with pytest.raises(SignInRefusedError):
        sign_in(house.dsn("lina"))


def test_a_program_that_is_too_old_stays_outside(house: House) -> None:
    house.run("update core.company set min_client = '99.0.0'")

    with pytest.raises(ClientTooOldError) as refusal:
        sign_in(house.dsn("amina"))

    assert "99.0.0" in str(refusal.value)


def test_a_server_without_security_updates_is_not_used(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    major = house.value("select current_setting('server_version_num')::integer") // 10000
    monkeypatch.setitem(sessions._FLOORS, major, 990099)

    with pytest.raises(ServerTooOldError):
        sign_in(house.dsn("amina"))


def test_a_server_that_does_not_answer_is_offline() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(OfflineError):
        sign_in(f"host=127.0.0.1 port={port} dbname=erp user=amina password=x")


@pytest.mark.parametrize("host", ["erp.example.com", "10.0.0.1", "127.0.0.1,erp.example.com"])
def test_off_this_computer_the_servers_certificate_is_verified(host: str) -> None:
    safe = libpq.conninfo_to_dict(secured(f"host={host} user=amina sslmode=disable"))

    assert (safe["sslmode"], safe["require_auth"]) == ("verify-full", "scram-sha-256")


class Rogue:
    """A server that asks for the password in clear, or as an MD5 hash."""

    def __init__(self, question: bytes) -> None:
        self.heard = b""
        self._question = question
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        line, _peer = self._socket.accept()
        with line:
            line.settimeout(3)
            first = line.recv(8)
            if first[4:] == b"\x04\xd2\x16\x2f":  # SSLRequest
                line.sendall(b"N")
                first = line.recv(8)
            line.recv(4096)
            line.sendall(self._question)
            while chunk := self._hear(line):
                self.heard += chunk

    def _hear(self, line: socket.socket) -> bytes:
        try:
            return line.recv(4096)
        except OSError:
            return b""

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


CLEAR = b"R\x00\x00\x00\x08\x00\x00\x00\x03"
MD5 = b"R\x00\x00\x00\x0c\x00\x00\x00\x05salt"


@pytest.fixture(params=[CLEAR, MD5], ids=["clear", "md5"])
def rogue(request: Any) -> Iterator[Rogue]:
    """A server that is not what it says."""
    made = Rogue(request.param)
    yield made
    made.close()


def test_a_server_that_asks_for_the_password_gets_none(rogue: Rogue) -> None:
    with pytest.raises(UntrustedServerError):
        sign_in(f"host=127.0.0.1 port={rogue.port} dbname=erp user=amina password={PASSWORD}")

    assert rogue.heard == b""


def test_without_our_care_it_would_get_it() -> None:
    rogue = Rogue(CLEAR)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            f"host=127.0.0.1 port={rogue.port} dbname=erp user=amina password={PASSWORD}",
            connect_timeout=4,
        )
    rogue.close()

    assert PASSWORD.encode() in rogue.heard
