"""The auxiliary ledger of March 2026 at Algiers, against figures worked out by hand.

Benali: 10 January sold 1,000.00; in March sold 500.00 (1st) and paid 400.00 (20th), matched with
January: 1,000 + 500 - 400 = 1,100. Cherif: in March sold 200.00 for goods and 38.00 of VAT: 238.
Without a partner: 70.00. In all 1,000 + 808 - 400 = 1,408.00.
"""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError
from erp_desktop.core.i18n import current
from erp_desktop.ui.exports import Table, render
from modules.accounting.entries import LineDraft
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.period_errors import LedgerTooLongError
from modules.accounting.selectors import auxiliary
from modules.accounting.selectors.auxiliary import (
    AuxiliaryLine,
    list_auxiliary,
    list_auxiliary_ledger,
    total_of_auxiliary,
    total_of_ledger,
)
from modules.accounting.widgets.third_parties.account import PartyAccountPage
from modules.accounting.widgets.third_parties.auxiliary import AuxiliaryPage
from modules.accounting.widgets.third_parties.auxiliary_ledger import (
    COLUMNS,
    AuxiliaryLedgerPage,
    carried,
)
from tests.accounting.books import Books, books_of, draft
from tests.accounting.third_parties.test_third_parties import move
from tests.houses import ORAN, YEAR, Ask, House, SignIn
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database

MARCH: Any = {"first_day": date(YEAR, 3, 1), "last_day": date(YEAR, 3, 31)}
BENALI, CHERIF = uuid7(), uuid7()


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture(autouse=True)
def books(house: House) -> Iterator[Books]:
    """Salim's books with the story in them."""
    for party, name in ((BENALI, "Benali"), (CHERIF, "Cherif")):
        house.run(f"insert into accounting.party_names values ('{party}', '{name}', 'اسم')")
    with books_of(house) as opened:
        sold = move(opened, BENALI, (1, 10), "1000")
        move(opened, BENALI, (3, 1), "500")
        paid = move(opened, BENALI, (3, 20), "-400")
        lines = [{"entry_id": each, "line_no": 1} for each in (sold, paid)]
        assert opened.send("accounting.match_v1", {"lines": lines}).state == "applied"
        claims = (("411", "238", CHERIF), ("700", "-200", None), ("44571", "-38", None))
        post(opened, *claims)
        post(opened, ("411", "70", None), ("700", "-70", None))
        yield opened


def post(books: Books, *lines: tuple[str, str, UUID | None]) -> None:
    drafts = [
        LineDraft(
            account,
            debit=Decimal(amount) if amount[0] != "-" else None,
            credit=-Decimal(amount) if amount[0] == "-" else None,
            party_id=party,
        )
        for account, amount, party in lines
    ]
    answer = books.post(draft(*drafts, on=date(YEAR, 3, 5), label="Vente"))
    assert answer.state == "applied", answer


def test_each_partner_has_opening_lines_and_closing(ask: Ask) -> None:
    rows = ask(list_auxiliary_ledger, "customer", **MARCH)

    told = [(row.kind, row.name, int(row.debit), int(row.credit), int(row.balance)) for row in rows]
    assert told == [
        ("opening", "Benali", 0, 0, 1000),
        ("line", "Benali", 500, 0, 1500),
        ("line", "Benali", 0, 400, 1100),
        ("closing", "Benali", 500, 400, 1100),
        ("opening", "Cherif", 0, 0, 0),
        ("line", "Cherif", 238, 0, 238),
        ("closing", "Cherif", 238, 0, 238),
        ("opening", "", 0, 0, 0),
        ("line", "", 70, 0, 70),
        ("closing", "", 70, 0, 70),
    ]
    lines = [row for row in rows if row.kind == "line"]
    assert [row.counterparts for row in lines] == ["700", "512", "700 44571", "700"]
    assert [row.letter for row in lines] == ["", "a", "", ""]
    assert {row.account for row in lines} == {"411"}


def test_its_sums_are_those_of_the_auxiliary_balance(ask: Ask) -> None:
    ledger = ask(list_auxiliary_ledger, "customer", **MARCH)
    balance = ask(list_auxiliary, "customer", **MARCH)

    closings = [row for row in ledger if row.kind == "closing"]
    for row, six in zip(closings, balance, strict=True):
        assert row.party_id == six.party_id
        assert (row.debit, row.credit) == (six.debit, six.credit)
        assert row.balance == six.closing_debit - six.closing_credit
    total, whole = total_of_ledger(ledger), total_of_auxiliary(balance)
    assert total is not None
    assert whole is not None
    assert [int(each) for each in (total.debit, total.credit, total.balance)] == [808, 400, 1408]
    assert [int(each) for each in (whole.debit, whole.credit)] == [808, 400]
    assert whole.closing_debit - whole.closing_credit == 1408


