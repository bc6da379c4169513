"""What the cash book carries from page to page."""

from datetime import date
from decimal import Decimal

from modules.accounting.selectors.petty_cash import CashBook, CashBookLine
from modules.accounting.widgets.cash.book import carried, rows_of

FIRST = date(2026, 3, 1)


def line(received: str, spent: str, balance: str) -> CashBookLine:
    told = ("CA-1", "cash_voucher", "PC-1", "Paper", "607")
    return CashBookLine(FIRST, *told, Decimal(received), Decimal(spent), Decimal(balance), "DZD")


def test_it_carries_what_came_and_went_and_what_is_left() -> None:
    """5.00 at first; 100.00 come, 30.00 and 10.00 go: 5 + 100 - 30 = 75, less 10 is 65."""
    moves = (line("100", "0", "105"), line("0", "30", "75"), line("0", "10", "65"))
    rows = rows_of(CashBook(Decimal(5), moves, "DZD"), FIRST)
    carry = carried(rows)

    (foot,) = ([text for text in texts if text] for texts in carry.foot(0, 3))
    assert foot == ["Carried forward", "100.00", "30.00", "75.00"]
    head = [text for text in carry.head(3) if text]
    assert head == ["Brought forward", "100.00", "30.00", "75.00"]
