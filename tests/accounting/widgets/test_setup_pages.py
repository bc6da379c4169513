"""The accountant's lists and forms beside entries: templates, drafts, journals, centres, locks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from modules.accounting.books import save_cost_centre, save_journal
from modules.accounting.entries import POST_DUE, discard_draft
from modules.accounting.errors import PeriodClosedError
from modules.accounting.permissions import Permission
from modules.accounting.selectors import (
    CostCentreRow,
    DraftRow,
    JournalRow,
    PeriodRow,
    RoleLockRow,
    TemplateRow,
    get_sheet,
    list_cost_centres,
    list_drafts,
    list_journals,
    list_periods,
    list_role_locks,
    list_templates,
)
from modules.accounting.services import close_period, lock_role, reopen_period
from modules.accounting.templates import save_template
from modules.accounting.widgets.asking_one import OneDialog
from modules.accounting.widgets.cost_centre_form import CostCentreFormPage
from modules.accounting.widgets.cost_centre_list import CostCentreListPage
from modules.accounting.widgets.draft_list import DraftListPage
from modules.accounting.widgets.journal_form import JournalFormPage
from modules.accounting.widgets.journal_list import JournalListPage
from modules.accounting.widgets.periods import PeriodsPage
from modules.accounting.widgets.role_locks import RoleLocksPage
from modules.accounting.widgets.template_list import TemplateListPage
from modules.accounting.widgets.template_page import TemplatePage
from tests.accounting.widgets.test_entry_page import CONTENT, ENTRY, NEW
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

DAY = date(2026, 3, 10)
NAMES = ("OD", "Opérations diverses", "عمليات متنوعة")


def template(number: int, next_on: date | None) -> TemplateRow:
    known: Any = (UUID(int=number), 1, f"Loyer {number}", *NAMES, "", "ALG", Decimal(50000), "DZD")
    make: Any = TemplateRow
    made: TemplateRow = make(*known, 1, 0, is_automatic=False, is_active=True, next_on=next_on)
    return made


def page_with(qtbot: QtBot, kind: Any, answers: dict[Any, Any], argument: str = "") -> Any:
    page = kind(FakeBackend(answers, user=make_user(*Permission)))
    if argument:
        page.open(argument)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def click(page: Any, words: str) -> None:
    next(b for b in page.findChildren(QPushButton) if b.text() == words).click()


def test_all_that_is_due_is_posted_on_its_day_and_faults_are_told(qtbot: QtBot) -> None:
    rows = [template(1, DAY), template(2, DAY), template(3, date(2199, 1, 1)), template(4, None)]

    def post(payload: dict[str, Any]) -> dict[str, Any]:
        if payload["template_id"] == str(UUID(int=2)):
            raise PeriodClosedError(date="2026-03-10")
        return {"number": "OD-1"}

    page = page_with(qtbot, TemplateListPage, {list_templates: rows, POST_DUE: post})
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)

    click(page, "Post what is due")
    qtbot.waitUntil(lambda: "1 entry posted." in page.notices.bar.text)

    assert "Loyer 2" in page.notices.bar.text
    asked = [payload for (payload,), _more in page.backend.asked(POST_DUE)]
    assert asked == [
        {"template_id": str(UUID(int=1)), "due": "2026-03-10"},
        {"template_id": str(UUID(int=2)), "due": "2026-03-10"},
    ]


def test_what_is_due_is_filtered(qtbot: QtBot) -> None:
    rows = [template(1, DAY), template(3, None)]
    page = page_with(qtbot, TemplateListPage, {list_templates: rows})
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    page.filter.press(["due"])
    page.refresh()

    qtbot.waitUntil(lambda: list(page.model.rows) == rows[:1])


def test_a_template_is_made_of_an_entry_and_saved_with_its_rhythm(qtbot: QtBot) -> None:
    sheet = replace(NEW, content=CONTENT)
    answers = {get_sheet: sheet, save_template: 1}
    page = page_with(qtbot, TemplatePage, answers, f"entry:{ENTRY}")
    qtbot.waitUntil(lambda: page.document is not None)
    fields = page.body.form.fields
    fields["name"].show_value("Loyer")
    fields["every_months"].show_value(3)
    fields["starts_on"].show_value(DAY)

    page.save_now()
    qtbot.waitUntil(lambda: page.version == 1)

    [((identity, draft), more)] = page.backend.asked(save_template)
    assert identity != ENTRY
    assert (draft.name, draft.every_months, draft.starts_on) == ("Loyer", 3, DAY)
    assert (draft.entry.lines[0].debit, draft.is_automatic) == (Decimal(50000), False)
    assert more == {"version": None}


def test_drafts_are_discarded_after_a_question(qtbot: QtBot) -> None:
    amounts: Any = (Decimal(5), Decimal(0), "DZD", "salim")
    at = datetime(2026, 3, 10, tzinfo=UTC)
    make: Any = DraftRow
    draft = make(ENTRY, 1, None, *NAMES, "Loyer", "ALG", *amounts, at)
    page = page_with(qtbot, DraftListPage, {list_drafts: [draft], discard_draft: None})
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    opened: list[Any] = []
    page.opens.connect(lambda *where: opened.append(where))
    page.on_open(draft)
    assert opened == [("accounting.entry", f"draft:{ENTRY}")]

    page._on_discard([draft])
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    box = page.findChild(QMessageBox)
    next(b for b in box.buttons() if b.text() == "Discard").click()
    qtbot.waitUntil(lambda: page.backend.asked(discard_draft) == [((ENTRY,), {})])


def test_a_journal_and_a_cost_centre_are_saved(qtbot: QtBot) -> None:
    journal = JournalRow(*NAMES, is_manual=True, is_active=True, series="ALG 2026: 7")
    answers: dict[Any, Any] = {list_journals: [journal], save_journal: None}
    listed = page_with(qtbot, JournalListPage, answers)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 1)
    form = page_with(qtbot, JournalFormPage, answers, "OD")
    qtbot.waitUntil(lambda: form.form.fields["name"].read() == "Opérations diverses")
    form.form.type_values({"name": "Divers"})
    form.save_now()
    qtbot.waitUntil(lambda: bool(form.backend.asked(save_journal)))
    [((draft,), more)] = form.backend.asked(save_journal)
    assert (draft.code, draft.name, more) == ("OD", "Divers", {"is_new": False})

    centre = CostCentreRow("A", 3, "Atelier", "ورشة", is_active=True)
    answers = {list_cost_centres: [centre], save_cost_centre: 4}
    listed = page_with(qtbot, CostCentreListPage, answers)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 1)
    form = page_with(qtbot, CostCentreFormPage, answers, "A")
    qtbot.waitUntil(lambda: form.form.fields["name"].read() == "Atelier")
    form.form.type_values({"name": "Usine"})
    form.save_now()
    qtbot.waitUntil(lambda: bool(form.backend.asked(save_cost_centre)))
    assert form.backend.asked(save_cost_centre)[0][1] == {"version": 3}


def test_a_lock_is_set_for_a_role(qtbot: QtBot) -> None:
    row = RoleLockRow("accountant", None)
    page = page_with(qtbot, RoleLocksPage, {list_role_locks: [row], lock_role: None})
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    page.on_open(row)
    qtbot.waitUntil(lambda: page.findChild(OneDialog) is not None)
    dialog = page.findChild(OneDialog)
    dialog.field.show_value(DAY)
    dialog.take()

    qtbot.waitUntil(lambda: page.backend.asked(lock_role) == [(("accountant", DAY), {})])


def test_a_period_is_opened_again_only_with_a_reason(qtbot: QtBot) -> None:
    closed = PeriodRow(UUID(int=4), date(2026, 4, 1), date(2026, 4, 30), "closed")
    final = PeriodRow(UUID(int=5), date(2026, 5, 1), date(2026, 5, 31), "final")
    answers = {list_periods: [closed, final], reopen_period: None, close_period: None}
    page = page_with(qtbot, PeriodsPage, answers)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    page.table.select_row(1)
    assert not page.toggle.isEnabled()
    page.table.select_row(0)

    click(page, "Open again")
    qtbot.waitUntil(lambda: page.findChild(OneDialog) is not None)
    dialog = page.findChild(OneDialog)
    dialog.take()
    assert page.backend.asked(reopen_period) == []
    dialog.field.show_value("a bill came late")
    dialog.take()

    qtbot.waitUntil(
        lambda: page.backend.asked(reopen_period) == [((closed.id, "a bill came late"), {})]
    )
