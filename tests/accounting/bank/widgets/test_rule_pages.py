"""The desk that teaches rules: fees booked once, known the next month, split, kept by hand.

15.50 with 19 % of tax: 13.03 and 2.47. 98.81 received is 100.00 less 1.19 of fees, 0.19 of tax.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from erp_desktop.core.links import LinkChoice
from modules.accounting.permissions import Permission
from modules.accounting.reconciling import import_statements
from modules.accounting.selectors.bank_rules import list_bank_rules
from modules.accounting.selectors.reconciling import get_bank_desk, list_reconciliations
from modules.accounting.widgets.bank.proposals import BankProposalsPage
from modules.accounting.widgets.bank.reconciliation import BankReconciliationPage
from modules.accounting.widgets.bank.rule_form import BankRuleFormPage
from modules.accounting.widgets.bank.rule_list import BankRuleListPage
from modules.accounting.widgets.bank.split import BankSplitPage, SplitLine
from tests.accounting.bank.bankbook import BANK, MARCH, bankbook
from tests.accounting.bank.test_bank_rules import take
from tests.accounting.bank.widgets.test_reconciliation_pages import mark
from tests.accounting.books import Books
from tests.fakes import FakeBackend, make_user
from tests.houses import Ask, House
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database
Key = Qt.Key


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def books(house: House, ask: Ask) -> Iterator[Books]:
    """Salim's books, with the statement of March."""
    with bankbook(house, ask) as opened:
        ask(import_statements, BANK, [MARCH], source="file")
        yield opened


def place(page: Any, said: str) -> int:
    """Return the row of what the bank said."""
    return next(n for n, side in enumerate(page.bank.model.rows) if side.row.label == said)


def known(page: Any) -> list[Any]:
    """Return the rows that rules propose."""
    return [row for row in page.model.rows if row.rule_id is not None]


def book(salim: Desk, page: Any, said: str, left: int) -> None:
    """Mark what the bank said and book it as fees with their tax; so much is left."""
    salim.come_back(page)
    page.refresh()
    salim.until(lambda: any(side.row.label == said for side in page.bank.model.rows))
    mark(page.bank, place(page, said))
    page.bar.book.click()
    salim.confirm_dialog(page, account="627", tax="TVA19")
    salim.until(lambda: page.bank.model.rowCount() == left)


@pytest.mark.usefixtures("books")
def test_what_is_booked_by_hand_is_proposed_accepted_and_refused(salim: Desk, ask: Ask) -> None:
    page = salim.open(BankReconciliationPage, "BADR")
    salim.until(lambda: page.desk is not None)
    book(salim, page, "FRAIS DE TENUE", 3)
    take(ask, ("-23.80", "FRAIS TENUE AVRIL"), ("-11.90", "FRAIS TENUE CARTE"))
    proposals = salim.open(BankProposalsPage, "BADR")
    salim.until(lambda: proposals.model.rowCount() == 4)
    assert salim.backend.asked[-1] == "list_bank_advice"
    rule, other = known(proposals)
    assert (rule.number, rule.label) == ("627", "TVA19")
    assert rule.why.startswith("Booked like 1 time before (since ")
    proposals.filter.press(["rule"])
    salim.until(lambda: proposals.model.rowCount() == 2)
    proposals.filter.press([])
    salim.until(lambda: proposals.model.rowCount() == 4)

    proposals._on_refuse([other])
    # Once right and once wrong, it keeps silent, for the other one too.
    salim.until(lambda: proposals.model.rowCount() == 2)
    (kept,) = ask(list_bank_rules)
    assert (kept.taught, kept.accepted, kept.refused) == (1, 0, 1)
    salim.until(lambda: not proposals.is_busy(proposals.refuse_rules))
    proposals._on_refuse([proposals.model.rows[0]])
    salim.until(lambda: "No rule" in proposals.notices.bar.text)

    book(salim, page, "FRAIS TENUE CARTE", 4)
    proposals.refresh()
    salim.until(lambda: proposals.model.rowCount() == 3)
    (again,) = known(proposals)
    assert again.why.startswith("Booked like the 2 times before (since ")
    proposals._on_all()
    salim.until(lambda: proposals.model.rowCount() == 0)
    (kept,) = ask(list_bank_rules)
    assert (kept.taught, kept.accepted) == (2, 1)
    reasons = sorted(row.reason for row in ask(list_reconciliations, "BADR"))
    assert reasons == ["booked", "booked", "date", "reference", "rule"]


