"""Payments: what they settle, what stays as an advance, what is paid back or given up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from erp_desktop.core.commands import Answer, Command, uuid7
from modules.sales.selectors import get_payment, open_items
from modules.sales.services import PaymentDraft, Share, allocate, receive_payment
from tests.houses import YEAR, House, MakeProduct, Till
from tests.sales.office import DIFFERENCES, MARCH, Office, codes, line, send

pytestmark = pytest.mark.database


def test_a_payment_settles_parts_and_its_rest_is_an_advance(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=10)
    first, second = office.sold(customer, line(coffee)), office.sold(customer, line(coffee))

    payment, answer = office.pay(customer, "150.00", (first, "119.00"), (second, "11.00"))

    assert (codes(answer), answer.result["number"]) == ([], f"RG-ALG-{YEAR}/000001")
    assert office.open(first) == 0
    assert office.open(second) == 108
    sheet = office.ask(get_payment, payment)
    assert (sheet.open, [part.amount for part in sheet.settled]) == (20, [119, 11])
    assert office.balance("bank") == 150
    assert office.balance("receivable") == 88

    assert codes(office.allocate(Share(Decimal(20), payment_id=payment, invoice_id=second))) == []
    assert office.open(second) == 88
    items = office.ask(open_items, customer).items
    assert [(item.kind, item.open, item.is_owed) for item in items] == [("invoice", 88, True)]
    assert house.value(DIFFERENCES) == 0


def test_money_that_was_taken_is_never_refused_for_what_it_settles(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, other = office.customer(), office.customer("C2")
    coffee = product("COF-1", stock=10)
    mine, theirs = office.sold(customer, line(coffee)), office.sold(other, line(coffee))

    payment, answer = office.pay(
        customer, "500.00", (mine, "200.00"), (theirs, "50.00"), (uuid7(), "50.00")
    )

    assert answer.state == "flagged"
    assert codes(answer) == [
        "sales.settled_too_much",
        "sales.document_unknown",
        "sales.document_unknown",
    ]
    assert office.open(mine) == 0
    assert office.open(theirs) == 119
    assert office.ask(get_payment, payment).open == 381
    assert house.value(DIFFERENCES) == 0


def test_who_asks_to_settle_too_much_is_refused(office: Office, product: MakeProduct) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10)))
    payment, _answer = office.pay(customer, "200.00")

    def share(amount: str) -> Share:
        return Share(Decimal(amount), payment_id=payment, invoice_id=posted)

    assert codes(office.allocate(share("119.01"))) == ["sales.settled_too_much"]
    assert codes(office.allocate(share("-1.00"))) == ["sales.amount_impossible"]
    assert codes(office.allocate(share("NaN"))) == ["sales.amount_impossible"]
    wrong = Share(Decimal(1), credit_note_id=payment, invoice_id=posted)
    assert codes(office.allocate(wrong)) == ["sales.document_unknown"]
    assert office.open(posted) == 119


def test_what_settles_can_be_taken_back_once(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10)))
    payment, _answer = office.pay(customer, "119.00", (posted, "119.00"))
    allocation = office.sheet(posted).settled[0].id

    assert codes(office.allocate(undo=(allocation,))) == []

    assert office.open(posted) == 119
    assert office.ask(get_payment, payment).open == 119
    assert codes(office.allocate(undo=(allocation,))) == ["sales.already_undone"]
    assert office.sheet(posted).settled == ()
    assert [each.what for each in office.sheet(posted).history] == ["posted", "settled", "undone"]
    assert house.value(DIFFERENCES) == 0


def test_what_was_paid_too_much_is_paid_back(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10)))
    payment, _ = office.pay(customer, "150.00", (posted, "119.00"))

    back = (Share(Decimal(31), payment_id=payment),)
    _repayment, answer = office.pay(customer, "-31.00", shares=back)

    assert codes(answer) == []
    assert office.ask(get_payment, payment).open == 0
    assert office.ask(open_items, customer).items == ()
    assert office.balance("bank") == 119
    assert office.balance("receivable") == 0
    assert house.value(DIFFERENCES) == 0


def test_cash_bears_its_duty_where_the_invoice_bears_none(
    office: Office, product: MakeProduct
) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10), "4"))

    _id, silent = office.pay(customer, "400.00", (posted, "400.00"), method="cash")
    _id, right = office.pay(customer, "76.00", (posted, "76.00"), method="cash", stamp=Decimal(0))

    assert codes(silent) == ["sales.stamp_differs"]  # four slices of a hundred: 4, at least 5
    assert silent.flags[0].details["duty"] == "5.00"
    assert codes(right) == []  # free up to 300
    _id, paid = office.pay(office.customer("C2"), "10.00", method="cash")
    assert codes(paid) == []  # an advance settles nothing yet


def test_the_duty_that_the_seller_bears_is_a_charge_once(
    office: Office, house: House, product: MakeProduct
) -> None:
    house.run("""update accounting.law_values set value = value || '{"borne_by": "seller"}'
                  where kind = 'stamp'""")
    customer, coffee = office.customer(), product("COF-1", stock=20)
    at_once = office.sold(customer, line(coffee, "9"), payment_method="cash")
    later = office.sold(customer, line(coffee, "4"))
    assert office.balance("stamp_charge") == 11
    assert office.balance("receivable") == 1547

    office.pay(customer, "1547.00", (at_once, "1071.00"), (later, "476.00"), method="cash")

    # Eleven slices of the first, with its invoice; five of the second, with its payment.
    assert office.balance("stamp_charge") == 16
    assert office.balance("stamp_collected") == -16
    assert office.balance("cash") == 1547
    assert office.balance("receivable") == 0
    assert house.value(DIFFERENCES) == 0


def test_a_payment_of_nothing_is_no_payment(office: Office) -> None:
    customer = office.customer()

    for wrong in ({"amount": "0"}, {"amount": "NaN"}, {"amount": "1.001"}, {"stamp": "-1"},
                  {"method": "gold"}, {"currency": "MAD"}):  # fmt: skip
        draft = PaymentDraft(uuid7(), customer, MARCH, "cheque", Decimal(10), "DZD")
        name, payload = receive_payment(draft)
        answer = office.send(name, {**payload, **wrong})
        assert (answer.state, codes(answer)) == ("refused", ["sales.payment_impossible"]), wrong


def test_a_cashier_receives_but_does_not_allocate_or_give_up(
    office: Office, product: MakeProduct
) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10)))
    share = Share(Decimal(10), invoice_id=posted)
    draft = PaymentDraft(uuid7(), customer, MARCH, "cheque", Decimal(10), "DZD", shares=(share,))

    assert codes(office.send(*receive_payment(draft), as_user="amina")) == []
    again = PaymentDraft(uuid7(), customer, MARCH, "cheque", Decimal(10), "DZD")
    assert codes(office.send(*receive_payment(again), as_user="karim")) == ["core.not_permitted"]
    assert codes(office.write_off(posted, "1.00", as_user="amina")) == ["core.not_permitted"]
    assert codes(office.write_off(posted, "1.00", as_user="nadia")) == ["core.not_permitted"]


def test_who_turned_out_to_be_one_settles_as_one(
    office: Office, house: House, product: MakeProduct
) -> None:
    old, kept = office.customer("OLD"), office.customer("KEPT")
    posted = office.sold(kept, line(product("COF-1", stock=10)))
    payment, _answer = office.pay(old, "119.00")
    house.run(
        f"update parties.parties set is_active = false, merged_into = '{kept}' where id = '{old}'"
    )

    answer = office.allocate(Share(Decimal(119), payment_id=payment, invoice_id=posted))

    assert codes(answer) == []
    assert office.ask(open_items, old).items == ()


def test_two_who_settle_with_the_same_money_do_not_both(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=40)
    invoices = [office.sold(customer, line(coffee)) for _ in range(8)]
    payments = [office.pay(customer, "119.00")[0] for _ in range(4)]
    pairs = [(p, i) for p in payments for i in invoices]

    def settle(login: str) -> list[Answer]:
        ordered = pairs if login == "nadia" else pairs[::-1]
        shares = (Share(Decimal(60), payment_id=p, invoice_id=i) for p, i in ordered)
        with house.connect(login) as connection:
            return [send(connection, login, *allocate([share])) for share in shares]

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(settle, ["nadia", "salim"]))

    applied = [answer for answers in both for answer in answers if answer.state == "applied"]
    assert len(applied) == 4  # of each payment 60.00 once: 59.00 are left
    assert house.value("select sum(open) from sales.open_items where kind = 'payment'") == 236
    assert house.value(DIFFERENCES) == 0


def test_a_till_that_took_money_is_believed(
    office: Office, house: House, product: MakeProduct, till: Till
) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10)))
    house.run("update parties.parties set is_active = false")
    share = Share(Decimal(200), invoice_id=posted)
    draft = PaymentDraft(uuid7(), customer, MARCH, "cheque", Decimal(200), "DZD", shares=(share,))
    name, payload = receive_payment(draft)

    answer = till.send(till.seal(Command(name, payload, "amina", datetime.now(UTC))))[0]

    assert (answer.state, codes(answer)) == ("flagged", ["sales.settled_too_much"])
    assert house.value("select count(*) from core.reviews") == 1
    assert office.ask(get_payment, draft.id).open == 81


def test_a_debt_is_given_up_by_the_accountant_only_as_far_as_it_is_open(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer = office.customer()
    posted = office.sold(customer, line(product("COF-1", stock=10)))

    assert codes(office.write_off(posted, "119.01")) == ["sales.settled_too_much"]
    assert codes(office.write_off(uuid7(), "1.00")) == ["sales.document_unknown"]
    assert codes(office.write_off(posted, "0")) == ["sales.amount_impossible"]
    assert codes(office.write_off(posted, "100.00")) == []

    assert office.open(posted) == 19
    assert office.balance("bad_debt") == 100
    parts = office.sheet(posted).settled
    assert [(part.kind, part.amount) for part in parts] == [("write_off", Decimal(100))]
    assert house.value(DIFFERENCES) == 0
