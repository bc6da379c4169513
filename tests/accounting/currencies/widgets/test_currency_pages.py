"""The pages of currencies on real books: rates typed, lines settled, a month revalued."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from erp_desktop.imports.fields import propose_columns
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from modules.accounting.currencies import import_rates
from modules.accounting.imports.rates import dry_run, get_rate_kind
from modules.accounting.widgets.currencies.open_lines import OpenCurrencyPage
from modules.accounting.widgets.currencies.rate_sheet import RateLine, RateSheetPage
from modules.accounting.widgets.currencies.rates import RatesPage
from modules.accounting.widgets.currencies.revaluation import RevaluationPage
from modules.accounting.widgets.entry_lines import Line
from modules.accounting.widgets.entry_page import EntryPage
from tests.accounting.currencies.exchange import Exchange
from tests.houses import YEAR, Ask
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database


def said(desk: Desk, page: Any, deed: str) -> None:
    """Say yes to a question."""
    desk.until(lambda: any(box.isVisible() for box in page.findChildren(QMessageBox)))
    box = next(each for each in page.findChildren(QMessageBox) if each.isVisible())
    next(each for each in box.buttons() if each.text() == deed).click()


def test_rates_are_typed_and_a_jump_is_asked_for(salim: Desk, books: Exchange) -> None:
    books.rate("03-01", "140")
    page = salim.open(RateSheetPage)
    day = date(YEAR, 3, 2)
    page.grid.lines.change([RateLine("EUR", day, Decimal("141.5"), "BA"), RateLine("USD", day)])
    page.save_now()
    salim.until(lambda: page.notices.findChildren(object) and page.unsaved())
    assert books.house.value("select count(*) from accounting.rates") == 1
    page.grid.lines.change(
        [RateLine("EUR", day, Decimal("14.15"), "BA"), RateLine("USD", day, Decimal(130), "BA")]
    )
    page.save_now()
    said(salim, page, "Confirm")
    salim.until(lambda: not page.unsaved())

    rates = salim.open(RatesPage)

    salim.until(lambda: rates.model.rowCount() == 3)
    shown = [(row.currency, row.rate, row.moved and round(row.moved)) for row in rates.model.rows]
    assert shown == [("USD", 130, None), ("EUR", Decimal("14.15"), -90), ("EUR", 140, None)]
    rates.on_open(rates.model.rows[1])
    assert salim.opened == [("accounting.rate_sheet", f"EUR {YEAR}-03-02 14.15 BA")]
    again = salim.open(RateSheetPage, salim.opened[0][1])
    assert again.grid.lines.lines == (RateLine("EUR", day, Decimal("14.15"), "BA"),)


def test_an_entry_proposes_the_rate_of_its_day(salim: Desk, books: Exchange) -> None:
    books.rate("03-01", "140.5")
    page = salim.open(EntryPage)
    page.body.form.fields["dated"].show_value(date(YEAR, 3, 4))

    page.change_lines([Line(currency="EUR", amount=Decimal(100), debit=Decimal(1), home="DZD")])

    salim.until(lambda: page.body.grid.lines.lines[0].rate is not None)
    line = page.body.grid.lines.lines[0]
    assert (line.rate, line.debit) == (Decimal("140.5"), 14050)
    page.change_lines([Line(currency="CHF", amount=Decimal(1), home="DZD")])
    salim.until(lambda: not page.is_busy(page.rates.propose))
    assert page.body.grid.lines.lines[0].rate is None


def test_lines_are_settled_and_the_month_is_revalued(salim: Desk, books: Exchange) -> None:
    books.post("03-05", "411", "1000", "140", against="706")
    books.post("03-20", "411", "-400", "145", against="5124")
    books.rate("03-31", "144")
    lines = salim.open(OpenCurrencyPage)
    salim.until(lambda: lines.model.rowCount() == 2)
    assert salim.backend.asked == ["list_open_currency"]

    lines._on_settle(list(lines.model.rows))

    salim.until(lambda: lines.model.rowCount() == 1)
    assert (lines.model.rows[0].open, lines.model.rows[0].value) == (600, 84000)
    page = salim.open(RevaluationPage)
    page.parameters["month"].show_value(date(YEAR, 3, 1))
    page.refresh()
    salim.until(lambda: page.model.rowCount() == 2)
    assert page.report.totals is not None
    assert (page.report.totals.value, page.report.totals.difference) == (142000, 2000)
    salim.until(lambda: page.post.isVisible() and not page.undo.isVisible())
    page.post.click()
    said(salim, page, "Post")
    salim.until(lambda: page.undo.isVisible() and "Posted" in page.header.summary)
    page.undo.click()
    said(salim, page, "Reverse")
    salim.until(lambda: not page.undo.isVisible())
    assert books.balance("411", "03-31") == 84000


def test_rates_come_from_a_file(ask: Ask, tmp_path: Path, books: Exchange) -> None:
    books.rate("02-28", "140")
    file = tmp_path / "cours.csv"
    file.write_text(
        "Devise;Date;Cours;Source\nEUR;01/03/2026;141,25;BA\neur;02/03/2026;14,1;BA\n"
        "USD;2026-03-01;130,5;\nEUR;30/02/2026;141;\nDZD;01/03/2026;1;\nEURO;01/03/2026;2;\n"
        "EUR;01/03/2026;142;\nEUR;28/02/2026;139;\nUSD;;130;\nUSD;05/03/2026;-1;\n",
        encoding="utf-8",
    )
    table = read_table(file)
    kind = ask(get_rate_kind, as_user="salim")
    options = ImportOptions(propose_columns(table, kind.fields))

    plan = ask(dry_run, table, options, kind, as_user="salim")

    assert [(d.currency, d.rated_on.day, str(d.rate)) for d in plan.drafts] == [
        ("EUR", 1, "141.25000000"), ("EUR", 2, "14.10000000"), ("USD", 1, "130.50000000"),
    ]  # fmt: skip
    assert {(problem.row, problem.code) for problem in plan.problems} == {
        (3, "rate_jumps"), (5, "day_unreadable"), (6, "currency_own"), (7, "currency_unknown"),
        (8, "rate_jumps"), (8, "code_repeated"), (9, "rate_taken"), (10, "day_missing"),
        (11, "rate_unreadable"),
    }  # fmt: skip
    report = ask(import_rates, plan.drafts, may_change=False, as_user="salim")
    assert (report.created, report.changed) == (3, 0)
