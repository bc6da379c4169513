"""Moroccan VAT is due as invoices are paid (CGI art. 95): worked out by hand, in MAD, at 20 %.

10 March   sold 1,000.00 + 200.00; paid 360.00 by transfer, 600.00 by cheque; 120.00 given up
March      30 % was paid: 300.00 and 60.00; the cheque is not cashed, a bad debt is not paid
5 April    the cheque is cashed: 50 %, 500.00 and 100.00
4 May      the bank takes it back: -500.00 and -100.00; on 20 May the customer pays by transfer
what that reopened, so that May has nothing to declare
always     what waits is 200.00 less what was declared

In another year the bank has 240.00 for that cheque of 600.00 on 5 April and gives 360.00 back: a
fifth of the invoice, 200.00 and 40.00. On 8 May 120.00 of it are paid in cash: a tenth, 100.00 and
20.00. On 9 June the customer pays the last 240.00 of it by transfer: 200.00 and 40.00.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer
from erp_desktop.core.session import Session
from erp_desktop.server.packs import read_pack
from modules.accounting.instruments import DEPOSIT_INSTRUMENTS, MOVE_INSTRUMENT
from modules.accounting.returns import DECLARE_TAX, UNDO_TAX
from modules.accounting.selectors import get_return
from modules.accounting.selectors.returns import list_tax_documents
from tests.accounting.books import Books, books_of
from tests.houses import ALGIERS, YEAR, House, MakeProduct, SignIn
from tests.sales.office import Office, line

pytestmark = pytest.mark.database

MARCH = date(YEAR, 3, 1), date(YEAR, 3, 31)
APRIL = date(YEAR, 4, 1), date(YEAR, 4, 30)
MAY = date(YEAR, 5, 1), date(YEAR, 5, 31)

JUNE = date(YEAR, 6, 1), date(YEAR, 6, 30)


@pytest.fixture
def rabat(house: House, office: Office) -> Office:
    """The desk under Moroccan law."""
    house.run("update core.company set currency = 'MAD', country = 'MA'")
    house.run("delete from accounting.law_values; delete from accounting.account_roles")
    with house.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack("MA"))])
    return office


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books."""
    with books_of(house) as opened:
        yield opened


@pytest.fixture
def salim(signed_in: SignIn) -> Session:
    """Salim, who reads them."""
    return signed_in("salim")


def declare(books: Books, days: tuple[date, date]) -> Answer:
    payload = {"first": days[0].isoformat(), "last": days[1].isoformat()}
    answer = books.send(DECLARE_TAX, payload)
    assert answer.state == "applied", answer
    return answer


def boxes(salim: Session, days: tuple[date, date]) -> dict[str, tuple[Any, Any]]:
    """Return what the form says, once the documents behind it add up to the same."""
    with salim.database.begin(salim.user, "accounting") as ctx:
        shown = get_return(ctx, first_day=days[0], last_day=days[1])
        box = next(row for row in shown.rows if row.code == "80")
        behind = list_tax_documents(ctx, box.taxes, first_day=days[0], last_day=days[1])
    assert (sum(d.base for d in behind), sum(d.tax for d in behind)) == (box.base, box.tax)
    wanted = ("80", "UNN", "NET", "ATT")
    return {row.code: (row.base, row.tax) for row in shown.rows if row.code in wanted}


def figures(base: str, tax: str, waits: str) -> dict[str, tuple[Any, Any]]:
    zero = Decimal(0)
    return {
        "80": (Decimal(base), Decimal(tax)),
        "UNN": (zero, zero),
        "NET": (zero, Decimal(tax)),
        "ATT": (zero, Decimal(waits)),
    }


def step(books: Books, cheque: UUID, verb: str, on: date, **more: str) -> None:
    payload = {"instrument_id": str(cheque), "verb": verb, "on": on.isoformat(), **more}
    assert books.send(MOVE_INSTRUMENT, payload).state == "applied"


def sold(rabat: Office, product: MakeProduct) -> tuple[UUID, UUID]:
    """Sell and take the payments of March; return customer and invoice."""
    customer = rabat.customer()
    goods = line(product("COF-1", stock=20), "10", tax_code="TVA20")
    invoice = rabat.sold(customer, goods, currency="MAD")
    rabat.pay(customer, "360.00", (invoice, "360.00"), currency="MAD")
    cheque = {"method": "cheque", "reference": "77", "currency": "MAD"}
    rabat.pay(customer, "600.00", (invoice, "600.00"), **cheque)
    assert rabat.write_off(invoice, "120.00").state == "applied"
    return customer, invoice


