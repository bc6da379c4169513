"""What is kept back of a purchase for the state, settles it in part; figures by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.entries import LineDraft
from modules.accounting.selectors.purchases import PurchaseFilter, list_purchases
from modules.accounting.withholding import UNDO_WITHHOLDING, WITHHOLD
from tests.accounting.books import Books, code_of, details_of, draft, invariants
from tests.accounting.purchases.invoices import enter, one
from tests.houses import ALGIERS, YEAR, Ask, House

pytestmark = pytest.mark.database


def withheld(books: Books, supplier: str, entry: Any, **more: Any) -> Answer:
    """Keep 1 % of 1,190.000 back, and settle an invoice by it."""
    told = {
        "id": str(uuid7()),
        "branch_id": str(ALGIERS.id),
        "side": "issued",
        "vat": "190.000",
        "party_id": supplier,
        "document": "F-2026/17",
        "document_on": f"{YEAR}-03-05",
        "dated_on": f"{YEAR}-03-20",
        "kind": "purchases",
        "total": "1190.000",
        "amount": "11.900",
        "settles": str(entry),
    }
    return books.send(WITHHOLD, {**told, **more})


def test_what_is_kept_back_for_the_state_settles_its_part(
    tunis: Books, supplier: str, house: House, ask: Ask
) -> None:
    made = enter(tunis, supplier, total="1190.000", lines=one("6071", "1000.000", "TVA19"))

    certificate = withheld(tunis, supplier, made.result["entry_id"])

    assert certificate.state == "applied", certificate
    (row,) = ask(list_purchases, PurchaseFilter())
    assert row.open == Decimal("1178.100")
    undone = tunis.send(UNDO_WITHHOLDING, {"id": certificate.result["id"]})
    assert undone.state == "applied", undone
    (row,) = ask(list_purchases, PurchaseFilter())
    assert row.open == 1190
    invariants(house)


def test_no_more_is_kept_back_than_is_left(tunis: Books, supplier: str, house: House) -> None:
    made = enter(tunis, supplier, total="1190.000", lines=one("6071", "1000.000", "TVA19"))
    lines = (
        LineDraft("4011", debit=Decimal(1180), party_id=UUID(supplier)),
        LineDraft("532", credit=Decimal(1180)),
    )
    bank = house.value(
        "select a.code from accounting.account_roles r join accounting.accounts a"
        " on a.id = r.account_id where r.role = 'bank'"
    )
    paid = tunis.post(draft(lines[0], replace(lines[1], account=bank), journal="BQ"))
    assert paid.state == "applied", paid
    matched = tunis.send("accounting.match_all_v1", {"ways": ["oldest"], "account": "4011"})
    assert matched.state == "applied", matched

    refused = withheld(tunis, supplier, made.result["entry_id"])

    assert code_of(refused) == "accounting.withholding_settles_more"
    assert details_of(refused)["open"] == "10.000"
    assert house.value("select count(*) from accounting.withholdings") == 0
