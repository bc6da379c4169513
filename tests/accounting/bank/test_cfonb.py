"""CFONB120 files: read to the last sign, or refused with every reason at once."""

from datetime import date
from decimal import Decimal

from modules.accounting.bank_files import read_cfonb


def record(kind: str, day: str, amount: str, label: str = "", reference: str = "") -> str:
    """Return a record as the layout says, field by field."""
    head = f"{kind}10278    02235DZD2 00012345678" + "  " + day + "  "
    value = day if kind == "04" else " " * 6
    return f"{head}{value}{label:31}  {'':7}  {amount}{reference:16}"


FILE = (
    record("01", "010326", "0000000010000{"),
    record("04", "020326", "0000000002550}", "CHEQUE 0000123", "CHQ123"),
    record("05", "020326", " " * 14, "  PHARMACIE CENTRALE"),
    record("04", "030326", "0000000001000E", "VIREMENT RECU"),
    record("07", "310326", "0000000008450E"),
)


def codes(text: str) -> list[tuple[int, str]]:
    """Return what is wrong, by row."""
    return [(problem.row, problem.code) for problem in read_cfonb(text)[1]]


def test_a_statement_is_read_in_rows_or_in_one() -> None:
    assert {len(row) for row in FILE} == {120}
    for text in ("\n".join(FILE), "\r\n".join(FILE), "".join(FILE), "".join(FILE) + "\n"):
        (statement,), wrong = read_cfonb(text)
        assert wrong == []
        assert (statement.opening, statement.closing) == (Decimal("1000.00"), Decimal("845.05"))
        assert statement.account == "102780223500012345678"
        assert (statement.currency, statement.closed_on) == ("DZD", date(2026, 3, 31))
        cheque, transfer = statement.lines
        assert (cheque.amount, cheque.booked_on) == (Decimal("-255.00"), date(2026, 3, 2))
        assert cheque.label == "CHEQUE 0000123 PHARMACIE CENTRALE"
        assert (cheque.reference, transfer.amount) == ("CHQ123", Decimal("100.05"))


def test_a_corrupted_file_says_all_that_is_wrong() -> None:
    assert codes("") == [(0, "file_empty")]
    assert codes("\n".join(FILE[:3])) == [(3, "closing_missing")]
    assert codes("\n".join(FILE[1:])) == [(row, "record_astray") for row in range(1, 5)]
    assert codes("\n".join((*FILE[:3], FILE[4]))) == [(4, "balance_wrong")]
    assert codes("\n".join((FILE[0], *FILE))) == [(2, "closing_missing")]
    assert codes(":20:MT940\n:61:x") == [(1, "record_unknown"), (2, "record_unknown")]
    torn = FILE[3][:95]
    moonday = FILE[1].replace("020326", "320326")
    both = "\n".join((FILE[0], moonday, torn, FILE[4]))
    assert codes(both) == [(2, "date_unreadable"), (3, "amount_unreadable")]
