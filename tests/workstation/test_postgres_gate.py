"""The sync against a real PostgreSQL: one round trip, one transaction, and what errors mean."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from erp_desktop.core.commands import GENESIS, Command, Envelope, chain
from erp_desktop.core.session import Session
from erp_desktop.workstation.author import Author
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.sets import ReplicaSet
from erp_desktop.workstation.sync.gate import GateError, PostgresGate, fault_of
from erp_desktop.workstation.workstation import Options, Workstation
from tests.houses import ALGIERS, Device, House, MakeProduct, SignIn
from tests.workstation.deeds import ENROLMENT

pytestmark = pytest.mark.database

PRODUCTS = ReplicaSet(
    id="catalog.products",
    columns={"id": "text", "code": "text", "name": "text", "price": "numeric"},
    key=("id",),
    search=("code", "name"),
)


@pytest.fixture
def gate(house: House, device: Device) -> Iterator[PostgresGate]:
    """The line of the till in Algiers."""
    gate = PostgresGate(house.dsn(device.login), workstation="Till")
    yield gate
    gate.close()


def sealed(device: Device, payload: dict[str, str], *, name: str = "till.sell_v1") -> Envelope:
    command = Command(name, payload, "amina", datetime.now(UTC))
    body = command.body(workstation=device.id, seq=1)
    return Envelope(body, GENESIS, chain(GENESIS, body))


def test_a_batch_is_one_message_and_is_committed(
    house: House, gate: PostgresGate, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.pull({"position": None, "sets": []})
    messages: list[bytes] = []
    connection = gate._connection
    assert connection is not None
    execute = psycopg.ClientCursor.execute

    def count(cursor: Any, query: Any, params: Any) -> Any:
        messages.append(query)
        return execute(cursor, query, params)

    monkeypatch.setattr(psycopg.ClientCursor, "execute", count)
    (answer,) = gate.execute([sealed(device, {"nothing": "useful"})])

    assert len(messages) == 1
    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert answer.state == "flagged"
    assert house.value("select count(*) from core.commands") == 1


def test_an_answer_to_what_cannot_be_read_finds_its_command(
    gate: PostgresGate, device: Device
) -> None:
    envelope = sealed(device, {})
    content = {**json.loads(envelope.body), "at": "the other day"}
    body = json.dumps(content)

    (answer,) = gate.execute([Envelope(body, GENESIS, chain(GENESIS, body))])

    assert str(answer.id) == content["id"]
    assert answer.state == "refused"


def test_a_batch_that_fails_leaves_nothing_and_the_line_goes_on(
    house: House, gate: PostgresGate, device: Device
) -> None:
    good = sealed(device, {})
    with pytest.raises(GateError) as refusal:
        gate.execute([good] * 201)

    assert refusal.value.fault == "poison"
    assert "{" not in refusal.value.reason
    assert house.value("select count(*) from core.commands") == 0
    assert len(gate.execute([good])) == 1


def test_a_line_that_was_cut_is_opened_again(house: House, gate: PostgresGate) -> None:
    gate.pull({"position": None, "sets": []})
    house.run(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where application_name = 'erp/Till' and datname = current_database()"
    )

    with pytest.raises(GateError) as refusal:
        gate.pull({"position": None, "sets": []})

    assert refusal.value.fault == "line"
    assert gate.pull({"position": None, "sets": []})["server"]["epoch"] == 1


def test_a_server_that_is_away_is_no_line() -> None:
    gate = PostgresGate("host=127.0.0.1 port=1 dbname=x user=y", workstation="Till")

    with pytest.raises(GateError) as refusal:
        gate.pull({})

    assert refusal.value.fault == "line"


def test_a_workstation_that_was_disabled_is_told(
    house: House, gate: PostgresGate, device: Device
) -> None:
    house.run(f"alter role {device.login} nologin")

    with pytest.raises(GateError, match="barred") as refusal:
        gate.pull({"position": None, "sets": []})

    house.run(f"alter role {device.login} login")  # roles that may sign in go with the database
    assert "administrator" in refusal.value.reason


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        ("08006", "line"),
        ("57P01", "line"),
        ("53300", "line"),
        ("53100", "line"),
        ("57014", "busy"),
        ("40001", "busy"),
        ("40P01", "busy"),
        ("55P03", "busy"),
        ("42501", "barred"),
        ("42883", "barred"),
        ("28P01", "barred"),
        ("22P05", "poison"),
        ("23505", "poison"),
        ("P0001", "poison"),
        ("ERP01", "poison"),
        ("XX000", "poison"),
    ],
)
def test_every_sqlstate_means_something_to_the_sync(state: str, fault: str) -> None:
    error = type("Error", (psycopg.Error,), {"sqlstate": state})()

    assert fault_of(error) == fault


@pytest.fixture
def workstation(
    house: House, device: Device, tmp_path: Path, options: Options
) -> Iterator[Workstation]:
    """A real workstation at a real head office."""
    enrolment = Enrolment(
        **{
            **ENROLMENT.as_json(),
            "workstation_id": device.id,
            "branch_id": ALGIERS.id,
            "prefix": device.prefix,
            "login": device.login,
        }
    )
    opened = Workstation.enrol(tmp_path, enrolment, device.password, [PRODUCTS], options)
    opened.start_sync(PostgresGate(house.dsn(device.login), workstation=device.login))
    yield opened
    opened.close()


def test_products_come_down_and_follow_their_changes(
    house: House, workstation: Workstation, product: MakeProduct
) -> None:
    coffee = product("COF-1", price="119.00")
    assert workstation.sync is not None
    assert workstation.sync.flush(10)
    (row,) = workstation.replica.find("catalog.products", "cof-1")
    assert (row["id"], row["price"]) == (str(coffee), Decimal("119.00"))

    house.run("update catalog.products set price = 125")
    assert workstation.sync.flush(10)

    (row,) = workstation.replica.find("catalog.products", "cof-1")
    assert row["price"] == Decimal(125)
    assert workstation.replica.by("core.users", login="amina")
    assert workstation.link.state.online


def test_what_was_done_goes_up_in_order_and_comes_back_answered(
    house: House, workstation: Workstation, signed_in: SignIn
) -> None:
    amina = signed_in("amina")
    author = register(amina, workstation)
    for _deed in range(60):
        workstation.record(
            "till.dance_v1",
            lambda number: {"number": number},
            actor=author,
            at=datetime.now(UTC),
            series="ticket",
        )

    assert workstation.sync is not None
    assert workstation.sync.flush(20)

    assert house.value("select array_agg(seq order by received_at, seq) from core.commands") == [
        *range(1, 61)
    ]
    assert {entry.state for entry in workstation.journal.entries()} == {"refused"}
    codes = {flag.code for entry in workstation.journal.entries() for flag in entry.flags}
    assert codes == {"core.unknown_command"}
    assert house.value("select last_seq from core.workstations") == 60


def test_a_restored_server_books_nothing_twice(
    house: House, workstation: Workstation, signed_in: SignIn
) -> None:
    author = register(signed_in("amina"), workstation)
    for _deed in range(3):
        workstation.record("till.dance_v1", {}, actor=author, at=datetime.now(UTC))
    assert workstation.sync is not None
    assert workstation.sync.flush(10)

    house.run("update core.company set epoch = epoch + 1")
    assert workstation.sync.flush(10)
    assert workstation.sync.flush(10)

    server = workstation.journal.outgoing.server
    assert server is not None
    assert server["epoch"] == 2
    assert house.value("select count(*) from core.commands") == 3
    answers = [workstation.journal.answer_of(e.id) for e in workstation.journal.entries()]
    assert [answer and answer.replayed for answer in answers] == [True, True, True]


def register(session: Session, workstation: Workstation) -> Author:
    """Sign in and register the new key, as the shell does."""
    signed_in = workstation.sign_ins.remember(session.user, "pw")
    with session.database.begin(session.user, "core") as ctx:
        workstation_id: UUID = workstation.enrolment.workstation_id
        ctx.call("core.register_key_v1", workstation_id, signed_in.unregistered_key)
    workstation.sign_ins.registered(session.user.login)
    return signed_in.author