@pytest.mark.usefixtures("books")
def test_a_movement_is_split_on_several_lines(salim: Desk, ask: Ask) -> None:
    take(ask, ("98.81", "REMISE CARTES"))
    page = salim.open(BankReconciliationPage, "BADR")
    salim.until(lambda: page.desk is not None)
    mark(page.bank, place(page, "REMISE CARTES"))
    page.bar.split.click()
    ((opened, about),) = salim.opened
    assert opened == "accounting.bank_split"

    split = salim.open(BankSplitPage, about)
    salim.until(lambda: split.document is not None and split.marked)
    sales, fees = (LinkChoice(code, code, code) for code in ("706", "627"))
    whole = SplitLine(sales, amount=Decimal(100))
    split.change_lines([whole])
    assert split.new_line().amount == Decimal("-1.19")
    split.start_once(split._book)
    salim.until(lambda: "is missing" in split.notices.bar.text and not split.is_busy(split._book))
    tax = LinkChoice("TVA19", "TVA19", "TVA 19 %")
    split.change_lines([whole, SplitLine(fees, tax=tax, amount=Decimal("-1.19"))])
    split.start_once(split._book)
    salim.until(lambda: salim.opened[-1] == ("accounting.bank_reconciliation", "BADR"))
    assert "REMISE CARTES" not in [row.label for row in ask(get_bank_desk, "BADR").bank]
    assert ask(list_bank_rules) == []

    again = salim.open(BankSplitPage, about)
    salim.until(lambda: "booked already" in again.notices.bar.text)


def type_rule(salim: Desk) -> None:
    """Type a rule for charges of at most 60.00 into the form, at first without a word."""
    form = salim.open(BankRuleFormPage)
    salim.until(lambda: form._keeper is not None)
    fields = form.form.fields
    for name, value in (
        *(("words", "12 mars"), ("account", "627"), ("direction", "out")),
        *(("amount_to", Decimal(60)), ("label", "Agios"), ("posts_itself", True)),
    ):
        fields[name].show_value(value)
        fields[name].edited()
    form.save_now()
    salim.until(lambda: "at least one word" in fields["words"].error)
    salim.until(lambda: not form.is_busy(form._save_draft))
    fields["words"].show_value("Agios 2026 bancaires")
    form.save_now()
    salim.until(lambda: "saved" in form.notices.bar.text)


@pytest.mark.usefixtures("books")
def test_a_rule_is_kept_by_hand_rests_and_books_when_told_to(salim: Desk, ask: Ask) -> None:
    take(ask, ("-50.00", "AGIOS BANCAIRES T1"), ("-70.00", "AGIOS BANCAIRES T2"))
    type_rule(salim)
    page = salim.open(BankRuleListPage)
    salim.until(lambda: page.model.rowCount() == 1)
    assert salim.backend.asked[-1] == "list_bank_rules"
    row = page.model.rows[0]
    assert (row.words, row.bank, row.posts_itself) == (["agios", "bancaires"], "BADR", True)
    page._on_switch(row)
    salim.until(lambda: page.model.rowCount() == 0)
    page.filter.press(["inactive"])
    salim.until(lambda: page.model.rowCount() == 1)
    salim.until(lambda: not page.is_busy(page.switch))
    page._on_switch(page.model.rows[0])
    salim.until(lambda: page.model.rows and page.model.rows[0].is_active)
    page.on_open(page.model.rows[0])
    assert salim.opened == [("accounting.bank_rule", str(row.id))]
    kept = salim.open(BankRuleFormPage, str(row.id))
    salim.until(lambda: kept.form.fields["words"].read() == "agios bancaires")

    proposals = salim.open(BankProposalsPage, "BADR")
    salim.until(lambda: proposals.model.rowCount() == 3)
    assert [each.why for each in known(proposals)] == ["Rule: agios bancaires"]
    proposals._on_known()
    salim.until(lambda: proposals.model.rowCount() == 2)
    (booked,) = ask(list_reconciliations, "BADR")
    assert (booked.reason, booked.amount) == ("rule", Decimal(-50))


def test_who_may_only_look_keeps_no_rules(qtbot: QtBot, desk: Any) -> None:
    del desk
    backend: Any = FakeBackend({}, make_user(Permission.VIEW_LEDGER))
    page = BankRuleListPage(backend)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    assert not page._may_edit
    proposals = BankProposalsPage(backend)
    qtbot.addWidget(proposals, before_close_func=lambda closing: closing.stop())
    assert not proposals.may_book
