"""The pages of statements: from a figure to the accounts behind it, and on to their ledgers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.ui import language
from modules.accounting.comparing import Span, comparison
from modules.accounting.permissions import Permission
from modules.accounting.selectors import (
    ShownStatement,
    StatementChoice,
    StatementRow,
    Statements,
    get_statements,
    list_statements,
)
from modules.accounting.widgets.statements.pages import BalanceSheetPage, OtherStatementsPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

ACCOUNTS = {"2182": ("Matériel de transport", "معدات النقل"), "28182": ("Amortissement", "اهتلاك")}
QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31))
NOW = {"2182": Decimal(48000), "28182": Decimal(-2400)}


def statement(code: str, columns: str = "gross", differs: str = "0") -> ShownStatement:
    make: Any = StatementRow
    row = ("Autres immobilisations", "تثبيتات أخرى", columns, Decimal(48000), Decimal(2400))
    rows = (
        make("AH1", "head", "Actifs non courants", "الأصول غير الجارية", columns),
        make("A05", "line", *row, Decimal(0), "DZD", "21 | -28", "debit"),
        make("A18", "sum", *row, Decimal(0), "DZD", "#A05 | #A05", "debit"),
    )
    names = (code, "Bilan", "الميزانية", "SCF", "")
    compared = comparison("year", QUARTER, (), moves=False)
    about: Any = (columns, "liabilities", rows, (NOW, {}), ACCOUNTS, compared, Decimal(differs))
    return ShownStatement(*names, *about)


def door(*shown: ShownStatement) -> FakeBackend:
    answer = Statements(shown, datetime(2026, 4, 1, tzinfo=UTC))
    choices = [
        StatementChoice("assets", "Bilan – actif", "الأصول", "gross", is_own=False),
        StatementChoice("cash_flow", "Flux", "التدفقات", "single", is_own=False),
    ]
    user = make_user(Permission.VIEW_LEDGER)
    return FakeBackend({get_statements: answer, list_statements: choices}, user)


def shown(qtbot: QtBot, page: Any, rows: int) -> Any:
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == rows)
    return page


def names(page: Any) -> list[str]:
    return [page.columns[1].text(row).strip() for row in page.model.rows]


def test_a_line_shows_its_accounts_and_an_account_its_ledger(qtbot: QtBot) -> None:
    page = shown(qtbot, BalanceSheetPage(door(statement("assets"))), 3)  # type: ignore[arg-type] # a stand-in
    opened: list[Any] = []
    page.opens.connect(lambda name, about: opened.append((name, about)))
    assert page.header.summary.startswith("Both sides are equal.")

    page.table.selectRow(1)
    page.on_open(page.model.rows[1])

    assert [row.code for row in page.model.rows] == ["AH1", "A05", "2182", "28182", "A18"]
    van, worn = page.model.rows[2:4]
    assert (van.first, van.second, worn.first, worn.second) == (48000, 0, 0, 2400)
    page.on_open(van)
    assert opened[0][0] == "accounting.ledger"
    assert opened[0][1].startswith("account:2182 date:01/01/")
    page.on_open(page.model.rows[1])
    assert page.model.rowCount() == 3
    assert page.paper(page.report).startswith(b"%PDF")


def test_sides_that_differ_say_what_to_look_at(qtbot: QtBot) -> None:
    both = (statement("assets", differs="5"), statement("liabilities"))
    page = shown(qtbot, BalanceSheetPage(door(*both)), 8)  # type: ignore[arg-type] # a stand-in

    assert "an account stands on no line or on two" in page.header.summary
    assert names(page)[0] == "Bilan"


def test_other_statements_are_chosen_by_name_in_the_language_of_now(qtbot: QtBot) -> None:
    backend = door(statement("cash_flow", "single"))
    page = shown(qtbot, OtherStatementsPage(backend), 3)  # type: ignore[arg-type] # a stand-in

    assert page.parameters["statement"].shown() == "Flux"
    assert page.paper_title() == page.statements[0].named("en") != "Other statements"
    language.use("ar", "DZ")
    assert page.parameters["statement"].shown() == "التدفقات"
    language.use("en", "DZ")
    assert [call[1] for call in backend.calls if call[0] is get_statements] == [(("cash_flow",),)]
