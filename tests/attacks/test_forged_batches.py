"""Forged, altered, replayed and monstrous batches: recorded as what they are, without harm."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import GENESIS, Answer, Command, Envelope, chain, uuid7
from tests.attacks.intruder import direct, healthy, send
from tests.houses import Device, House, MakeProduct, Till, open_session

pytestmark = pytest.mark.database


@dataclass
class Liar:
    """A till in the wrong hands: it signs and numbers whatever it is told."""

    house: House
    till: Till
    device: Device
    coffee: UUID
    connection: Any

    def payload(self, **changes: Any) -> dict[str, Any]:
        """Return the payload of a sale of one coffee, changed; `line` changes its line."""
        body = json.loads(self.till.sale(self.coffee, number=1).body)
        self.till.seq, self.till.hash = 0, GENESIS
        content: dict[str, Any] = body["payload"]
        content["lines"][0].update(changes.pop("line", {}))
        return {**content, **changes}

    def sell(self, payload: dict[str, Any], *, actor: str = "amina", at: str = "") -> Answer:
        """Send a payload as a sale, well numbered and chained."""
        content = {
            "id": str(uuid7()), "name": "till.sell_v1", "actor": actor, "payload": payload,
            "workstation": str(self.device.id), "at": at or datetime.now(UTC).isoformat(),
            "seq": self.till.seq + 1,
        }  # fmt: skip
        return self.post(json.dumps(content))

    def post(self, body: str, **changes: str) -> Answer:
        """Send a body as the next of the chain."""
        envelope = Envelope(body, self.till.hash, chain(self.till.hash, body))
        return send(self.connection, replace(envelope, **changes))[0]

    def count(self, table: str) -> int:
        """Count rows."""
        return int(self.house.value(f"select count(*) from {table}"))


@pytest.fixture
def liar(house: House, till: Till, device: Device, product: MakeProduct) -> Iterator[Liar]:
    """A till whose key is known."""
    with house.connect(device.login) as connection:
        yield Liar(house, till, device, product("COF-1", stock=10), connection)
    healthy(house)


HUGE = "1" + "0" * 400
# What a till may say of a line and a ticket, and the word by which it is found out.
IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "no number for a quantity": {"line": {"quantity": "NaN", "amount": "NaN"}, "total": "NaN"},
    "an endless quantity": {"line": {"quantity": "Infinity", "amount": "Infinity"}},
    "less than nothing": {"line": {"quantity": "-1", "amount": "-119.00"}, "total": "-119.00"},
    "nothing": {"line": {"quantity": "0", "amount": "0"}, "total": "0"},
    "a huge quantity": {"line": {"quantity": HUGE, "amount": f"119{HUGE[1:]}"}},
    "a quantity of many digits": {"line": {"quantity": "1." + "0" * 5000 + "1"}},
    "a negative price": {"line": {"unit_price": "-119.00", "amount": "-119.00"}, "total": "-119"},
    "no number for a price": {"line": {"unit_price": "NaN", "amount": "NaN"}, "total": "NaN"},
    "an endless price": {"line": {"unit_price": "Infinity", "amount": "Infinity"}},
    "a total that is not the sum": {"total": "1.00"},
    "a line that is not its product": {"line": {"amount": "19.00"}, "total": "19.00"},
    "no number for a tax rate": {
        "line": {"taxes": [{"code": "TVA19", "rate": "NaN", "after": []}]}
    },
    "a negative tax rate": {"line": {"taxes": [{"code": "TVA19", "rate": "-0.5", "after": []}]}},
    "a tax above all": {"line": {"taxes": [{"code": "TVA19", "rate": "1e9", "after": []}]}},
    "no lines": {"lines": []},
    "lines that are none": {"lines": {"a": 1}},
    "words for lines": {"lines": "x"},
    "no payload at all": {"lines": None, "total": None},
    "another currency": {"currency": "USD"},
    "no currency": {"currency": None},
    "change that was never given": {
        "payments": [{"method": "cash", "amount": "119", "tendered": "9", "change": "-110"}]
    },
    "cash that is no number": {
        "payments": [{"method": "cash", "amount": "NaN", "tendered": "NaN", "change": "0"}]
    },
    "no payment": {"payments": None},
    "a way of paying that is none": {"payments": [{"method": "gold", "amount": "119"}]},
    "on account to nobody": {"payments": [{"method": "account", "amount": "119"}]},
    "a discount above the price": {"line": {"discount": "200", "amount": "-81"}, "total": "-81"},
    "a stamp that is no number": {"stamp": "NaN"},
    "no product": {"line": {"product_id": None}},
    "an unknown product": {"line": {"product_id": str(uuid7())}},
    "a product that is none": {"line": {"product_id": "'; drop table core.audit; --"}},
    "no number": {"number": None},
    "another workstation's number": {"number": "ORN-01-000001"},
    "a number that is none": {"number": "ALG-01-00000x"},
    "a number with more zeros": {"number": "ALG-01-0000000001"},
    "a number with a line after it": {"number": "ALG-01-000001\nORN-01-000001"},
    "a ticket without an id": {"ticket_id": None},
}


def test_what_cannot_be_true_is_kept_and_books_nothing(liar: Liar) -> None:
    answers = {name: liar.sell(liar.payload(**change)) for name, change in IMPOSSIBLE.items()}

    assert {name for name, answer in answers.items() if answer.state != "flagged"} == set()
    assert liar.house.value("select bool_and(is_parked) from core.commands")
    assert (liar.count("till.tickets"), liar.count("accounting.entries")) == (0, 0)
    assert liar.house.value("select sum(on_hand) from inventory.stock") == 20


def test_two_lines_of_one_id_book_nothing(liar: Liar) -> None:
    payload = liar.payload(total="238.00", payments=[{"method": "card", "amount": "238.00"}])
    payload["lines"] *= 2

    assert liar.sell(payload).flags[0].code == "core.handler_failed"
    assert liar.count("till.tickets") == 0


def test_a_ticket_is_not_booked_a_second_time_under_another_command(liar: Liar) -> None:
    first = liar.payload()
    envelope = liar.till.seal(Command("till.sell_v1", first, "amina", datetime.now(UTC)))
    again = liar.till.seal(
        Command("till.sell_v1", {**first, "number": "ALG-01-000002"}, "amina", datetime.now(UTC))
    )

    states = [answer.state for answer in send(liar.connection, envelope, again)]

    assert states == ["applied", "flagged"]
    assert liar.count("till.tickets") == 1


def test_a_number_that_was_taken_by_a_stranger_still_serves_its_owner(
    liar: Liar, house: House, devices: tuple[Device, Device]
) -> None:
    oran = devices[1]
    open_session(house, oran)
    liar.sell(liar.payload(number=f"{oran.prefix}-000001"))

    with house.connect(oran.login) as connection:
        honest = Till(connection, oran)
        (answer,) = honest.send(honest.sale(liar.coffee, number=1, actor="bilal"))

    assert answer.state == "applied"


@pytest.mark.parametrize(
    "change",
    [
        {"taxes": [{"code": "TVA19", "rate": "0.09", "after": []}], "net": "109.17"},
        {"tax_code": "TVA9"},
        {"unit_price": "1.00", "amount": "1.00", "net": "0.84"},
    ],
)
def test_what_differs_from_head_office_is_booked_and_shown(
    liar: Liar, change: dict[str, Any]
) -> None:
    total = change.get("amount", "119.00")
    payments = [{"method": "card", "amount": total}]

    answer = liar.sell(liar.payload(line=change, total=total, payments=payments))

    assert answer.state == "flagged"
    assert {flag.code for flag in answer.flags} <= {"till.tax_differs", "till.price_differs"}


@pytest.mark.parametrize(
    "at", ["1970-01-02T00:00:00Z", "2019-05-05T10:00:00+01:00", "2150-01-01T00:00:00Z"]
)
def test_a_clock_that_is_wrong_is_flagged_and_booked_today(liar: Liar, at: str) -> None:
    answer = liar.sell(liar.payload(), at=at)

    assert [flag.code for flag in answer.flags] == ["core.clock_doubtful"]
    assert liar.house.value("select dated_on = core.local_date(now()) from accounting.entries")


def test_the_payload_does_not_choose_the_branch(liar: Liar) -> None:
    oran = liar.house.value("select id::text from core.branches where code = 'ORN'")

    liar.sell(liar.payload(branch_id=oran, workstation_id=oran, is_fact=False))

    assert liar.house.value(f"select count(*) from till.tickets where branch_id = '{oran}'") == 0
    assert liar.count("till.tickets") == 1


@pytest.mark.parametrize("actor", ["nobody_here", "", "postgres", "a'; drop table x; --", "مجهول"])
def test_an_author_who_does_not_exist_is_flagged(liar: Liar, actor: str) -> None:
    answer = liar.sell(liar.payload(), actor=actor)

    assert [flag.code for flag in answer.flags] == ["core.unknown_actor"]


UNREADABLE: dict[str, Any] = {
    "nothing": None,
    "a number": 7,
    "words": "x",
    "a list": [],
    "no body": {},
    "a body that is no text": {"body": {"id": 1}},
    "half a body": {"body": '{"id": '},
    "a body that is null": {"body": "null"},
    "a NUL": {"body": '{"id": "\\u0000"}'},
    "deep": {"body": "[" * 20000 + "]" * 20000},
    "deep and alive": {"body": '{"payload": ' * 9000 + "1" + "}" * 9000},
    "no such number": {"body": '{"seq": 1e400000}'},
    "wrong types": {"body": '{"id": 5, "name": [], "actor": {}, "at": true, "payload": 3}'},
    "a list for a payload": {"body": f'{{"id": "{uuid7()}", "name": "x", "actor": "amina",'
                             ' "at": "2026-11-20T10:00:00Z", "payload": []}'},
}  # fmt: skip


def test_what_cannot_be_read_is_refused_and_holds_nobody_up(liar: Liar) -> None:
    sale = liar.till.sale(liar.coffee, number=1)

    *broken, applied = send(liar.connection, *UNREADABLE.values(), sale)

    found = {(answer.state, answer.flags[0].code) for answer in broken}
    assert found == {("refused", "core.unreadable")}
    assert applied.state == "applied"


NONSENSE: tuple[dict[str, Any], ...] = (
    {"seq": None},
    {"seq": 0},
    {"seq": -5},
    {"seq": 9223372036854775807},
    {"seq": "x"},
    {"seq": 1.5},
    {"workstation": None},
    {"workstation": "x"},
    {"actor": "a" * 5000},
    {"name": "till.sell_v1" * 1000},
    {"at": None},
    {"at": {}},
    {"id": "x"},
    *(
        {"at": at}
        for at in ("infinity", "-infinity", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")
    ),
    *({"at": at} for at in ("now", "tomorrow", "epoch", "1969-12-31T00:00:00Z")),
)


def test_a_head_that_makes_no_sense_holds_nobody_up(liar: Liar) -> None:
    sale = liar.till.sale(liar.coffee, number=1)

    def nonsense(changes: dict[str, Any]) -> Envelope:
        body = json.dumps({**json.loads(sale.body), "id": str(uuid7()), **changes})
        return Envelope(body, GENESIS, chain(GENESIS, body))

    *refused, applied = send(liar.connection, *map(nonsense, NONSENSE), sale)

    codes = [answer.flags[0].code for answer in refused]
    assert codes == ["core.unreadable"] * len(NONSENSE)
    assert applied.state == "applied"


FORGERIES: tuple[Callable[[Envelope], Envelope], ...] = (
    lambda e: replace(e, hash="0" * 64),
    lambda e: replace(e, hash=""),
    lambda e: replace(e, prev="f" * 64),
    lambda e: replace(e, prev="not hex", hash="x"),
    lambda e: replace(e, prev="\n" + e.prev),
    lambda e: replace(e, body=e.body + " "),
    lambda e: replace(e, body=e.body.replace("amina", "nadia")),
)


def test_a_broken_seal_has_no_effect(liar: Liar) -> None:
    genuine = liar.till.sale(liar.coffee, number=1)

    *forged, honest = send(liar.connection, *(forge(genuine) for forge in FORGERIES), genuine)

    assert {answer.flags[0].code for answer in forged} == {"core.altered"}
    assert honest.state == "applied"


@pytest.mark.parametrize("login", ["amina", "nadia", "root_admin"])
def test_nobody_sends_a_workstations_journal_but_the_workstation(liar: Liar, login: str) -> None:
    sale = liar.till.sale(liar.coffee, number=1)

    with liar.house.connect(login) as connection:
        before = send(connection, sale)[0]
        send(liar.connection, sale)
        after = send(connection, sale)[0]

    assert [a.flags[0].code for a in (before, after)] == ["core.other_workstation"] * 2
    assert liar.count("till.tickets") == 1


def test_another_branchs_workstation_sends_nobodys_journal_but_its_own(
    liar: Liar, devices: tuple[Device, Device]
) -> None:
    sale = liar.till.sale(liar.coffee, number=1)

    with liar.house.connect(devices[1].login) as connection:
        (answer,) = send(connection, sale)

    assert answer.flags[0].code == "core.other_workstation"
    assert answer.result == {}


def test_nobody_speaks_directly_for_another(liar: Liar) -> None:
    lines = [{"product_id": str(liar.coffee), "quantity": "5", "unit_cost": "1"}]
    with liar.house.connect("amina") as connection:
        as_clerk = direct(connection, "inventory.open_stock_v1", {"lines": lines}, "karim")
        as_herself = direct(connection, "inventory.open_stock_v1", {"lines": lines}, "amina")
    as_device = direct(
        liar.connection, "inventory.open_stock_v1", {"lines": lines}, liar.device.login
    )

    assert [a.flags[0].code for a in (as_clerk, as_herself, as_device)] == [
        "core.not_you",
        "core.not_permitted",
        "core.not_you",
    ]
    assert {a.state for a in (as_clerk, as_herself, as_device)} == {"refused"}
    assert liar.house.value("select sum(on_hand) from inventory.stock") == 20


def test_goods_that_a_cashier_says_were_there_wait_for_somebody_with_the_right(liar: Liar) -> None:
    lines = [{"product_id": str(liar.coffee), "quantity": "5", "unit_cost": "1"}]
    command = Command("inventory.open_stock_v1", {"lines": lines}, "amina", datetime.now(UTC))

    (answer,) = send(liar.connection, liar.till.seal(command))

    assert (answer.state, answer.flags[0].code) == ("flagged", "core.not_permitted")
    assert liar.house.value("select sum(on_hand) from inventory.stock") == 20


def test_goods_that_cannot_be_are_not_booked(liar: Liar) -> None:
    impossible = [
        (field, word)
        for field in ("quantity", "unit_cost")
        for word in ("NaN", "Infinity", "-Infinity", "-1", HUGE)
    ] + [("quantity", "0"), ("quantity", None), ("product_id", None)]
    good = {"product_id": str(liar.coffee), "quantity": "1", "unit_cost": "1"}
    with liar.house.connect("karim") as connection:
        states = {
            direct(
                connection, "inventory.open_stock_v1", {"lines": [{**good, field: word}]}, "karim"
            ).state
            for field, word in impossible
        }

    assert states == {"refused"}
    assert liar.house.value("select sum(on_hand) from inventory.stock") == 20


def test_what_a_liar_sends_fills_no_disk(liar: Liar) -> None:
    send(liar.connection, {"body": "x" * 3_000_000})

    assert liar.house.value("select max(octet_length(envelope::text)) from core.incidents") < 70_000


def test_a_disabled_workstation_is_shut_out(liar: Liar, house: House) -> None:
    with house.connect("root_admin") as admin:
        admin.execute("set role core_app")
        admin.execute("select core.disable_workstation_v1(%s)", [liar.device.id])

    with pytest.raises(Exception, match=r"terminating|closed|not permitted to log in"):
        send(liar.connection, liar.till.sale(liar.coffee, number=1))
    with pytest.raises(Exception, match="not permitted to log in"):
        house.connect(liar.device.login)
    assert liar.count("till.tickets") == 0
