"""Opening stock at the desk: scanned or imported, mended, booked, looked at."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import Answer, uuid7
from erp_desktop.core.errors import OfflineError
from modules.catalog.api import ProductRef, products_by_codes
from modules.inventory.selectors import OpeningState, get_opening
from modules.inventory.services import OPEN_STOCK
from modules.inventory.widgets.opening import OpeningPage
from modules.inventory.widgets.opening_presenter import OpeningPresenter
from tests.fakes import BRANCH, FakeBackend, FakeView

COFFEE = ProductRef(uuid7(), "CAF-1", "Café", "قهوة", "PCE")
TEA = ProductRef(uuid7(), "THE-1", "Thé", "", "PCE")
BOOKED = Answer(uuid7(), "applied", {"value": "846.00", "entry": "OP-2026-000001"})


def desk_with() -> Any:
    """A door that knows two products; pages know it as `Backend`."""
    known = {"CAF-1": COFFEE, "613": COFFEE, "THE-1": TEA}

    def find(texts: list[str]) -> dict[str, ProductRef]:
        return {text: known[text] for text in texts if text in known}

    answers: dict[Any, Any] = {
        products_by_codes: find,
        get_opening: OpeningState("DZD", frozenset({TEA.id})),
    }
    return FakeBackend({**answers, OPEN_STOCK: lambda _payload: BOOKED})


def test_the_same_product_by_code_and_barcode_is_one_line() -> None:
    backend, view = desk_with(), FakeView()
    presenter = OpeningPresenter(view, backend)

    asyncio.run(presenter.add("CAF-1", Decimal(10), Decimal(70)))
    asyncio.run(presenter.add("613", Decimal(2), Decimal("70.50")))

    (line,) = presenter.lines
    assert (line.quantity, line.unit_cost, line.value) == (
        Decimal(12),
        Decimal("70.50"),
        Decimal(846),
    )


def test_only_good_lines_are_booked_and_the_others_stay() -> None:
    backend, view = desk_with(), FakeView()
    presenter = OpeningPresenter(view, backend)
    for text in ("CAF-1", "THE-1", "NIX"):
        asyncio.run(presenter.add(text, Decimal(12), Decimal("70.50")))

    asyncio.run(presenter.book())

    (((command,), _kw),) = backend.asked(OPEN_STOCK)
    assert command == {
        "branch_id": str(BRANCH.id),
        "lines": [{"product_id": str(COFFEE.id), "quantity": "12", "unit_cost": "70.50"}],
    }
    assert [(line.text, line.wrong) for line in presenter.lines] == [
        ("NIX", "product"),
        ("THE-1", "opened"),
    ]
    assert view.said[-1] == "Booked: 846.00\u00a0DZD, entry OP-2026-000001."
    assert view.booked == BOOKED


def test_nothing_is_lost_when_the_line_is_cut() -> None:
    backend = desk_with()
    backend.answers[OPEN_STOCK] = OfflineError()
    presenter = OpeningPresenter(FakeView(), backend)
    asyncio.run(presenter.add("CAF-1", Decimal(12), Decimal(70)))

    with pytest.raises(OfflineError):
        asyncio.run(presenter.book())

    assert len(presenter.lines) == 1


def test_a_file_is_taken_with_everything_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("code;qté;coût\nCAF-1;12;70,5\nNIX;1;1\nTHE-1;1;1\n", encoding="utf-8")
    backend, view = desk_with(), FakeView()
    presenter = OpeningPresenter(view, backend)

    asyncio.run(presenter.import_file(path))

    assert [line.wrong for line in presenter.lines] == ["product", "opened", ""]
    assert view.said == ["2 lines cannot be booked."]
    presenter.remove_wrong()
    assert [line.text for line in presenter.lines] == ["CAF-1"]


@pytest.mark.usefixtures("desk")
def test_a_scan_a_quantity_and_a_cost_make_a_line(qtbot: QtBot) -> None:
    door = desk_with()
    page = OpeningPage(door)
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)

    page.on_scan("613")
    page._quantity.editor.setFocus()
    QTest.keyClicks(page._quantity.editor, "3*4")
    QTest.keyClicks(page._cost.editor, "70,5")
    page._on_return()

    qtbot.waitUntil(lambda: page._model.rowCount() == 1)
    assert page._book.text() == "Book 1 line"
    assert page.unsaved()
    assert page.state() == {"lines": [["613", "12", "70.5"]]}
    page._on_book()
    qtbot.waitUntil(lambda: page._model.rowCount() == 0)
    with qtbot.waitSignal(page.opens) as opened:
        page._on_review()
    assert opened.args[1]["command"] == str(BOOKED.id)
