"""The page of an entry: typed without the mouse, balanced by Tab, kept, posted, reversed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.links import LinkChoice
from erp_desktop.ui import language, memory
from modules.accounting.entries import POST_ENTRY, REVERSE_ENTRY, discard_draft, save_draft
from modules.accounting.entry_errors import EntryUnbalancedByHandError
from modules.accounting.permissions import Permission
from modules.accounting.selectors import (
    AccountRow,
    JournalName,
    Sheet,
    find_accounts,
    find_cost_centres,
    find_partners,
    get_sheet,
)
from modules.accounting.widgets.asking_one import OneDialog
from modules.accounting.widgets.entry_lines import (
    COLUMNS,
    CREDIT,
    DEBIT,
    Line,
    balancing,
    line_of,
    missing,
)
from modules.accounting.widgets.entry_page import EntryPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

RENT = LinkChoice(UUID(int=1), "613", "Locations", "إيجارات")
BANK = LinkChoice(UUID(int=2), "512", "Banques", "البنوك")
CHART = [AccountRow(c.id, c.code, c.name, c.name_ar, is_active=True) for c in (BANK, RENT)]
JOURNALS = (
    JournalName("OD", "Opérations diverses", "عمليات متنوعة", is_open=True),
    JournalName("VC", "Ventes", "مبيعات", is_open=False),
)
USUAL = {"OD": {"613": {"id": str(BANK.id), "code": "512", "name": "Banques", "name_ar": "البنوك"}}}
NEW = Sheet("DZD", JOURNALS, USUAL)
ENTRY = UUID(int=9)
CONTENT = {
    "id": str(ENTRY),
    "version": 3,
    "branch_id": str(UUID(int=1)),
    "journal": "OD",
    "on": "2026-03-10",
    "label": "Loyer",
    "lines": [
        {
            "account": {
                "id": str(RENT.id),
                "code": "613",
                "name": "Locations",
                "name_ar": "إيجارات",
            },
            "party": None,
            "cost_centre": None,
            "debit": "50000.00",
            "label": "Loyer",
        }
    ],
}
POSTED = {
    **CONTENT,
    "number": "OD-ALG-2026-000001",
    "posted_by": "salim",
    "posted_at": "2026-03-10T10:00:00+01:00",
    "reverses": None,
    "reversed_by": None,
}
ANSWER = {"entry_id": str(ENTRY), "number": "OD-ALG-2026-000001", "dated_on": "2026-03-10"}


def by_code(text: str) -> list[AccountRow]:
    return [each for each in CHART if each.code.startswith(text)]


def door(**answers: Any) -> Any:
    known: dict[Any, Any] = {
        get_sheet: NEW,
        find_accounts: by_code,
        find_cost_centres: lambda _text: [],
        find_partners: lambda _text: [],
        save_draft: 4,
        discard_draft: None,
        POST_ENTRY: ANSWER,
    }
    known.update({globals().get(name, name): a for name, a in answers.items()})
    return FakeBackend(known, user=make_user(*Permission))


Show = Callable[..., EntryPage]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def make(backend: Any, argument: str = "") -> EntryPage:
        page = EntryPage(backend)
        if argument:
            page.open(argument)
        qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
        page.resize(1280, 720)
        page.show()
        qtbot.waitUntil(lambda: page.document is not None)
        page.body.grid.setFocus()
        qtbot.waitUntil(page.body.grid.hasFocus)
        return page

    return make


def press(*keys_pressed: Any) -> None:
    for each in keys_pressed:
        typed: Any = each if isinstance(each, str) else [each]
        for key in typed:
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClick(widget, key)


def lines_of(page: EntryPage) -> tuple[Line, ...]:
    return page.body.grid.lines.lines


def texts(page: EntryPage) -> list[str]:
    """Return what stands below the grid now; labels of before go in their own time."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [each.text() for each in page.body.totals.findChildren(QLabel)]


def said(page: EntryPage) -> str:
    return page.notices.bar.text


def click(page: EntryPage, words: str) -> None:
    next(b for b in page.header.findChildren(QPushButton) if b.text() == words).click()


