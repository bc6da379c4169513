"""The lists of inventory: wired to their selectors, worded for their reader."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.ui import language
from erp_desktop.ui.filters import Query, parse_filter
from modules.inventory.permissions import Permission
from modules.inventory.selectors import (
    MovementFilter,
    MovementRow,
    StockFilter,
    StockRow,
    list_movements,
    list_stock,
)
from modules.inventory.widgets.movement_list import MovementListPage
from modules.inventory.widgets.stock_list import StockListPage, filter_of, state_of
from tests.fakes import FakeBackend, make_user

PRODUCT, PLACE, BRANCH = uuid7(), uuid7(), uuid7()


def stock(on_hand: str, *, is_low: bool = False, is_short: bool = False) -> StockRow:
    return StockRow(
        PRODUCT,
        PLACE,
        BRANCH,
        "ALG",
        "CAF-1",
        "Café",
        "قهوة",
        "PCE",
        Decimal(on_hand),
        Decimal(700),
        is_short,
        is_low,
        Decimal(2),
        "DZD",
    )


MOVED = MovementRow(
    uuid7(),
    PRODUCT,
    PLACE,
    BRANCH,
    "ALG",
    "CAF-1",
    "Café",
    "قهوة",
    "sale",
    Decimal(-3),
    Decimal(-210),
    "ALG-01-000001",
    None,
    datetime(2026, 3, 1, 10, tzinfo=UTC),
    datetime(2026, 3, 1, 10, tzinfo=UTC),
    "DZD",
    Decimal(7),
)


def shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_the_filter_line_is_understood() -> None:
    text, terms = parse_filter("café agence:ORN")

    found = filter_of(Query(text, terms, frozenset({"low"})))

    assert found == StockFilter("café", branch="ORN", is_low=True)


def test_stock_says_how_it_stands() -> None:
    assert [
        state_of(row)[0]
        for row in (stock("5"), stock("0"), stock("2", is_low=True), stock("-1", is_short=True))
    ] == ["In stock", "None", "Low", "To count"]


@pytest.mark.usefixtures("desk")
def test_a_row_of_stock_leads_to_its_movements(qtbot: QtBot) -> None:
    door: Any = FakeBackend({list_stock: [stock("5")]}, user=make_user(*Permission))
    page = shown(qtbot, StockListPage(door))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    with qtbot.waitSignal(page.opens) as opened:
        page.on_open(stock("5"))

    assert opened.args == ["inventory.movements", {"product": str(PRODUCT), "name": "CAF-1 Café"}]


@pytest.mark.usefixtures("desk")
def test_movements_are_of_the_product_that_was_asked_for(qtbot: QtBot) -> None:
    door: Any = FakeBackend({list_movements: [MOVED]}, user=make_user(*Permission))
    page = MovementListPage(door)
    page.open({"product": str(PRODUCT), "name": "CAF-1 Café"})
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    assert page.header.title.text() == "CAF-1 Café"
    assert door.asked(list_movements)[-1][0][0] == MovementFilter(PRODUCT)
    language.use("ar")
    assert page.header.title.text() == "CAF-1 Café"
    texts = [page.model.data(page.model.index(0, n)) for n in range(page.model.columnCount())]
    assert any("قهوة" in text for text in texts)
    assert page.state()["about"]["product"] == str(PRODUCT)


@pytest.mark.usefixtures("desk")
def test_a_product_from_a_notice_opens_its_movements(qtbot: QtBot) -> None:
    door: Any = FakeBackend({list_movements: []}, user=make_user(*Permission))
    page = shown(qtbot, MovementListPage(door))

    page.open(str(PRODUCT))

    def asked() -> bool:
        return any(args[0].product_id == PRODUCT for args, _kw in door.asked(list_movements))

    qtbot.waitUntil(asked)
