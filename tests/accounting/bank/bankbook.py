"""Salim's books with a bank account, and the statement of its March; figures by hand.

    ledger (512)                            bank
    28 February  +1,000.00  Apport          opens with 1,000.00 on 28 February
    10 March       -300.00  Facture F-77    12 March  -300.00  "F-77"
    20 March       +500.00  Virement        22 March  +500.00
    30 March       -120.00  Chèque 9        31 March   -15.50  FRAIS  (only the bank knows)

The ledger comes to 1,080.00, the bank to 1,184.50. The ledger lacks 15.50 of fees, the bank has
not paid cheque 9 yet: 1,080.00 - 15.50 = 1,184.50 - 120.00 = 1,064.50.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from erp_desktop.core.commands import uuid7
from modules.accounting.bank import BankAccountDraft, save_bank_account
from modules.accounting.bank_files import Statement, StatementLine
from tests.accounting.books import Books, books_of, draft, pair
from tests.houses import ALGIERS, YEAR, House

BANK = uuid7()
END = date(YEAR, 3, 31)


def line(day: tuple[int, int], amount: str, label: str, reference: str = "") -> StatementLine:
    """Return a movement of a day of the year."""
    on = date(YEAR, *day)
    return StatementLine(on, on, Decimal(amount), label, reference)


MARCH = Statement(
    "00300060000201930048", "DZD", date(YEAR, 2, 28), Decimal("1000.00"), END, Decimal("1184.50"),
    (
        line((3, 12), "-300.00", "CHEQUE 77", "F-77"),
        line((3, 22), "500.00", "VIREMENT RECU"),
        line((3, 31), "-15.50", "FRAIS DE TENUE"),
    ),
)  # fmt: skip


@contextmanager
def bankbook(house: House, ask: Any) -> Iterator[Books]:
    """Open Salim's books with four entries on 512, and the bank account."""
    ask(save_bank_account, BankAccountDraft(BANK, "BADR", "BADR", "512", "OD", ALGIERS.id, "DZD"))
    with books_of(house) as opened:
        for day, debited, credited, amount, label in (
            ((2, 28), "512", "706", "1000", "Apport"),
            ((3, 10), "6132", "512", "300", "Facture F-77"),
            ((3, 20), "512", "706", "500", "Virement"),
            ((3, 30), "6132", "512", "120", "Chèque 9"),
        ):
            lines = pair(debited, credited, amount)
            answer = opened.post(draft(*lines, on=date(YEAR, *day), label=label))
            assert answer.state == "applied", answer
        yield opened
