"""Transactions: two round trips, one module's role, all or nothing, refusals in words."""

import re
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.database import refusal_of
from erp_desktop.core.errors import (
    BusyError,
    CancelledError,
    NotAllowedError,
    NotFoundError,
    OfflineError,
    UserError,
)
from erp_desktop.core.refusals import LoginTakenError, LoginUnusableError
from erp_desktop.core.session import Session
from tests.houses import ALGIERS, House, SignIn

pytestmark = pytest.mark.database


def queries(session: Session, module: str, work: Callable[[Context], Any], **mode: bool) -> int:
    """Count the messages that a transaction sends and waits for: its round trips."""
    with session.database.begin(session.user, module) as ctx:
        ctx.call("core.me")  # the connection is there, as it is after signing in
        raw: Any = ctx.connection.connection.dbapi_connection
    with tempfile.TemporaryFile() as log:
        raw.pgconn.trace(log.fileno())
        with session.database.begin(session.user, module, **mode) as ctx:
            work(ctx)
        raw.pgconn.untrace()
        log.seek(0)
        lines = log.readlines()
    return sum(b"\tQuery\t" in line or b"\tSync" in line for line in lines)


def test_a_question_is_two_round_trips(signed_in: SignIn) -> None:
    def ask(ctx: Context) -> None:
        ctx.connection.execute(text("select count(*) from catalog.products")).scalar()

    assert queries(signed_in("amina"), "catalog", ask, read_only=True) <= 2


def test_a_deed_is_two_round_trips(signed_in: SignIn) -> None:
    def save(ctx: Context) -> None:
        ctx.call("catalog.save_product_v1", product())

    assert queries(signed_in("nadia"), "catalog", save) <= 2


def test_a_transaction_without_a_question_is_no_round_trip(signed_in: SignIn) -> None:
    assert queries(signed_in("amina"), "catalog", lambda _ctx: None) == 0


def product(**changes: Any) -> dict[str, Any]:
    """Return the draft of a product."""
    return {
        "id": str(uuid7()),
        "code": "COF-1",
        "name": "Coffee",
        "unit": "PCE",
        "tax_code": "TVA19",
        "price": "119.00",
        "barcodes": [],
        **changes,
    }


def test_a_transaction_runs_as_its_module_and_finds_its_tables(signed_in: SignIn) -> None:
    session = signed_in("nadia")

    for module in ("catalog", "till", "inventory"):
        with session.database.begin(session.user, module) as ctx:
            found = ctx.connection.execute(
                text("select current_user, session_user, current_setting('search_path')")
            ).one()
        assert found == (f"{module}_app", "nadia", f"{module}, pg_temp")


def test_nothing_of_a_transaction_is_left_on_its_connection(signed_in: SignIn) -> None:
    session = signed_in("nadia")
    with session.database.begin(session.user, "till") as ctx:
        ctx.call("core.me")
        raw: Any = ctx.connection.connection.dbapi_connection

    assert raw.execute("select current_user, current_setting('search_path')").fetchone() == (
        "nadia",
        '"$user", public',
    )


def test_a_module_does_not_reach_into_another(signed_in: SignIn) -> None:
    session = signed_in("nadia")

    with (
        pytest.raises(NotAllowedError),
        session.database.begin(session.user, "till") as ctx,
    ):
        ctx.connection.execute(text("select * from inventory.stock"))


def test_a_question_writes_nothing(signed_in: SignIn) -> None:
    session = signed_in("nadia")

    with (
        pytest.raises(DBAPIError, match="read-only"),
        session.database.begin(session.user, "catalog", read_only=True) as ctx,
    ):
        ctx.call("catalog.save_product_v1", product())


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, NotFoundError])
def test_what_raises_is_undone(house: House, signed_in: SignIn, error: type[BaseException]) -> None:
    session = signed_in("nadia")

    def save_and_stumble() -> None:
        with session.database.begin(session.user, "catalog") as ctx:
            ctx.call("catalog.save_product_v1", product())
            raise error

    with pytest.raises(error):
        save_and_stumble()

    assert house.value("select count(*) from catalog.products") == 0
    with session.database.begin(session.user, "catalog") as ctx:
        ctx.call("catalog.save_product_v1", product())
    assert house.value("select count(*) from catalog.products") == 1


@pytest.mark.parametrize(
    ("login", "refusal"), [("x y", LoginUnusableError), ("amina", LoginTakenError)]
)
def test_a_constraint_becomes_a_sentence(
    signed_in: SignIn, login: str, refusal: type[UserError]
) -> None:
    session = signed_in("root_admin")
    draft = {
        "id": str(uuid7()),
        "login": login,
        "name": "X",
        "language": "fr",
        "roles": ["cashier"],
        "branches": [str(ALGIERS.id)],
    }

    with pytest.raises(refusal), session.database.begin(session.user, "core") as ctx:
        ctx.call("core.save_user_v1", draft, ctx.verifier(login, "x"))


def test_a_lock_that_is_not_free_is_said_to_be_busy(house: House, signed_in: SignIn) -> None:
    session = signed_in("nadia")
    with session.database.begin(session.user, "catalog") as ctx:
        draft = product()
        version = ctx.call("catalog.save_product_v1", draft)

    with house.connect() as other, other.transaction():
        other.execute("select from catalog.products for update")
        with pytest.raises(BusyError):
            save_without_patience(session, {**draft, "version": version})


def save_without_patience(session: Session, draft: dict[str, Any]) -> None:
    """Save a product, unless somebody else is at it."""
    with session.database.begin(session.user, "catalog") as ctx:
        ctx.connection.execute(text("set local lock_timeout = '50ms'"))
        ctx.call("catalog.save_product_v1", draft)


def test_long_work_is_cancelled_on_the_server(house: House, signed_in: SignIn) -> None:
    session = signed_in("amina")
    threads: list[int] = []

    def wait() -> None:
        threads.append(threading.get_ident())
        with session.database.begin(session.user, "core") as ctx:
            ctx.connection.execute(text("select pg_sleep(30)"))

    caught: list[BaseException] = []

    def run() -> None:
        try:
            wait()
        except CancelledError as error:
            caught.append(error)

    worker = threading.Thread(target=run)
    began = time.monotonic()
    worker.start()
    while not house.value("select count(*) from pg_stat_activity where query ~ 'pg_sleep.30'"
                          " and usename = 'amina' and state = 'active'"):  # fmt: skip
        time.sleep(0.02)
    session.database.cancel(threads[0])
    worker.join(10)

    assert len(caught) == 1
    assert time.monotonic() - began < 10


def test_cancelling_nobody_harms_nobody(signed_in: SignIn) -> None:
    signed_in("amina").database.cancel(-1)


def test_a_server_that_went_away_is_said_to_be_offline(house: House, signed_in: SignIn) -> None:
    session = signed_in("amina")
    house.run(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where usename = 'amina' and datname = current_database()"
    )

    with pytest.raises(OfflineError), session.database.begin(session.user, "core") as ctx:
        ctx.call("core.me")
    with session.database.begin(session.user, "core") as ctx:
        assert ctx.call("core.me") == session.user.id


@pytest.mark.parametrize("module", ["core; drop table x", "core_owner--", "a b", ""])
def test_a_module_is_a_word(signed_in: SignIn, module: str) -> None:
    session = signed_in("amina")

    with (
        pytest.raises(ValueError, match=f"^{re.escape(module)}$"),
        session.database.begin(session.user, module),
    ):
        pass


def test_our_own_mistakes_are_nobodys_refusal() -> None:
    assert refusal_of(psycopg.errors.SyntaxError("x")) is None
