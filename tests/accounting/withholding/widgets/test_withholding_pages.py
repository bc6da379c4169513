"""Certificates at an accountant's desk: typed, reckoned, listed, on paper, undone."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.form_dialog import FormDialog
from modules.accounting.permissions import Permission
from modules.accounting.selectors.withholding import (
    WithholdingChoices,
    WithholdingSum,
    get_withholding_choices,
    list_withholdings,
    sum_withholdings,
)
from modules.accounting.widgets.withholding import list_page
from modules.accounting.widgets.withholding.list_page import WithholdingListPage
from tests.accounting.books import under_law
from tests.fakes import FakeBackend, make_user
from tests.houses import YEAR, House
from tests.sales.widgets.desks import Desk, said

pytestmark = pytest.mark.database
FIRST = f"RS-ALG-{YEAR}-000001"


@pytest.fixture(autouse=True)
def benali(house: House) -> LinkChoice:
    """Benali, as the books know him, under the law of Tunisia."""
    under_law(house, "TN", "TND")
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    return LinkChoice(party, "", "Benali", "بن علي")


def typed(partner: LinkChoice, **more: Any) -> dict[str, Any]:
    """Return 1,000.000 and VAT of 19 %; the amount is left to the window: 1 % is 11.900."""
    return {
        "party": partner,
        "document": "F-77",
        "document_on": date(YEAR, 3, 2),
        "dated_on": date(YEAR, 3, 10),
        "kind": "purchases",
        "total": Decimal("1190.000"),
        "vat": Decimal("190.000"),
        **more,
    }


def make(desk: Desk, page: WithholdingListPage, partner: LinkChoice) -> None:
    """Type a certificate, let its amount be reckoned, and wait for its row."""
    before = page.model.rowCount()
    page.start_once(page.make)
    desk.until(lambda: bool(page.findChildren(FormDialog)))
    fields = page.findChildren(FormDialog)[-1].form.fields
    for name, value in typed(partner).items():
        fields[name].show_value(value)
    fields["total"].show_value(None)
    QTest.keyClicks(fields["total"].editor, "1190")
    assert fields["amount"].read() == Decimal("11.900")
    assert "1,190.000" in fields["reckoned"].read()
    desk.confirm_dialog(page)
    desk.until(lambda: page.model.rowCount() > before)


def test_a_certificate_is_reckoned_posted_listed_and_undone(
    salim: Desk, benali: LinkChoice
) -> None:
    page = salim.open(WithholdingListPage)
    salim.until(lambda: len(salim.backend.asked) == 2)
    assert sorted(salim.backend.asked) == ["list_withholdings", "sum_withholdings"]
    make(salim, page, benali)

    row = page.model.rows[0]
    assert (row.number, row.amount, row.side) == (FIRST, Decimal("11.900"), "issued")
    assert "posted" in said(page)

    page.start_once(page.undo, row)
    assert FIRST in salim.answer(page, "Undo the certificate")
    salim.until(lambda: bool(page.model.rows) and page.model.rows[0].is_undone)


def test_what_is_refused_is_proposed_again(salim: Desk, benali: LinkChoice) -> None:
    page = salim.open(WithholdingListPage)
    salim.until(lambda: len(salim.backend.asked) == 2)
    page.start_once(page.make)
    # 10 % of a rent of 1,190.000 is 119.000, not 120.000.
    salim.confirm_dialog(page, **typed(benali, kind="rent", amount=Decimal("120.000")))
    salim.until(lambda: "The law withholds" in said(page))

    salim.until(lambda: page.start_once(page.make))
    salim.until(lambda: bool(page.findChildren(FormDialog)))
    fields = page.findChildren(FormDialog)[-1].form.fields
    assert fields["document"].read() == "F-77"
    salim.confirm_dialog(page, amount=Decimal("119.000"))
    salim.until(lambda: bool(page.model.rows) and page.model.rows[0].kind == "rent")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", ["onze dinars", "Retenu par"]), ("ar", ["11,900"])]
)
def test_a_certificate_is_a_paper_in_both_languages(
    salim: Desk, benali: LinkChoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    language: str, words: list[str],
) -> None:  # fmt: skip
    target = tmp_path / "certificate.pdf"

    async def chosen(*_: Any) -> Path:
        return target

    opened: list[Any] = []
    monkeypatch.setattr(list_page, "choose_target", chosen)
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page = salim.open(WithholdingListPage)
    salim.until(lambda: len(salim.backend.asked) == 2)
    make(salim, page, benali)

    page._on_pdf(language, page.model.rows[0])
    salim.until(lambda: bool(opened))
    text = PdfReader(BytesIO(target.read_bytes())).pages[0].extract_text()
    for each in (FIRST, "F-77", *words):
        assert each in text, text


def looking(qtbot: QtBot, *permissions: Permission) -> WithholdingListPage:
    """Return an empty page where the law withholds nothing, as in the pack of Algeria."""
    zero = Decimal(0)
    answers = {
        list_withholdings: [],
        sum_withholdings: WithholdingSum(zero, zero, "DZD"),
        get_withholding_choices: WithholdingChoices((), "DZD"),
    }
    backend: Any = FakeBackend(answers, make_user(Permission.VIEW_LEDGER, *permissions))
    page = WithholdingListPage(backend)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.show()
    qtbot.waitUntil(lambda: bool(backend.asked(list_withholdings)))
    return page


@pytest.mark.usefixtures("desk")
def test_who_may_only_look_is_offered_no_certificate(qtbot: QtBot) -> None:
    page = looking(qtbot)
    offered = {each.text() for each in page.header.findChildren(QPushButton)}
    assert "New certificate" not in offered


@pytest.mark.usefixtures("desk")
def test_where_the_law_withholds_nothing_the_page_says_where_to_add_a_rule(qtbot: QtBot) -> None:
    page = looking(qtbot, Permission.WITHHOLD)
    page.start_once(page.make)
    qtbot.waitUntil(lambda: "Add a rule" in said(page))
    assert not page.findChildren(FormDialog)
