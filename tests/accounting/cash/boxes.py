"""A cash box of Algiers: kept, filled, spent from, counted."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer
from modules.accounting.internal_transfers import RECEIVE_TRANSFER, SEND_TRANSFER
from modules.accounting.petty_cash import COUNT_CASH, SPEND_CASH, CashBoxDraft
from modules.accounting.selectors.petty_cash import CashBoxRow, list_cash_boxes
from tests.accounting.books import Books, new_id
from tests.houses import ALGIERS, YEAR, Ask


def box_draft(**more: Any) -> CashBoxDraft:
    """Return a box of Algiers on 541 that holds at most 1,000.00."""
    told = {"code": "DEP", "name": "Caisse de dépenses", "account": "541", "custodian": "Nadia"}
    wanted = {"branch_id": ALGIERS.id, "ceiling": Decimal("1000.00"), **told, **more}
    return CashBoxDraft(UUID(new_id()), **wanted)


def the_box(ask: Ask) -> CashBoxRow:
    """Return the box as it is now."""
    found: CashBoxRow = ask(list_cash_boxes)[0]
    return found


def fill(books: Books, amount: str, on: str = f"{YEAR}-03-01") -> Answer:
    """Put cash of the till into the box: sent and received on the same day."""
    sent = books.send(
        SEND_TRANSFER,
        {
            "branch_id": str(ALGIERS.id),
            "on": on,
            "account": "530",
            "to_account": "541",
            "amount": amount,
        },
    )
    if sent.state != "applied":
        return sent
    told = {"id": sent.result["id"], "branch_id": str(ALGIERS.id), "on": on, "amount": amount}
    return books.send(RECEIVE_TRANSFER, told)


def spend(books: Books, box: CashBoxRow, **more: Any) -> Answer:
    """Spend 119.00 with a tax of 19 % on stationery, on 10 March."""
    wanted = {
        "id": new_id(),
        "branch_id": str(ALGIERS.id),
        "box_id": str(box.id),
        "on": f"{YEAR}-03-10",
        "amount": "119.00",
        "account": "607",
        "tax_code": "TVA19",
        "label": "Papier",
        "receipt": "T-12",
    }
    return books.send(SPEND_CASH, {**wanted, **more})


def count(books: Books, box: CashBoxRow, on: str = f"{YEAR}-03-31", **pieces: int) -> Answer:
    """Count the box; pieces as `n200=1`."""
    told = {worth[1:]: number for worth, number in pieces.items()}
    about = {"branch_id": str(ALGIERS.id), "box_id": str(box.id), "on": on, "pieces": told}
    return books.send(COUNT_CASH, about)