def test_an_entry_is_typed_with_keys_only_and_tab_takes_what_is_missing(
    show: Show, qtbot: QtBot
) -> None:
    page = show(door())

    press("613", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines_of(page)) == 1)
    press("50000", Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)  # past credit: the next line
    assert "50,000.00\u00a0DZD" in "".join(texts(page)).replace("\u2066", "").replace("\u2069", "")
    press(Qt.Key.Key_Tab)  # the account stays what usually stands against 613
    press(Qt.Key.Key_Tab)  # nothing is missing in debit
    press(Qt.Key.Key_Tab)  # what is missing in credit

    rent, bank = lines_of(page)
    assert (rent.account, rent.debit, rent.credit) == (RENT, Decimal(50000), None)
    assert (bank.account, bank.debit, bank.credit) == (BANK, None, Decimal(50000))
    assert missing(lines_of(page)) == 0


def test_a_line_begins_with_the_label_of_the_one_above(show: Show) -> None:
    page = show(door())
    page.change_lines([Line(RENT, "Loyer de mars", debit=Decimal(5))])

    assert page.new_line() == Line(BANK, "Loyer de mars")
    page.change_lines([Line(RENT, debit=Decimal(5)), Line(BANK, credit=Decimal(5))])
    assert page.new_line() == Line()


def test_the_totals_say_what_is_missing_and_where(show: Show) -> None:
    page = show(door())
    page.change_lines([Line(RENT, debit=Decimal(5))])
    assert "Missing in credit · 512 Banques" in texts(page)

    page.change_lines([Line(RENT, credit=Decimal(5))])
    assert "Missing in debit · 512 Banques" in texts(page)

    page.change_lines([Line(RENT, debit=Decimal(5)), Line(BANK, credit=Decimal(5))])
    assert "Missing" not in "".join(texts(page))


def test_an_entry_is_posted_in_one_request_and_can_then_only_be_reversed(
    show: Show, qtbot: QtBot
) -> None:
    backend = door()
    page = show(backend)
    page.body.form.fields["label"].show_value("Loyer")
    page.body.form.fields["dated"].show_value(date(2026, 3, 10))
    page.change_lines([Line(RENT, "x", debit=Decimal(5)), Line(BANK, credit=Decimal(5))])

    click(page, "Post")
    qtbot.waitUntil(lambda: bool(page.document and page.document.number))

    [((payload,), _more)] = backend.asked(POST_ENTRY)
    assert payload == {
        "id": str(page.identity),
        "journal": "OD",
        "branch_id": str(UUID(int=1)),
        "on": "2026-03-10",
        "label": "Loyer",
        "lines": [
            {"account": "613", "debit": "5", "label": "x"},
            {"account": "512", "credit": "5"},
        ],
    }
    assert not page.body.grid.lines.is_open
    assert page.unsaved() == ""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown = {each.text() for each in page.header.findChildren(QPushButton)}
    assert shown == {"New entry", "Make a template", "Copy", "Reverse", "Attachments"}


def test_a_refusal_keeps_what_was_typed(show: Show, qtbot: QtBot) -> None:
    error = EntryUnbalancedByHandError(debit="5", credit="0", difference="5")
    page = show(door(**{POST_ENTRY: error}))
    page.body.form.fields["label"].show_value("Loyer")
    page.change_lines([Line(RENT, debit=Decimal(5))])

    click(page, "Post")
    qtbot.waitUntil(lambda: "5 is missing" in said(page))

    assert lines_of(page) == (Line(RENT, debit=Decimal(5)),)


def test_without_a_label_nothing_is_sent(show: Show, qtbot: QtBot) -> None:
    backend = door()
    page = show(backend)

    click(page, "Post")
    qtbot.waitUntil(lambda: "red ones" in said(page))

    assert backend.asked(POST_ENTRY) == []


def test_a_draft_is_saved_again_with_the_version_that_was_seen(show: Show, qtbot: QtBot) -> None:
    backend = door(get_sheet=replace(NEW, content=CONTENT))
    page = show(backend, f"draft:{ENTRY}")
    assert backend.asked(get_sheet) == [(("draft", ENTRY), {})]
    [line] = lines_of(page)
    assert (line.account, line.debit) == (RENT, Decimal(50000))

    page.change_lines([replace(line, debit=Decimal(7))])
    click(page, "Save")
    qtbot.waitUntil(lambda: page.version == 4)

    [((identity, draft), more)] = backend.asked(save_draft)
    assert (identity, more) == (ENTRY, {"version": 3})
    assert draft.lines[0].debit == 7
    assert page.unsaved() == ""


def test_what_is_saved_does_not_come_back_in_the_next_new_entry(show: Show, qtbot: QtBot) -> None:
    page = show(door())
    page.body.form.type_values({"label": "Loyer"})
    page.change_lines([Line(RENT, debit=Decimal(7))])
    page.state()  # as every few seconds
    assert memory.current().drafts.load("accounting.entry/new")

    page.save_now()
    qtbot.waitUntil(lambda: page.version == 4)

    assert memory.current().drafts.load("accounting.entry/new") is None
    assert lines_of(show(door())) == ()


