"""The gate: applied once, answered as often as asked, and nothing forged gets through."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from erp_desktop.core.commands import GENESIS, Command, Envelope, chain, uuid7
from tests.houses import House, MakeProduct, SignIn, Till

pytestmark = pytest.mark.database


def test_a_sale_reaches_ticket_stock_and_ledger(
    house: House, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=10)

    (answer,) = till.send(till.sale(coffee, number=1, quantity=2))

    assert (answer.state, answer.flags) == ("applied", ())
    with house.connect() as connection:
        assert connection.execute("select total, net, tax from till.tickets").fetchall() == [
            (238, 200, 38)
        ]
        lines = connection.execute(
            "select a.code, l.debit, l.credit from accounting.entry_lines l"
            " join accounting.accounts a on a.id = l.account_id order by l.line_no"
        ).fetchall()
    assert lines == [
        ("5113", 238, 0),
        ("700", 0, 200),
        ("44571", 0, 38),
        ("600", 140, 0),
        ("301", 0, 140),
    ]


def test_the_same_command_twice_is_applied_once_and_answered_twice(
    house: House, till: Till, product: MakeProduct
) -> None:
    sale = till.sale(product("COF-1", stock=10), number=1)

    first, second = till.send(sale, sale)

    assert (first.replayed, second.replayed) == (False, True)
    assert (first.state, first.result) == (second.state, second.result)
    assert house.value("select count(*) from till.tickets") == 1


def test_a_sale_of_what_is_not_there_is_recorded_and_flagged(
    house: House, till: Till, product: MakeProduct
) -> None:
    (answer,) = till.send(till.sale(product("COF-1"), number=1))

    assert answer.state == "flagged"
    assert [flag.code for flag in answer.flags] == ["inventory.short"]
    assert house.value("select on_hand from inventory.stock where is_short") == -1


def test_a_poisoned_command_leaves_the_others_alone(
    house: House, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=10)
    good, poison = till.sale(coffee, number=1), till.sale(uuid7(), number=2)

    answers = till.send(good, poison, till.sale(coffee, number=3))

    assert [answer.state for answer in answers] == ["applied", "flagged", "flagged"]
    assert answers[1].flags[0].code == "core.handler_failed"
    assert [flag.code for flag in answers[2].flags] == ["till.number_gap"]
    assert house.value("select count(*) from core.commands where is_parked") == 1


def test_an_altered_body_has_no_effect_and_does_not_block_the_genuine_one(
    house: House, till: Till, product: MakeProduct
) -> None:
    genuine = till.sale(product("COF-1", stock=10), number=1)
    altered = replace(genuine, body=genuine.body.replace("119.00", "19.00"))

    forged, honest = till.send(altered, genuine)

    assert (forged.state, forged.flags[0].code) == ("refused", "core.altered")
    assert honest.state == "applied"
    assert house.value("select count(*) from core.incidents") == 1


def test_a_known_id_with_other_content_is_refused(
    house: House, till: Till, product: MakeProduct
) -> None:
    genuine = till.sale(product("COF-1", stock=10), number=1)
    till.send(genuine)
    body = genuine.body.replace("119.00", "19.00")
    other = Envelope(body, genuine.prev, chain(genuine.prev, body))

    (answer,) = till.send(other)

    assert (answer.state, answer.flags[0].code) == ("refused", "core.id_reused")
    assert house.value("select sum(total) from till.tickets") == 119


def test_commands_out_of_order_are_recorded_and_flagged(
    house: House, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=10)
    first, second = till.sale(coffee, number=1), till.sale(coffee, number=2)

    late = till.send(second, first)

    codes = [{flag.code for flag in answer.flags} for answer in late]
    assert codes == [{"core.sequence_gap", "till.number_gap"}, {"core.sequence_late"}]
    assert house.value("select count(*) from till.tickets") == 2


def test_two_commands_with_one_sequence_number_are_a_fork(till: Till, product: MakeProduct) -> None:
    coffee = product("COF-1", stock=10)
    original = till.sale(coffee, number=1)
    till.seq, till.hash = 0, GENESIS
    clone = till.sale(coffee, number=2)

    answers = till.send(original, clone)

    assert "core.sequence_fork" in {flag.code for flag in answers[1].flags}


def test_a_sale_by_somebody_without_the_right_is_recorded_and_flagged(
    house: House, till: Till, product: MakeProduct
) -> None:
    (answer,) = till.send(till.sale(product("COF-1", stock=10), number=1, actor="karim"))

    assert [flag.code for flag in answer.flags] == ["core.not_permitted"]
    assert house.value("select count(*) from core.reviews where code = 'core.not_permitted'") == 1


def test_figures_that_do_not_add_up_are_parked_and_book_nothing(
    house: House, till: Till, product: MakeProduct
) -> None:
    sale = till.sale(product("COF-1", stock=10), number=1)
    till.seq, till.hash = 0, GENESIS
    content = json.loads(sale.body)
    content["payload"]["total"] = "1.00"
    wrong = till.seal(Command("till.sell_v1", content["payload"], "amina", datetime.now(UTC)))

    (answer,) = till.send(wrong)

    assert (answer.state, answer.flags[0].code) == ("flagged", "till.figures_differ")
    assert house.value("select count(*) from till.tickets") == 0
    assert house.value("select count(*) from accounting.entries") == 0


@pytest.mark.parametrize(
    ("name", "code"),
    [("till.sell_v2", "core.unknown_command"), ("nothing.known_v1", "core.unknown_command")],
)
def test_an_unknown_or_newer_command_is_refused_by_name(till: Till, name: str, code: str) -> None:
    (answer,) = till.send(till.seal(Command(name, {}, "amina", datetime.now(UTC))))

    assert (answer.state, answer.flags[0].code) == ("refused", code)


def test_what_cannot_be_read_is_refused_and_the_rest_goes_on(
    till: Till, product: MakeProduct
) -> None:
    sale = till.sale(product("COF-1", stock=10), number=1)

    broken, applied = till.send(Envelope("{not json"), sale)

    assert (broken.state, applied.state) == ("refused", "applied")


def test_a_sale_in_a_closed_period_is_booked_on_the_next_open_day(
    house: House, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=10)
    house.run(
        "update accounting.periods set state = 'closed' where ends_on < core.local_date(now()) + 31"
    )

    (answer,) = till.send(till.sale(coffee, number=1))

    assert [flag.code for flag in answer.flags] == ["accounting.period_closed"]
    assert house.value("select dated_on > core.local_date(now()) from accounting.entries")


def test_a_parked_fact_is_booked_once_its_cause_is_mended(
    house: House, till: Till, signed_in: SignIn, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=10)
    house.run("update inventory.warehouses set is_default = false")
    (parked,) = till.send(till.sale(coffee, number=1))
    house.run("update inventory.warehouses set is_default = true")
    manager = signed_in("nadia")

    with manager.database.begin(manager.user, "core") as ctx:
        answer = ctx.call("core.retry_v1", parked.id)

    assert answer["state"] == "applied"
    assert house.value("select count(*) from till.tickets") == 1
    assert house.value("select count(*) from core.reviews where resolved_at is null") == 0


def test_a_batch_that_is_too_large_is_refused_whole(till: Till) -> None:
    with pytest.raises(psycopg.DatabaseError, match="batch_too_large"):
        till.send(*[Envelope("{}")] * 201)


def test_what_is_given_away_and_cost_nothing_is_a_ticket_without_an_entry(
    house: House, till: Till, product: MakeProduct
) -> None:
    sample = product("SAMPLE", price="0", stock=5, cost="0")
    content = json.loads(till.sale(sample, number=1).body)["payload"]
    till.seq, till.hash = 0, GENESIS
    content["lines"][0] |= {"unit_price": "0", "amount": "0", "net": "0"}
    content |= {"total": "0", "payments": []}

    (answer,) = till.send(till.seal(Command("till.sell_v1", content, "amina", datetime.now(UTC))))

    assert (answer.state, answer.flags) == ("applied", ())
    assert house.value("select count(*) from accounting.entries") == 0
    assert house.value("select sum(quantity) from inventory.movements where kind = 'sale'") == -1
