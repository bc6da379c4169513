"""What settles a document settles its line in the ledger, and is taken back with it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from modules.accounting.api import OpenLine, match_lines, open_items, unmatch_letter
from modules.sales.services import Share
from tests.accounting.matching.matchbook import true_to_lines
from tests.houses import House, MakeProduct
from tests.sales.office import DIFFERENCES, MARCH, Office, codes, line

pytestmark = pytest.mark.database
LETTERS = """
    select coalesce(string_agg(coalesce(s.letter, '.'), ' ' order by e.number), '')
      from accounting.entry_lines l
      join accounting.entries e on e.id = l.entry_id
      left join accounting.matched_lines s using (entry_id, line_no)
     where l.party_id is not null
"""


def opened(office: Office, customer: UUID, **more: Any) -> list[OpenLine]:
    """Return the open lines of a customer, as the accountant reads them."""
    lines: list[OpenLine] = office.ask(open_items, customer, as_user="salim", **more)
    return lines


def test_the_ledger_follows_what_sales_settle_and_take_back(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=10)
    first, second = office.sold(customer, line(coffee)), office.sold(customer, line(coffee))
    payment, _answer = office.pay(customer, "150.00", (first, "119.00"))
    # The order of entries: payment, both invoices (RC before VE).
    assert house.value(LETTERS) == "a a ."
    assert sorted(each.open for each in opened(office, customer)) == [-31, 119]

    office.allocate(Share(Decimal(31), payment_id=payment, invoice_id=second))
    assert codes(office.take_back(second)) == []
    assert office.open(second) == 0
    assert house.value(DIFFERENCES) == 0
    credit = opened(office, customer)
    assert [(each.account, each.open, each.document["kind"]) for each in credit] == [
        ("411", Decimal(-31), "credit_note")
    ]
    assert opened(office, customer, account="40") == []
    assert opened(office, customer, on=MARCH) == credit
    true_to_lines(house)

    entry = credit[0].entry_id, credit[0].line_no
    refused = office.send(*unmatch_letter(entry), as_user="salim")
    assert codes(refused) == ["accounting.match_of_document"]
    allocation = office.sheet(first).settled[0].id
    assert codes(office.allocate(undo=(allocation,))) == []
    assert house.value(DIFFERENCES) == 0
    assert sorted(each.open for each in opened(office, customer)) == [-119, -31, 119]
    true_to_lines(house)


def test_a_debt_that_is_given_up_is_matched_and_what_was_matched_by_hand_stays(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=10)
    posted = office.sold(customer, line(coffee))
    assert codes(office.write_off(posted, "19.00")) == []
    assert house.value(LETTERS) == "a a"
    payment, _answer = office.pay(customer, "60.00")
    pair = [(each.entry_id, each.line_no) for each in opened(office, customer)]
    assert codes(office.send(*match_lines(pair), as_user="salim")) == []

    assert codes(office.allocate(Share(Decimal(60), payment_id=payment, invoice_id=posted))) == []

    assert house.value("select count(*) from accounting.matches where undone_at is null") == 2
    assert [each.open for each in opened(office, customer)] == [40]
    assert house.value(DIFFERENCES) == 0
    true_to_lines(house)