def test_tax_is_due_as_it_is_paid(
    rabat: Office, books: Books, salim: Session, house: House, product: MakeProduct
) -> None:
    customer, _invoice = sold(rabat, product)
    cheque: UUID = house.value("select id from accounting.instruments")
    assert boxes(salim, MARCH) == figures("300.00", "60.00", "140.00")
    declare(books, MARCH)
    assert rabat.balance("tax_waiting") == -140
    assert boxes(salim, APRIL) == figures("0.00", "0.00", "140.00")

    slip = {"branch_id": str(ALGIERS.id), "on": date(YEAR, 4, 2).isoformat()}
    slip |= {"purpose": "collection", "instruments": [str(cheque)]}  # type: ignore[dict-item]
    assert books.send(DEPOSIT_INSTRUMENTS, slip).state == "applied"
    assert boxes(salim, APRIL) == figures("0.00", "0.00", "140.00")
    step(books, cheque, "cash", date(YEAR, 4, 5))
    assert boxes(salim, APRIL) == figures("500.00", "100.00", "40.00")
    assert declare(books, APRIL).result["due"] == "100.00"

    step(books, cheque, "reject", date(YEAR, 5, 4))
    assert boxes(salim, MAY) == figures("-500.00", "-100.00", "140.00")
    _payment, answer = rabat.pay(customer, "600.00", dated_on=date(YEAR, 5, 20), currency="MAD")
    reopened = house.value("select entry_id from accounting.instrument_moves where verb = 'reject'")
    paid = f"select id from accounting.entries where number = '{answer.result['entry']}'"
    lines = [place_of(house, reopened), place_of(house, house.value(paid))]
    assert books.send("accounting.match_v1", {"lines": lines}).state == "applied"
    assert boxes(salim, MAY) == figures("0.00", "0.00", "40.00")


def test_a_cheque_that_is_paid_in_part_is_a_payment_in_part(
    rabat: Office, books: Books, salim: Session, house: House, product: MakeProduct
) -> None:
    customer, _invoice = sold(rabat, product)
    cheque: UUID = house.value("select id from accounting.instruments")
    declare(books, MARCH)
    slip = {"branch_id": str(ALGIERS.id), "on": date(YEAR, 4, 2).isoformat()}
    slip |= {"purpose": "collection", "instruments": [str(cheque)]}  # type: ignore[dict-item]
    assert books.send(DEPOSIT_INSTRUMENTS, slip).state == "applied"

    step(books, cheque, "reject", date(YEAR, 4, 5), paid="240.00")
    assert boxes(salim, APRIL) == figures("200.00", "40.00", "100.00")
    declare(books, APRIL)
    step(books, cheque, "settle", date(YEAR, 5, 8), paid="120.00")
    assert boxes(salim, MAY) == figures("100.00", "20.00", "80.00")
    declare(books, MAY)
    _payment, answer = rabat.pay(customer, "240.00", dated_on=date(YEAR, 6, 9), currency="MAD")
    reopened = house.value("select entry_id from accounting.instrument_moves where verb = 'reject'")
    paid = f"select id from accounting.entries where number = '{answer.result['entry']}'"
    lines = [place_of(house, reopened), place_of(house, house.value(paid))]
    assert books.send("accounting.match_v1", {"lines": lines}).state == "applied"

    assert boxes(salim, JUNE) == figures("200.00", "40.00", "40.00")
    declare(books, JUNE)
    assert rabat.balance("tax_waiting") == -40


def place_of(house: House, entry: UUID) -> dict[str, Any]:
    """Return the line of an entry that names a party."""
    found = house.value(
        "select line_no from accounting.entry_lines"
        f" where entry_id = '{entry}' and party_id is not null"
    )
    return {"entry_id": str(entry), "line_no": found}


def test_what_was_declared_can_be_taken_back(
    rabat: Office, books: Books, salim: Session, house: House, product: MakeProduct
) -> None:
    sold(rabat, product)
    declared = declare(books, MARCH).result["return_id"]

    answer = books.send(UNDO_TAX, {"return_id": declared})

    assert answer.state == "applied", answer
    assert rabat.balance("tax_waiting") == -200
    assert boxes(salim, MARCH) == figures("300.00", "60.00", "140.00")
    declare(books, MARCH)
    assert rabat.balance("tax_waiting") == -140
    assert house.value("select count(*) from accounting.tax_releases") == 2


def test_a_credit_note_takes_its_part_of_the_tax_back(
    rabat: Office, salim: Session, product: MakeProduct
) -> None:
    customer = rabat.customer()
    goods = line(product("COF-1", stock=20), "10", tax_code="TVA20")
    invoice = rabat.sold(customer, goods, currency="MAD")
    assert boxes(salim, MARCH) == figures("0.00", "0.00", "200.00")

    assert rabat.take_back(invoice, {0: "4"}, currency="MAD").state == "applied"

    assert boxes(salim, MARCH) == figures("0.00", "0.00", "120.00")
    rabat.pay(customer, "720.00", (invoice, "720.00"), currency="MAD")
    assert boxes(salim, MARCH) == figures("600.00", "120.00", "0.00")


def test_who_chose_the_invoice_declares_with_it(
    rabat: Office, salim: Session, house: House, product: MakeProduct
) -> None:
    house.run(
        "update accounting.law_values set value = '{\"due\": \"invoice\"}' where kind = 'tax_point'"
    )

    sold(rabat, product)

    assert boxes(salim, MARCH) == figures("1000.00", "200.00", "0.00")
    assert rabat.balance("tax_waiting") == 0
