"""Deductions, figures by hand: at once in Algeria, as it is paid in Morocco, and as a file."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from erp_desktop.core.commands import uuid7
from modules.accounting.deductions import Deduction, deductions_xml
from modules.accounting.entries import LineDraft
from modules.accounting.petty_cash import save_cash_box
from modules.accounting.purchases import POST_PURCHASE, UNDO_PURCHASE
from modules.accounting.returns import DECLARE_TAX, UNDO_TAX
from modules.accounting.selectors import get_return
from modules.accounting.selectors.deductions import list_deductions
from tests.accounting.books import Books, draft, invariants
from tests.accounting.cash.boxes import box_draft, fill, spend, the_box
from tests.houses import ALGIERS, YEAR, Ask, House

FEBRUARY = (date(YEAR, 2, 1), date(YEAR, 2, 28))
MARCH = (date(YEAR, 3, 1), date(YEAR, 3, 31))
APRIL = (date(YEAR, 4, 1), date(YEAR, 4, 30))


def enter(books: Books, supplier: str, number: str, *lines: Sequence[str], **more: Any) -> Any:
    """Book a purchase of February: lines of account, net, tax code and use."""
    told = [dict(zip(("account", "net", "tax_code", "use"), line, strict=True)) for line in lines]
    answer = books.send(
        POST_PURCHASE,
        {
            "id": str(uuid7()),
            "branch_id": str(ALGIERS.id),
            "kind": "invoice",
            "party_id": supplier,
            "number": number,
            "dated_on": f"{YEAR}-02-05",
            "booked_on": f"{YEAR}-02-07",
            "lines": told,
            **more,
        },
    )
    assert answer.state == "applied", answer
    return answer.result


def deducted(ask: Ask, days: tuple[date, date] = FEBRUARY) -> list[Any]:
    """Return the rows of some months, and check that they add up to the boxes."""
    rows: Sequence[Any] = ask(list_deductions, first_day=days[0], last_day=days[1]).rows
    shown = ask(get_return, first_day=days[0], last_day=days[1])
    boxes = {box.code: box.tax for box in shown.rows}
    names = ("E3B93", "E3B92") if "E3B92" in boxes else ("IMM", "ACH")
    for use, box in zip(("assets", "goods"), names, strict=True):
        assert sum((r.tax for r in rows if r.use == use), Decimal(0)) == boxes[box], box
    return list(rows)


def box(ask: Ask, code: str, days: tuple[date, date]) -> Decimal:
    shown = ask(get_return, first_day=days[0], last_day=days[1])
    found: Decimal = next(row.tax for row in shown.rows if row.code == code)
    return found


def declare(books: Books, days: tuple[date, date]) -> Any:
    answer = books.send(DECLARE_TAX, {"first": days[0].isoformat(), "last": days[1].isoformat()})
    assert answer.state == "applied", answer
    return answer.result


def pay(books: Books, supplier: str, amount: str, bank: str, payable: str, on: date) -> str:
    """Pay a supplier and match it with the oldest purchase."""
    lines = (
        LineDraft(payable, debit=Decimal(amount), party_id=supplier),  # type: ignore[arg-type]
        LineDraft(bank, credit=Decimal(amount)),
    )
    answer = books.post(draft(*lines, on=on, journal="BQ", label="Règlement"))
    assert answer.state == "applied", answer
    matched = books.send("accounting.match_all_v1", {"ways": ["oldest"], "account": payable})
    assert matched.result["matched"] == 1, matched
    return str(answer.result["entry_id"])


@pytest.mark.database
def test_algeria_deducts_in_the_month_of_the_purchase(
    books: Books, supplier: str, ask: Ask, house: House
) -> None:
    # 400.00 of goods, a machine of 1,000.00, a car of 100.00 whose tax is not deducted.
    enter(
        *(books, supplier, "F-1"),
        *(("380", "400.00", "TVA19", "goods"), ("2182", "1000.00", "TVA19", "assets")),
        ("2182", "100.00", "TVA19", "none"),
        total="1785.00",
    )
    lines = (LineDraft("44566", debit=Decimal(9)), LineDraft("401", credit=Decimal(9)))
    assert books.post(draft(*lines, on=date(YEAR, 2, 9))).state == "applied"

    rows = deducted(ask)

    assert [(r.number, r.tax_code, r.use, r.rate, r.base, r.tax) for r in rows] == [
        ("F-1", "TVA19", "assets", Decimal("0.19"), 1000, 190),
        ("F-1", "TVA19", "goods", Decimal("0.19"), 400, 76),
        # By hand, without a tax code: only what moved is known.
        (f"OD-ALG-{YEAR}-000001", "", "goods", None, 0, 9),
    ]
    assert rows[0].party == "Sarl Atlas"
    declare(books, FEBRUARY)
    enter(books, supplier, "F-2", ("380", "100.00", "TVA19", "goods"), total="119.00")
    assert deducted(ask) == rows  # frozen
    assert [(r.number, r.tax) for r in deducted(ask, MARCH)] == [("F-2", 19)]  # late
    invariants(house)


@pytest.fixture
def owed(rabat: Books, supplier: str) -> Books:
    """1,000.00 at 20 % and 500.00 at 10 %: 1,750.00, of which 200.00 and 50.00 are tax."""
    enter(
        *(rabat, supplier, "F-1"),
        *(("6111", "1000.00", "TVA20", "goods"), ("6111", "500.00", "TVA10", "goods")),
        total="1750.00",
    )
    return rabat


WAITING = (
    "select coalesce(sum(debit - credit), 0) from accounting.entry_lines l"
    " join accounting.accounts a on a.id = l.account_id where a.code = '34553'"
)


@pytest.mark.database
def test_what_is_paid_from_the_cash_box_is_named_with_its_receipt(
    books: Books, supplier: str, ask: Ask
) -> None:
    ask(save_cash_box, box_draft())
    fill(books, "500.00", on=f"{YEAR}-02-01")
    spent = spend(books, the_box(ask), on=f"{YEAR}-02-10", party_id=supplier)
    assert spent.state == "applied", spent

    (row,) = deducted(ask)

    # 119.00 with 19 % in it.
    assert (row.number, row.party, row.base, row.tax) == ("T-12", "Sarl Atlas", 100, 19)
    assert (row.method, row.paid_on) == ("cash", date(YEAR, 2, 10))


@pytest.mark.database
def test_morocco_deducts_as_a_purchase_is_paid(
    owed: Books, supplier: str, ask: Ask, house: House
) -> None:
    assert deducted(ask) == []
    assert box(ask, "ATD", FEBRUARY) == 250
    declare(owed, FEBRUARY)

    # 700.00 of 1,750.00 is two fifths: 80.00 of 200.00 and 20.00 of 50.00.
    pay(owed, supplier, "700.00", "5141", "4411", date(YEAR, 3, 12))
    rows = deducted(ask, MARCH)

    assert [(r.tax_code, r.base, r.tax, r.paid_on, r.method) for r in rows] == [
        ("TVA10", 200, 20, date(YEAR, 3, 12), "bank"),
        ("TVA20", 400, 80, date(YEAR, 3, 12), "bank"),
    ]
    assert box(ask, "ATD", MARCH) == 150
    assert declare(owed, MARCH)["due"] == "-100.00"
    assert deducted(ask, MARCH) == rows

    # The rest in cash, in April: 120.00 and 30.00; nothing waits any more.
    pay(owed, supplier, "1050.00", "5161", "4411", date(YEAR, 4, 2))
    assert [(r.tax, r.method) for r in deducted(ask, APRIL)] == [(30, "cash"), (120, "cash")]
    assert box(ask, "ATD", APRIL) == 0
    declared = declare(owed, APRIL)
    assert declared["due"] == "-250.00"  # with what was carried forward
    assert house.value(WAITING) == 0
    invariants(house)

    # The last return taken back: its part waits again, and comes back with the same figures.
    undone = house.value("select id from accounting.tax_returns order by starts_on desc limit 1")
    assert owed.send(UNDO_TAX, {"return_id": str(undone)}).state == "applied"
    assert house.value(WAITING) == 150
    assert sum(r.tax for r in deducted(ask, APRIL)) == 150
    invariants(house)


@pytest.mark.database
def test_a_purchase_that_is_taken_back_deducts_nothing(
    rabat: Books, supplier: str, ask: Ask, house: House
) -> None:
    made = enter(rabat, supplier, "F-1", ("6111", "1000.00", "TVA20", "goods"), total="1200.00")

    assert rabat.send(UNDO_PURCHASE, {"id": made["id"]}).state == "applied"

    assert sum((r.tax for r in deducted(ask)), Decimal(0)) == 0
    assert box(ask, "ATD", FEBRUARY) == 0
    invariants(house)


def issued(books: Books, supplier: str, entry: str, amount: str) -> str:
    """Pay a purchase by a cheque of 12 March; return the cheque."""
    held = str(uuid7())
    taken = books.send(
        "accounting.register_instrument_v1",
        {
            "id": held,
            "branch_id": str(ALGIERS.id),
            "direction": "issued",
            "kind": "cheque",
            "number": "CH-1",
            "on": f"{YEAR}-03-12",
            "due_on": f"{YEAR}-03-12",
            "amount": amount,
            "party_id": supplier,
            "bank": "BMCE",
        },
    )
    assert taken.state == "applied", taken
    match(books, entry, str(taken.result["entry_id"]))
    return held


def match(books: Books, *entries: str) -> None:
    """Let what entries say of the supplier settle each other."""
    of_supplier = "select line_no from accounting.entry_lines where party_id is not null"
    lines = [
        {"entry_id": entry, "line_no": books.house.value(f"{of_supplier} and entry_id = '{entry}'")}
        for entry in entries
    ]
    matched = books.send("accounting.match_v1", {"lines": lines})
    assert matched.state == "applied", matched


def step(books: Books, held: str, verb: str, on: str) -> str:
    told = {"instrument_id": held, "verb": verb, "on": f"{YEAR}-{on}"}
    moved = books.send("accounting.move_instrument_v1", told)
    assert moved.state == "applied", moved
    return str(moved.result["entry_id"])


@pytest.mark.database
def test_a_cheque_deducts_when_the_bank_pays_it(rabat: Books, supplier: str, ask: Ask) -> None:
    made = enter(rabat, supplier, "F-1", ("6111", "1000.00", "TVA20", "goods"), total="1200.00")
    held = issued(rabat, supplier, made["entry_id"], "1200.00")
    assert deducted(ask, MARCH) == []

    step(rabat, held, "pay", "04-03")

    assert deducted(ask, MARCH) == []
    (row,) = deducted(ask, APRIL)
    assert (row.tax, row.method, row.paid_on) == (200, "cheque", date(YEAR, 4, 3))


@pytest.mark.database
def test_a_cheque_that_is_refused_deducts_what_is_paid_instead(
    rabat: Books, supplier: str, ask: Ask
) -> None:
    made = enter(rabat, supplier, "F-1", ("6111", "1000.00", "TVA20", "goods"), total="1200.00")
    held = issued(rabat, supplier, made["entry_id"], "1200.00")
    refused = step(rabat, held, "reject", "03-20")
    assert deducted(ask, MARCH) == []

    lines = (
        LineDraft("4411", debit=Decimal(300), party_id=supplier),  # type: ignore[arg-type]
        LineDraft("5161", credit=Decimal(300)),
    )
    paid = rabat.post(draft(*lines, on=date(YEAR, 4, 2)))
    match(rabat, refused, str(paid.result["entry_id"]))

    # A quarter of it was paid.
    assert [row.tax for row in deducted(ask, APRIL)] == [50]


@pytest.mark.database
def test_a_return_of_all_months_at_once_deducts_the_same(
    rabat: Books, supplier: str, ask: Ask
) -> None:
    enter(rabat, supplier, "F-1", ("6111", "1000.00", "TVA20", "goods"), total="1200.00")
    pay(rabat, supplier, "400.00", "5141", "4411", date(YEAR, 3, 12))
    pay(rabat, supplier, "800.00", "5141", "4411", date(YEAR, 4, 12))

    rows = deducted(ask, (date(YEAR, 2, 1), date(YEAR, 4, 30)))

    assert [(r.base, r.tax, r.paid_on) for r in rows] == [(1000, 200, date(YEAR, 4, 12))]


def row(**more: Any) -> Deduction:
    told: dict[str, Any] = {
        "number": "F-1",
        "label": "Fournitures & papier",
        "base": Decimal("400.00"),
        "tax": Decimal("80.00"),
        "rate": Decimal("0.2"),
        "supplier": "Atlas SARL",
        "tax_id": "12345678",
        "ice": "001234567000089",
        "method": "bank",
        "paid_on": date(2026, 3, 12),
        "invoiced_on": date(2026, 2, 5),
    }
    return Deduction(**{**told, **more})


def test_the_file_of_the_tax_office_says_what_the_statement_says() -> None:
    content = deductions_xml([row(), row(method="barter")], "87654321", *MARCH)

    root = ET.fromstring(content)  # noqa: S314 - our own
    head = [(each.tag, each.text) for each in root][:4]
    assert head == [
        ("identifiantFiscal", "87654321"),
        ("annee", str(YEAR)),
        ("periode", "3"),
        ("regime", "1"),
    ]
    first, second = root.iterfind("releveDeductions/rd")
    told = {each.tag: (each.text or "").strip() for each in first.iter()}
    assert told == {
        "rd": "",
        "ord": "1",
        "num": "F-1",
        "des": "Fournitures & papier",
        "mht": "400.00",
        "tva": "80.00",
        "ttc": "480.00",
        "refF": "",
        "if": "12345678",
        "nom": "Atlas SARL",
        "ice": "001234567000089",
        "tx": "0.20",
        "mp": "",
        "id": "4",
        "dpai": "2026-03-12",
        "dfac": "2026-02-05",
    }
    assert (second.findtext("ord"), second.findtext("mp/id")) == ("2", "7")


def test_a_quarter_is_told_as_a_quarter() -> None:
    content = deductions_xml([], "1", date(2026, 4, 1), date(2026, 6, 30))
    root = ET.fromstring(content)  # noqa: S314 - our own

    assert (root.findtext("periode"), root.findtext("regime")) == ("2", "2")
