"""MT940 files: read as SWIFT writes them, or refused where the balances do not prove them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from modules.accounting.bank_files import read_bank_file, read_mt940

MARCH = """:20:RELEVE
:25:007780000123456789012345
:28C:3/1
:60F:D260301MAD100,00
:61:2603030302C500,00NTRFF-77//B1
:86:Règlement
F-77
:61:260310RC20,00NTRFNONREF//B2
:61:2603310331D10,50NCHGNONREF
:86:Frais
:62F:C260331MAD369,50
"""
APRIL = """:20:RELEVE
:25:007780000123456789012345
:28C:4/1
:60F:C260331MAD369,50
:62F:C260430MAD369,50
-
"""


def codes(text: str) -> list[str]:
    """Return what is wrong, each with its row."""
    return [f"{problem.code} {problem.row}" for problem in read_mt940(text)[1]]


def test_movements_lead_from_one_balance_to_the_other(tmp_path: Path) -> None:
    path = tmp_path / "releve.sta"
    path.write_text(MARCH + APRIL, encoding="latin-1")

    (march, april), wrong = read_bank_file(path)

    assert wrong == []
    assert (march.account, march.currency) == ("007780000123456789012345", "MAD")
    assert (march.opened_on, march.opening) == (date(2026, 3, 1), Decimal(-100))
    assert (march.closed_on, march.closing) == (date(2026, 3, 31), Decimal("369.50"))
    paid, back, fees = march.lines
    assert (paid.booked_on, paid.valued_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (paid.amount, paid.reference, paid.label) == (Decimal(500), "F-77", "Règlement F-77")
    assert (back.amount, back.reference) == (Decimal(-20), "B2")
    assert (fees.amount, fees.reference, fees.label) == (Decimal("-10.50"), "", "Frais")
    assert april.lines == ()


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("500,00N", "5x0,00N", "balance_wrong 1"),
        (":61:260310RC20,00NTRFNONREF//B2\n", "", "balance_wrong 1"),
        (":60F:D260301MAD100,00", ":60F:X", "field_unreadable 1"),
        (":60F:D260301", ":60F:D261301", "field_unreadable 1"),
        (":62F:C260331MAD369,50\n", "", "field_missing 1"),
        (":60F:D260301MAD100,00\n", "", "field_missing 1"),
    ],
)
def test_what_proves_nothing_is_refused(old: str, new: str, wrong: str) -> None:
    assert codes(MARCH.replace(old, new, 1)) == [wrong]


def test_the_row_of_the_message_that_is_wrong_is_told() -> None:
    assert codes(MARCH + APRIL.replace("369,50\n-", "1,00\n-")) == ["balance_wrong 12"]
