"""The pages of bank accounts: the list leads to form and ledger, the form keeps and refuses."""

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from modules.accounting.bank import save_bank_account
from modules.accounting.errors import bank_errors
from modules.accounting.permissions import Permission
from modules.accounting.selectors import AccountRow, JournalRow
from modules.accounting.selectors.bank import (
    BankAccountRow,
    BankAccountSetup,
    get_bank_account,
    list_bank_accounts,
)
from modules.accounting.widgets.bank.account_form import BankAccountFormPage
from modules.accounting.widgets.bank.account_list import BankAccountListPage
from tests.fakes import BRANCH, FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

BANK = AccountRow(UUID(int=512), "512", "Banques", "البنوك", is_active=True)
KEPT = BankAccountRow(
    UUID(int=5), 3, "BADR", "BADR Didouche", "بدر ديدوش", "BADR", "00300060000201930048", "",
    BANK.id, "512", "OD", BRANCH.id, "DZD", is_active=True,
)  # fmt: skip


def journal() -> JournalRow:
    make: Any = JournalRow
    made: JournalRow = make(
        "OD", "Opérations diverses", "عمليات متنوعة", is_manual=True, is_active=True, series=""
    )
    return made


def shown(qtbot: QtBot, kind: Any, answers: dict[Any, Any], argument: str = "") -> Any:
    page, opened = kind(FakeBackend(answers, make_user(*Permission))), list[Any]()
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    if argument:
        page.open(argument)
    page.show()
    return page, opened


def test_the_list_leads_to_the_form_and_to_the_ledger(qtbot: QtBot) -> None:
    page, opened = shown(qtbot, BankAccountListPage, {list_bank_accounts: [KEPT]})
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    page.on_open(KEPT)
    page._on_ledger(KEPT)

    assert opened == [("accounting.bank_account", "BADR"), ("accounting.ledger", "account:512")]


def test_the_form_keeps_what_was_changed_and_says_why_it_does_not(qtbot: QtBot) -> None:
    answers: dict[Any, Any] = {
        get_bank_account: BankAccountSetup(KEPT, [BANK], [journal()]),
        save_bank_account: bank_errors.RibWrongError(rib="12"),
    }
    page, _opened = shown(qtbot, BankAccountFormPage, answers, "BADR")
    rib = page.form.fields["rib"]
    qtbot.waitUntil(lambda: rib.read() == KEPT.rib)
    assert page.form.fields["account"].read() == "512"
    assert page.form.fields["journal"].read() == "OD"
    assert page.form.fields["branch_id"].read() == BRANCH.id

    editor: QLineEdit = rib.editor
    editor.setText("12")
    editor.textEdited.emit("12")
    page.save_now()
    qtbot.waitUntil(lambda: "mistyped" in page.notices.bar.text)
    qtbot.waitUntil(lambda: not page.is_busy(page._save_draft))
    assert len(page.backend.asked(save_bank_account)) == 1
    assert page.form.is_changed

    page.backend.answers[save_bank_account] = 4
    page.save_now()
    qtbot.waitUntil(lambda: not page.form.is_changed)
    (draft,), options = page.backend.asked(save_bank_account)[-1]
    assert (draft.id, draft.rib, options) == (KEPT.id, "12", {"version": 3})


def test_a_new_one_stands_in_a_branch_and_asks_for_the_rest(qtbot: QtBot) -> None:
    answers = {get_bank_account: BankAccountSetup(None, [BANK], [journal()])}
    page, _opened = shown(qtbot, BankAccountFormPage, answers)
    qtbot.waitUntil(lambda: page.form.fields["branch_id"].read() == BRANCH.id)

    page.save_now()

    assert page.backend.asked(save_bank_account) == []