def test_a_posted_entry_shows_its_history_and_is_copied(show: Show, qtbot: QtBot) -> None:
    told = {**POSTED, "reversed_by": "OD-ALG-2026-000002"}
    page = show(door(get_sheet=replace(NEW, content=told)), f"entry:{ENTRY}")
    opened: list[Any] = []
    page.opens.connect(lambda *where: opened.append(where))

    assert page.document is not None
    assert (page.document.number, page.document.state) == (POSTED["number"], "Reversed")
    assert "OD-ALG-2026-000002" in page.document.history[0].sentence()
    click(page, "Copy")
    qtbot.waitUntil(lambda: opened == [("accounting.entry", f"copy:{ENTRY}")])


def test_a_copy_is_a_new_entry_of_today(show: Show) -> None:
    page = show(door(get_sheet=replace(NEW, content=POSTED)), f"copy:{ENTRY}")

    assert page.document is not None
    assert page.document.is_editable
    assert page.identity != ENTRY
    assert page.document.head.dated == date.today()  # noqa: DTZ011 - the desk's day
    assert lines_of(page)[0].debit == 50000


def test_a_reversal_asks_for_its_day_and_says_when_it_was_moved(show: Show, qtbot: QtBot) -> None:
    result = {**ANSWER, "reverses": "OD-1", "dated_on": "2026-05-01", "is_moved": True}
    backend = door(get_sheet=replace(NEW, content=POSTED), **{REVERSE_ENTRY: result})
    page = show(backend, f"entry:{ENTRY}")

    click(page, "Reverse")
    qtbot.waitUntil(lambda: page.findChild(OneDialog) is not None)
    dialog = page.findChild(OneDialog)
    assert dialog is not None
    dialog.take()
    qtbot.waitUntil(lambda: "takes nothing any more" in said(page))

    assert backend.asked(REVERSE_ENTRY) == [(({"entry_id": str(ENTRY), "on": None},), {})]


def column(title: str) -> Any:
    return next(each for each in COLUMNS if each.title == title)


def test_a_foreign_amount_is_reckoned_into_the_companys_currency() -> None:
    line = column("Currency").put(Line(RENT), "eur")
    line = column("Amount").put(line, Decimal("100.55"))
    line = column("Exchange rate").put(line, Decimal("145.3"))

    assert (line.currency, line.debit, line.credit) == ("EUR", Decimal("14609.92"), None)
    line = column("Credit").put(line, Decimal(1))
    assert (line.debit, line.credit) == (None, Decimal("14609.92"))
    line = column("Currency").put(line, "DZD")
    assert (line.currency, line.amount, line.rate) == ("", None, None)
    assert line.as_draft().as_json() == {"account": "613", "credit": "14609.92"}


@pytest.mark.parametrize(
    ("line", "side", "taken"),
    [
        (Line(BANK), "credit", Decimal(5)),
        (Line(BANK), "debit", None),
        (Line(BANK, debit=Decimal(1)), "credit", None),
        (Line(BANK, currency="EUR"), "credit", None),
        (Line(), "credit", None),
    ],
)
def test_only_an_empty_amount_on_the_right_side_is_filled(
    line: Line, side: str, taken: Decimal | None
) -> None:
    lines = (Line(RENT, debit=Decimal(5)),)

    assert getattr(balancing(line, side, lines), side) == taken


def test_the_columns_of_both_sides_are_where_tab_looks_for_them() -> None:
    assert (COLUMNS[DEBIT].title, COLUMNS[CREDIT].title) == ("Debit", "Credit")


def test_a_line_in_the_companys_own_currency_shows_no_rate() -> None:
    told = {"currency": "DZD", "rate": "1", "amount": "5", "debit": "5", "account": None}
    assert line_of(told, "DZD") == Line(debit=Decimal(5))


@pytest.mark.parametrize("tongue", ["ar", "fr"])
def test_the_page_is_worded_in_each_language(show: Show, tongue: str) -> None:
    page = show(door(get_sheet=replace(NEW, content=CONTENT)), f"draft:{ENTRY}")
    language.use(tongue)

    assert page.journal.read() == "OD"
    names = {b.text() for b in page.header.findChildren(QPushButton)}
    assert not names & {"Post", "Discard", "Save"}