def test_one_partner_one_branch_and_what_cannot_be_shown(
    ask: Ask, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ask(list_auxiliary_ledger, "customer", "411", **MARCH, party_id=CHERIF)
    assert [(row.kind, row.balance) for row in one] == [
        ("opening", 0),
        ("line", 238),
        ("closing", 238),
    ]
    assert ask(list_auxiliary_ledger, "customer", **MARCH, branch_id=ORAN.id) == []
    assert ask(list_auxiliary_ledger, "supplier", **MARCH) == []
    assert total_of_ledger([]) is None
    monkeypatch.setattr(auxiliary, "MOST_LINES", 3)
    with pytest.raises(LedgerTooLongError):
        ask(list_auxiliary_ledger, "customer", **MARCH)
    backwards = {"first_day": MARCH["last_day"], "last_day": MARCH["first_day"]}
    with pytest.raises(PeriodRangeEmptyError):
        ask(list_auxiliary_ledger, "customer", **backwards)
    amina = signed_in("amina")
    with pytest.raises(NotAllowedError), amina.database.begin(amina.user, "accounting") as ctx:
        list_auxiliary_ledger(ctx, "customer", **MARCH)


def open_page(salim: Desk, factory: Any, argument: Any = None) -> tuple[Any, list[Any]]:
    page = factory(salim.backend)
    opened: list[Any] = []
    salim.qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    if argument is not None:
        page.open(argument)
    else:
        page.parameters["first"].show_value(date(YEAR, 3, 1))
        page.parameters["last"].show_value(date(YEAR, 3, 1))
    page.show()
    salim.until(lambda: page.model.rowCount() > 1)
    return page, opened


def test_the_page_leads_on_and_prints_and_exports(salim: Desk) -> None:
    page, opened = open_page(salim, AuxiliaryLedgerPage)
    assert page.model.rowCount() == 10

    page.on_open(page.model.rows[1])
    page.on_open(page.model.rows[3])
    page.on_open(page.report.totals)

    (entries, number), (statement, about) = opened
    assert (entries, number[:3]) == ("accounting.entries", "OD-")
    assert (statement, about["party"], about["first"]) == (
        "accounting.party_account",
        str(BENALI),
        f"{YEAR}-03-01",
    )
    paper = PdfReader(io.BytesIO(page.paper(page.report))).pages[0].extract_text()
    assert "Benali Opening balance 1,000.00" in paper
    assert "700 44571" in paper
    columns = [page.model.columns[n] for n in page.table.columns.shown()]
    table = Table("Ledger", columns, page.report.rows, page.report.totals)
    sheet = load_workbook(io.BytesIO(render(table, "xlsx", current()))).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if "Benali" in row]
    assert len(rows) == 4
    assert rows[-1][-3:] == (500, 400, 1100)


def test_a_partner_goes_on_with_name_and_sums_on_the_next_page() -> None:
    """Lines of 10.00 in debit and a credit of 1.00 at the end; between partners nothing goes on."""
    told: Any = {"party_id": BENALI, "name": "Benali", "name_ar": "بن علي", "currency": "DZD"}
    rows = [
        AuxiliaryLine("opening", **told, balance=Decimal(5)),
        AuxiliaryLine("line", **told, balance=Decimal(15), debit=Decimal(10)),
        AuxiliaryLine("line", **told, balance=Decimal(14), credit=Decimal(1)),
        AuxiliaryLine("closing", **told, balance=Decimal(14)),
        AuxiliaryLine("opening", **told, balance=Decimal(0)),
    ]
    carry = carried(rows, [column for column in COLUMNS if not column.hidden])

    (foot,) = carry.foot(0, 2)
    assert [text for text in foot if text] == [
        "Benali",
        "Carried forward",
        "10.00",
        "0.00",
        "15.00",
    ]
    head = [text for text in carry.head(3) if text]
    assert head == ["Benali", "Brought forward", "10.00", "1.00", "14.00"]
    assert (list(carry.foot(0, 4)), carry.head(4)) == ([], [])
    assert list(carry.foot(0, len(rows))) == []


def test_the_balance_leads_to_its_ledger(salim: Desk) -> None:
    balance, opened = open_page(salim, AuxiliaryPage)
    balance.open_ledger()
    ((name, about),) = opened
    assert name == "accounting.auxiliary_ledger"

    page, _opened = open_page(salim, AuxiliaryLedgerPage, about)
    assert page.model.rowCount() == 10
    assert page.report.totals.balance == 1408


def test_the_statement_of_one_partner_shows_counterparts_and_letters(salim: Desk) -> None:
    about = {"party": str(BENALI), "name": "Benali", "side": "customer"}
    page, opened = open_page(
        salim, PartyAccountPage, {**about, "first": f"{YEAR}-03-01", "last": f"{YEAR}-03-31"}
    )

    told = [
        [column.text(row).strip("\u2066\u2069") for column in page.columns[2:6]]
        for row in page.model.rows
    ]
    assert [cells[1] for cells in told] == ["", "700", "512"]
    assert [cells[3] for cells in told] == ["", "", "a"]
    assert [row.balance for row in page.model.rows] == [1000, 1500, 1100]
    page.on_open(page.model.rows[0])
    assert opened == []
    assert salim.backend.asked.count("get_party_account") == 1
