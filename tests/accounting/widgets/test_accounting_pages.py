"""The accountant's pages: wired to what they ask, and to each other, in three languages."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from erp_desktop.core.i18n import words
from erp_desktop.ui import language
from modules.accounting.permissions import Permission
from modules.accounting.reports import ledger_pdf
from modules.accounting.selectors import (
    AccountRow,
    EntryLineRow,
    EntryRow,
    Ledger,
    LedgerRow,
    TrialBalance,
    TrialBalanceRow,
    get_ledger,
    get_trial_balance,
    list_accounts,
    list_chart,
    list_entries,
    list_entry_lines,
    list_laws,
    list_ledger,
)
from modules.accounting.services import save_law_value
from modules.accounting.widgets.chart.account_list import AccountListPage
from modules.accounting.widgets.entry_list import EntryListPage
from modules.accounting.widgets.law_form import LawFormPage
from modules.accounting.widgets.law_list import LawListPage, key_of
from modules.accounting.widgets.law_value_field import LawValueField
from modules.accounting.widgets.ledger import LedgerPage
from modules.accounting.widgets.tax_form import TaxFormPage
from modules.accounting.widgets.trial_balance import TrialBalancePage
from tests.accounting.widgets.test_law_words import BRACKETS, RULES, STAMP
from tests.fakes import FakeBackend, make_user

DAY = date(2026, 3, 10)
TICKET = {"module": "till", "kind": "ticket", "id": "1", "number": "ALG-01-000001"}
CASH = AccountRow(UUID(int=1), "530", "Caisse", "الصندوق", is_active=True)
BANK = AccountRow(UUID(int=2), "512", "Banques", "البنوك", is_active=True)
ENTRY = EntryRow(
    *(UUID(int=3), "VC-ALG-2026-000001", DAY, "VC", "Ventes", "مبيعات", "x", "ALG-01-000001"),
    *("ALG", Decimal(119), "DZD", "amina", datetime(2026, 3, 10, tzinfo=UTC), TICKET),
)
ENTRY_LINE = EntryLineRow(
    ENTRY.id, 1, "700", "Ventes", "مبيعات", "", Decimal(0), Decimal(119), "DZD"
)
EDITOR = make_user(*Permission)


def line(number: int) -> LedgerRow:
    """Return a line of the cash account."""
    name = f"VC-ALG-2026-{number:06d}"
    figures = (Decimal(119), Decimal(0), Decimal(119 * number))
    place = (UUID(int=number), name, 1, DAY, "7", "VC", "ALG", "x", TICKET)
    return LedgerRow(*place, "Benali", "بن علي", "700", "A", *figures, "DZD")


def ledger(rows: int) -> Ledger:
    """Return the cash account with lines of 119.00 each."""
    lines = tuple(line(number) for number in range(1, rows + 1))
    none, debit = Decimal(0), Decimal(119 * rows)
    return Ledger(CASH.id, "530", "Caisse", "الصندوق", "DZD", none, debit, none, lines)


def door(**answers: Any) -> Any:
    """Return a door that knows the cash account and one entry; pages know it as `Backend`."""
    known: dict[Any, Any] = {
        get_ledger: ledger(2),
        list_ledger: (),
        list_chart: [BANK, CASH],
        list_entries: [ENTRY],
        list_entry_lines: [ENTRY_LINE],
        list_laws: RULES,
        save_law_value: 4,
    }
    return FakeBackend({**known, **answers}, user=EDITOR)


def shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.mark.usefixtures("desk")
def test_the_ledger_shows_an_account_and_leads_to_entry_document_and_other_accounts(
    qtbot: QtBot,
) -> None:
    backend = door()
    page = LedgerPage(backend)
    page.open("account:530 date:01/03/2026..31/03/2026 branch:ALG")
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    ((account,), asked) = backend.asked(get_ledger)[0]
    days = (date(2026, 3, 1), date(2026, 3, 31))
    assert (account, asked) == ("530", {"days": days, "branch_id": EDITOR.branch.id})
    assert page.sums._figures["closing"].text().startswith("238.00")
    page.table.select_row(1)
    qtbot.waitUntil(lambda: page.detail._lines.rowCount() == 1)
    opened: list[Any] = []
    page.opens.connect(lambda *where: opened.append(where))
    page.on_open(line(2))
    page.detail._on_document()
    page.detail.table.opened.emit(ENTRY_LINE)
    assert opened == [
        ("accounting.entries", "VC-ALG-2026-000002"),
        ("till.tickets", "ALG-01-000001"),
        ("accounting.ledger", "account:700 date:01/03/2026..31/03/2026 branch:ALG"),
    ]


@pytest.mark.usefixtures("desk")
def test_the_ledger_goes_on_below_its_last_line(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LedgerPage, "page_size", 2)
    backend = door()
    backend.answers[list_ledger] = (line(3),)
    page = LedgerPage(backend)
    page.open("530")
    shown(qtbot, page)

    qtbot.waitUntil(lambda: page.model.rowCount() == 3)

    ((account,), asked) = backend.asked(list_ledger)[0]
    assert (account, asked["after"].number) == (CASH.id, "VC-ALG-2026-000002")
    assert page.model.rows[-1].balance == 357


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("typed", ["530", "cais", "صندوق", "530 · Caisse"])
def test_an_account_is_chosen_by_code_or_name(qtbot: QtBot, typed: str) -> None:
    page = shown(qtbot, LedgerPage(door()))
    field = page.bar.account
    qtbot.waitUntil(lambda: len(field._chart) == 2)

    field._line.setText(typed)
    field._on_typed(typed)

    assert field.read() == "530"
    field._settle()
    language.use("ar")
    assert field._line.text() == "530 · الصندوق"


@pytest.mark.usefixtures("desk")
def test_an_account_that_nobody_knows_is_said_beneath_the_field(qtbot: QtBot) -> None:
    backend = door()
    page = shown(qtbot, LedgerPage(backend))
    qtbot.waitUntil(lambda: len(page.bar.account._chart) == 2)

    page.bar.account._line.setText("nothing")
    page.refresh()

    assert "No account means" in page.bar.account.error
    assert backend.asked(get_ledger) == []
    assert page.model.rowCount() == 0


@pytest.mark.usefixtures("desk")
def test_a_ledger_comes_back_after_a_restart(qtbot: QtBot) -> None:
    page = LedgerPage(door())
    page.open("account:530 date:01/03/2026..31/03/2026 branch:ALG")
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    again = LedgerPage(door())
    again.restore(page.state())

    assert again.bar.question() == page.bar.question()
    again.deleteLater()


@pytest.mark.parametrize("tongue", ["ar", "fr", "en"])
def test_a_ledger_on_paper_begins_and_ends_with_its_balances(tongue: str) -> None:
    account = ledger(60)

    content = ledger_pdf(account, account.rows, words(tongue), about=["03/2026"])

    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 1
    assert "7" in pages[-1].extract_text()


@pytest.mark.usefixtures("desk")
def test_an_entry_leads_to_its_document_and_to_the_ledger_of_its_month(qtbot: QtBot) -> None:
    page = EntryListPage(door())
    page.open(ENTRY.number)
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.detail._lines.rowCount() == 1)
    opened: list[Any] = []
    page.opens.connect(lambda *where: opened.append(where))

    page.on_open(ENTRY)
    page.detail.table.opened.emit(ENTRY_LINE)

    assert opened == [
        ("till.tickets", "ALG-01-000001"),
        ("accounting.ledger", "account:700 date:01/03/2026..31/03/2026"),
    ]
    assert "amina" in page.detail._posted.text()


@pytest.mark.usefixtures("desk")
def test_the_trial_balance_leads_to_the_ledger_in_its_own_months_and_branch(qtbot: QtBot) -> None:
    none = Decimal(0)
    figures = (none, none, Decimal(9), none, Decimal(9), none)
    row = TrialBalanceRow("530", "Caisse", "", *figures, "DZD")
    backend = door()
    backend.answers[get_trial_balance] = TrialBalance((row,), datetime(2026, 3, 1, tzinfo=UTC))
    page = TrialBalancePage(backend)
    page.parameters["first"].show_value(date(2026, 2, 1))
    page.parameters["last"].show_value(date(2026, 3, 1))
    page.parameters["branch"].show_value(str(EDITOR.branch.id))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    opened: list[Any] = []
    page.opens.connect(lambda *where: opened.append(where))

    for each in page.model.rows:
        page.on_open(each)

    asked = "account:530 date:01/02/2026..31/03/2026 branch:ALG"
    assert opened == [("accounting.ledger", asked)]
    assert page.model.index(1, 1).data() == "Total of class 5"


@pytest.mark.usefixtures("desk")
def test_a_class_of_the_trial_balance_opens_its_groups_and_eight_columns_are_shown_when_asked(
    qtbot: QtBot,
) -> None:
    none = Decimal(0)
    figures = (none, none, Decimal(9), none, Decimal(9), none)
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    money = TrialBalanceRow("5", "Comptes financiers", "", *figures, "DZD")
    cash = TrialBalanceRow("53", "Caisse", "", *figures, "DZD")
    backend = door()
    backend.answers[get_trial_balance] = TrialBalance((money,), moment, "class")
    page = TrialBalancePage(backend)
    page.parameters["level"].show_value("class")
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert len(page.table.columns.shown()) == 8

    backend.answers[get_trial_balance] = TrialBalance((cash,), moment, "group", since_year=True)
    page.parameters["width"].show_value("eight")
    page.on_open(money)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    assert len(page.table.columns.shown()) == 10
    assert page.table.current_row() == cash
    asked = backend.asked(get_trial_balance)[-1][1]
    assert (asked["level"], asked["since_year"]) == ("group", True)
    assert page.paper(page.report).startswith(b"%PDF")


@pytest.mark.usefixtures("desk")
def test_an_account_of_the_chart_opens_its_ledger(qtbot: QtBot) -> None:
    page = AccountListPage(door())
    qtbot.addWidget(page)

    with qtbot.waitSignal(page.opens) as opened:
        page.on_open(CASH)

    assert opened.args == ["accounting.ledger", "account:530"]


@pytest.mark.usefixtures("desk")
def test_the_chart_is_a_tree_in_two_languages_whose_classes_narrow_it(qtbot: QtBot) -> None:
    banks = AccountRow(
        UUID(int=8), "51", "Banques et assimilés", "البنوك وما يماثلها", is_active=True
    )
    finance = AccountRow(UUID(int=9), "5", "Comptes financiers", "الحسابات المالية", is_active=True)
    backend = door()
    backend.answers[list_accounts] = (finance, banks, BANK)
    page = shown(qtbot, AccountListPage(backend))
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert len(backend.calls) == 1
    names = [page.model.index(row, 1).data() for row in range(3)]
    language.use("ar")
    first = [page.model.index(0, column).data() for column in (1, 2)]

    page.on_open(finance)

    assert [len(name) - len(name.lstrip()) for name in names] == [0, 1, 2]
    assert first == ["الحسابات المالية", "\u2066Comptes financiers\u2069"]
    qtbot.waitUntil(lambda: backend.asked(list_accounts)[-1][1]["search"] == "5*")


@pytest.mark.usefixtures("desk")
def test_the_rules_show_their_doubt_and_lead_to_their_form(qtbot: QtBot) -> None:
    page = shown(qtbot, LawListPage(door()))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    page.table.select_row(1)

    assert page.model.index(1, 6).data() == "Doubtful"
    assert page._detail._doubt.text() == "by slices?"
    page.filter.press(())
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    opened: list[Any] = []
    page.opens.connect(lambda *where: opened.append(where))
    page.on_open(STAMP)
    page._on_new_value(STAMP)
    page._on_tax(RULES[-1])
    assert opened == [
        ("accounting.law_value", "stamp/cash/2017-01-01"),
        ("accounting.law_value", "new/stamp/cash/2017-01-01"),
        ("accounting.tax", "TVA19"),
    ]


@pytest.mark.usefixtures("desk")
def test_a_rule_in_force_is_ended_in_its_form(qtbot: QtBot) -> None:
    backend = door()
    page = LawFormPage(backend)
    page.open(key_of(STAMP))
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Stamp duty · cash")

    assert not page._code.editor.isEnabled()
    assert "has been in force" in page._advice.text()
    page.form.type_values({"valid_to": date(2026, 12, 31)})
    page.save_now()

    qtbot.waitUntil(lambda: bool(backend.asked(save_law_value)))
    ((_id, kept), _options) = backend.asked(save_law_value)[0]
    assert (kept.valid_to, kept.value) == (date(2026, 12, 31), BRACKETS)
    assert page.state()["wanted"] == key_of(STAMP)


@pytest.mark.usefixtures("desk")
def test_a_fresh_rule_offers_the_parts_of_its_kind(qtbot: QtBot) -> None:
    page = shown(qtbot, LawFormPage(door()))
    qtbot.waitUntil(lambda: set(page._value._parts) == {"rate"})

    page._kind.show_value("holiday")
    page._kind.edited()

    assert set(page._value._parts) == {"on", "name", "name_ar", "provisional"}
    assert page._code.editor.isEnabled()


@pytest.mark.usefixtures("desk")
def test_a_value_is_edited_part_by_part_and_stays_as_the_law_keeps_it(qtbot: QtBot) -> None:
    field = LawValueField("value", "Value")
    qtbot.addWidget(field)
    value = {"type": "part", "rate": "0.0025", "of": ["company"], "order": 3, "on_invoice": True}

    field.show_value(value)
    assert field.read() == value
    field._parts["rate"].show_value(Decimal("0.5"))
    assert field.read()["rate"] == "0.005"
    withheld = {"name": "TVA", "base": "vat", "rate": "1", "attested": "0.75"}
    field.show_value(withheld)
    assert field._parts["attested"].read() == 75
    assert field.read() == withheld
    field.show_value(BRACKETS)
    assert field.check() == BRACKETS
    field._parts["brackets"].show_value({"30000": "1"})
    with pytest.raises(ValueError, match="last ends with"):
        field.check()
    field._parts["minimum"].show_value(None)
    with pytest.raises(ValueError, match="red"):
        field.check()


@pytest.mark.usefixtures("desk")
def test_who_may_only_look_changes_nothing(qtbot: QtBot) -> None:
    reader: Any = FakeBackend({list_laws: RULES}, user=make_user(Permission.VIEW_LAW))

    for page in (LawFormPage(reader), TaxFormPage(reader)):
        qtbot.addWidget(page)
        assert not page.form.isEnabled()
