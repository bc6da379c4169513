"""The page of the tax return: what is due, declared and taken back once the user agrees."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from modules.accounting.permissions import Permission
from modules.accounting.returns import DECLARE_TAX, UNDO_TAX
from modules.accounting.selectors import BoxRow, ShownReturn, get_return, next_month
from modules.accounting.selectors.returns import TaxDocument, list_tax_documents
from modules.accounting.widgets.tax_documents import TaxDocumentsPage
from modules.accounting.widgets.tax_return import TaxReturnPage
from tests.fakes import FakeBackend, make_user

pytestmark = pytest.mark.usefixtures("desk")

ZERO = Decimal(0)
ROWS = (
    BoxRow("H1", "head", "Chiffre d'affaires", "رقم الأعمال", ZERO, ZERO, "DZD"),
    BoxRow(
        "E3B22", "line", "19 %", "19%", Decimal(1100), Decimal(209), "DZD", "44571",
        taxes=("TVA19", "TVA17"),
    ),
    BoxRow("E3B91", "line", "Précompte", "رصيد سابق", ZERO, ZERO, "DZD", "44568"),
    BoxRow("NET", "sum", "TVA à payer", "للدفع", ZERO, Decimal(209), "DZD"),
)  # fmt: skip
OPEN = ShownReturn(ROWS, Decimal(209), "DZD")
MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
DECLARED = replace(
    OPEN, id=UUID(int=4), declared_by="salim", declared_at=MOMENT, entry="OD-ALG-2026-000001"
)


def shown(qtbot: QtBot, told: ShownReturn, *rights: str) -> tuple[TaxReturnPage, FakeBackend]:
    answers: dict[Any, Any] = {
        get_return: told,
        next_month: date(2026, 2, 1),
        DECLARE_TAX: {"due": "209.00"},
        UNDO_TAX: {},
    }
    backend = FakeBackend(answers, make_user(Permission.VIEW_LEDGER, *rights))
    page = TaxReturnPage(backend)  # type: ignore[arg-type] # a stand-in
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    return page, backend


def agree(qtbot: QtBot, page: TaxReturnPage, deed: str) -> str:
    def boxes() -> list[QMessageBox]:
        return [box for box in page.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(lambda: bool(boxes()))
    words = boxes()[0].text()
    next(each for each in boxes()[0].buttons() if each.text() == deed).click()
    return words


def test_a_month_is_declared_once_the_user_agrees(qtbot: QtBot) -> None:
    page, backend = shown(qtbot, OPEN, Permission.DECLARE_TAXES)
    assert "To pay: 209.00" in page.header.summary
    assert (page.declare.isHidden(), page.undo.isHidden()) == (False, True)
    opened: list[Any] = []
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.on_open(page.model.rows[1])
    about = {"first": "2026-02-01", "last": "2026-02-01", "taxes": ("TVA19", "TVA17")}
    assert opened[0] == ("accounting.tax_documents", about)
    page.on_open(page.model.rows[2])
    assert opened[1][0] == "accounting.ledger"
    assert opened[1][1].startswith("account:44568 date:01/02/2026..28/02/2026")

    page.declare.click()

    assert "To pay: 209.00" in agree(qtbot, page, "Declare")
    wanted = {"first": "2026-02-01", "last": "2026-02-28", "label": "Tax return 02/2026"}
    qtbot.waitUntil(lambda: (DECLARE_TAX, (wanted,), {}) in backend.calls)
    assert page.paper(page.report).startswith(b"%PDF")


def test_the_last_return_is_taken_back(qtbot: QtBot) -> None:
    page, backend = shown(qtbot, DECLARED, Permission.DECLARE_TAXES)
    assert page.declare.isHidden()
    assert "by salim, entry" in page.header.summary

    page.undo.click()
    agree(qtbot, page, "Take back")

    wanted = {"return_id": str(DECLARED.id)}
    qtbot.waitUntil(lambda: (UNDO_TAX, (wanted,), {}) in backend.calls)


def test_who_may_not_declare_can_only_look(qtbot: QtBot) -> None:
    page, _backend = shown(qtbot, OPEN)

    assert page.declare.isHidden()
    assert page.undo.isHidden()


def test_the_documents_of_a_box_add_up_to_it_and_open(qtbot: QtBot) -> None:
    invoice = {"module": "sales", "kind": "invoice", "id": "7", "number": "FA-ALG-2026/000007"}
    document = TaxDocument(
        UUID(int=7), "VE-ALG-2026-000007", date(2026, 2, 3), invoice, "Benali", "بن علي",
        "TVA19", Decimal(1000), Decimal(190), "DZD",
    )  # fmt: skip
    other = replace(document, document={}, number="OD-ALG-2026-000001", base=Decimal(100))
    answers: dict[Any, Any] = {list_tax_documents: [document, other]}
    backend = FakeBackend(answers, make_user(Permission.VIEW_LEDGER))
    page = TaxDocumentsPage(backend)  # type: ignore[arg-type] # a stand-in
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    opened: list[Any] = []
    page.opens.connect(lambda name, about: opened.append((name, about)))

    page.open({"first": "2026-02-01", "last": "2026-03-01", "taxes": ("TVA19", "TVA17")})
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    asked = {"first_day": date(2026, 2, 1), "last_day": date(2026, 3, 31)}
    assert backend.calls == [(list_tax_documents, (["TVA19", "TVA17"],), asked)]
    assert page.report.totals is not None
    assert [page.report.totals.base, page.report.totals.tax] == [1100, 380]
    for row in page.model.rows:
        page.on_open(row)
    assert opened == [("sales.invoice", "7"), ("accounting.entries", "OD-ALG-2026-000001")]
