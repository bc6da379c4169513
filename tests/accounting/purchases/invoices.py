"""Purchase invoices as an accountant sends them."""

from typing import Any

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.purchases import POST_PURCHASE
from tests.accounting.books import Books
from tests.houses import ALGIERS, YEAR


def purchase(supplier: str, **more: Any) -> dict[str, Any]:
    """Return 1,000.00 of goods and 200.00 of rent at 19 %: 1,200.00 + 228.00 = 1,428.00."""
    return {
        "id": str(uuid7()),
        "branch_id": str(ALGIERS.id),
        "kind": "invoice",
        "party_id": supplier,
        "number": "F-2026/17",
        "dated_on": f"{YEAR}-03-05",
        "booked_on": f"{YEAR}-03-10",
        "due_on": f"{YEAR}-04-05",
        "label": "Marchandises et loyer",
        "total": "1428.00",
        "lines": [
            {"account": "380", "net": "1000.00", "tax_code": "TVA19", "use": "goods"},
            {"account": "6132", "net": "200.00", "tax_code": "TVA19", "use": "goods"},
        ],
        **more,
    }


def enter(books: Books, supplier: str, **more: Any) -> Answer:
    return books.send(POST_PURCHASE, purchase(supplier, **more))


def one(account: str, net: str, code: str, use: str = "goods", **more: Any) -> list[dict[str, Any]]:
    return [{"account": account, "net": net, "tax_code": code, "use": use, **more}]
