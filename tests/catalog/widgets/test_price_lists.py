"""The pages of price lists on a real PostgreSQL: find, make, type, paste, copy."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.ui import keys, language
from modules.catalog.selectors import PriceFilter, PriceListRow, list_price_lists, list_prices
from modules.catalog.selectors.prices import PAGE_SIZE
from modules.catalog.services import (
    CopyDraft,
    PriceListDraft,
    copy_prices,
    import_products,
    save_price_list,
    save_prices,
    save_product,
)
from modules.catalog.widgets.price_list import PriceListPage
from modules.catalog.widgets.price_lists import PriceListsPage
from tests.catalog.goods import draft, pack, price_row
from tests.catalog.widgets.conftest import CountingBackend, Open
from tests.houses import Ask, House

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("desk")]

PRODUCT, NAME, OWN, QUANTITY, PRICE, SINCE, UNTIL = range(7)
TODAY = wall_clock.today()


@pytest.fixture
def coffee(ask: Ask) -> UUID:
    """A product in a carton of twelve, and three lists."""
    product = uuid7()
    carton = pack("Carton", "12", "1350", "6130000000022")
    carton["name_ar"] = "كرتون"
    ask(save_product, product, draft("CAF-1", "Café", name_ar="قهوة", packs=(carton,)))
    ask(save_price_list, PriceListDraft("GROS", "Gros", "جملة", includes_tax=False))
    ask(save_price_list, PriceListDraft("VIP", "Bons clients"))
    ask(save_price_list, PriceListDraft("OLD", "Ancien", is_active=False))
    return product


@pytest.fixture
def page(backend: CountingBackend, opened: Open, coffee: UUID, qtbot: QtBot, ask: Ask) -> Any:
    """The list GROS, in which coffee costs 90 this year."""
    ask(save_prices, "GROS", [price_row(coffee, "90")])
    return show(PriceListPage(backend), opened, qtbot, lines=1)


def show(page: PriceListPage, opened: Open, qtbot: QtBot, *, lines: int) -> PriceListPage:
    page.open("GROS")
    opened(page)
    qtbot.waitUntil(lambda: len(page.prices.grid.lines.lines) == lines)
    return page


def put(page: PriceListPage, row: int, column: int, value: Any) -> None:
    """Type into a cell."""
    lines = page.prices.grid.lines
    assert lines.setData(lines.index(row, column), value)


def paste(page: PriceListPage, qtbot: QtBot, text: str, *, row: int) -> None:
    grid = page.prices.grid
    grid.setCurrentIndex(grid.lines.index(row, PRODUCT))
    QGuiApplication.clipboard().setText(text)
    grid.paste()
    qtbot.waitUntil(lambda: not page.is_busy(grid._paste))


def save(page: PriceListPage, qtbot: QtBot) -> None:
    page._on_save()
    qtbot.waitUntil(lambda: not page.is_busy(page._save_prices))


def kept(ask: Ask) -> list[tuple[str, str, str, str, str]]:
    return [
        (row.pack, str(row.min_quantity), str(row.price), str(row.valid_from), str(row.valid_to))
        for row in ask(list_prices, PriceFilter("GROS"))
    ]


def test_the_lists_are_found_by_name_and_open(
    backend: CountingBackend, opened: Open, coffee: UUID, qtbot: QtBot, ask: Ask
) -> None:
    ask(save_prices, "GROS", [price_row(coffee, "90")])
    page = opened(PriceListsPage(backend))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    cells = [page.model.data(page.model.index(0, n)) for n in range(page.model.columnCount())]
    assert cells[1:5] == ["Gros", "without taxes", "1", "Used"]

    language.use("ar")
    page.filter.entry.setText("جمل")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    row: PriceListRow = page.model.row(page.model.index(0, 0))
    with qtbot.waitSignal(page.opens) as opening:
        page.on_open(row)
    assert opening.args == ["catalog.price_list", "GROS"]
    assert backend.trips == ["list_price_lists"] * 2


def test_a_new_list_is_named_and_then_takes_prices(
    backend: CountingBackend, opened: Open, coffee: UUID, qtbot: QtBot, ask: Ask
) -> None:
    del coffee
    page = opened(PriceListPage(backend))
    qtbot.waitUntil(lambda: page.side.form._draft is not None)
    assert not page.prices.isVisible()
    fields = page.side.form.fields
    fields["code"].editor.setText("demi")
    fields["name"].editor.setText("Demi-gros")
    backend.trips.clear()

    assert keys.press(page.side._saving.key())

    qtbot.waitUntil(page.prices.isVisible)
    assert backend.trips == ["save_price_list", "list_price_lists"]
    assert page.header.title.text() == "Demi-gros"
    assert "DEMI" in [each.code for each in ask(list_price_lists)]
    assert not page.unsaved()


def test_a_price_is_typed_with_its_step_and_ends_the_former_one(
    page: PriceListPage, qtbot: QtBot, ask: Ask, backend: CountingBackend
) -> None:
    assert backend.trips == ["list_price_lists", "list_prices"]
    row = page.prices.grid.lines.rows[0]
    put(page, 1, PRODUCT, row.what)
    put(page, 1, PRICE, Decimal("88.505"))
    put(page, 2, PRODUCT, row.what)
    put(page, 2, QUANTITY, Decimal(24))
    put(page, 2, PRICE, Decimal(80))
    assert page.header.summary == "2 changes are not saved"
    backend.trips.clear()

    save(page, qtbot)

    eve = str(TODAY - timedelta(days=1))
    assert kept(ask) == [
        ("", "1", "90", "2026-01-01", eve),
        ("", "1", "88.51", str(TODAY), "None"),
        ("", "24", "80.00", str(TODAY), "None"),
    ]
    assert page.notices.bar.text == "2 prices saved. 1 former price ends the day before."
    assert backend.trips == ["save_prices", "list_prices"]
    assert not page.unsaved()


def test_a_spreadsheet_is_pasted_with_packs_by_their_barcodes(
    page: PriceListPage, qtbot: QtBot, ask: Ask
) -> None:
    backend = page.backend
    assert isinstance(backend, CountingBackend)
    backend.trips.clear()
    rows = "CAF-1\t12\t85,50\t01/02/2027\t28/02/2027\r\n6130000000022\t1\t1 000\t01/02/2027\t\r\n"

    paste(page, qtbot, rows, row=1)
    qtbot.waitUntil(lambda: page.header.summary == "2 changes are not saved")
    assert backend.trips == ["priced_by_codes"]
    lines = page.prices.grid.lines
    assert "1,350.00" in lines.data(lines.index(2, OWN))
    save(page, qtbot)

    assert kept(ask)[1:] == [
        ("", "12", "85.50", "2027-02-01", "2027-02-28"),
        ("Carton", "1", "1000.00", "2027-02-01", "None"),
    ]
    language.use("ar")
    assert "كرتون" in lines.data(lines.index(2, NAME))


def test_what_is_copied_from_the_list_is_pasted_with_its_packs(
    page: PriceListPage, qtbot: QtBot, ask: Ask
) -> None:
    paste(page, qtbot, "CAF-1 · Carton\t2\t990\t01/02/2027", row=1)
    save(page, qtbot)

    assert kept(ask)[1:] == [("Carton", "2", "990.00", "2027-02-01", "None")]


def test_what_cannot_be_pasted_is_told_and_what_is_not_finished_is_not_saved(
    page: PriceListPage, qtbot: QtBot, ask: Ask
) -> None:
    paste(page, qtbot, "NO-SUCH\t1\t10", row=1)
    assert "NO-SUCH" in page.notices.bar.text

    save(page, qtbot)

    assert page.notices.bar.text == "Line 1: Product is missing. Fill it in."
    assert len(kept(ask)) == 1
    assert page.unsaved() == "Gros"


def test_prices_are_taken_away(page: PriceListPage, qtbot: QtBot, ask: Ask) -> None:
    page.prices.grid.setCurrentIndex(page.prices.grid.lines.index(0, PRODUCT))
    page.prices.grid.remove_lines()

    save(page, qtbot)

    assert kept(ask) == []
    assert "1 price removed." in page.notices.bar.text


def test_days_that_overlap_are_refused_with_the_cure_and_nothing_typed_is_lost(
    page: PriceListPage, qtbot: QtBot, ask: Ask
) -> None:
    put(page, 1, PRODUCT, page.prices.grid.lines.rows[0].what)
    put(page, 1, PRICE, Decimal(70))
    put(page, 1, SINCE, date(2025, 6, 1))
    put(page, 1, UNTIL, date(2026, 3, 1))

    save(page, qtbot)

    assert "has two prices in list" in page.notices.bar.text
    assert "Let the first end before, or remove one." in page.notices.bar.text
    assert page.header.summary == "1 change is not saved"
    assert len(kept(ask)) == 1


def test_what_is_typed_survives_a_filter_another_page_and_a_crash(
    page: PriceListPage, opened: Open, qtbot: QtBot, ask: Ask
) -> None:
    put(page, 0, PRICE, Decimal(95))
    put(page, 1, PRODUCT, page.prices.grid.lines.rows[0].what)
    put(page, 1, QUANTITY, Decimal(24))
    put(page, 1, PRICE, Decimal(85))
    page.filter.entry.setText("no such product")
    qtbot.waitUntil(lambda: len(page.prices.grid.lines.lines) == 1)
    page.state()

    again = PriceListPage(page.backend)
    show(again, opened, qtbot, lines=2)
    assert "is here again" in again.notices.bar.text
    assert again.header.summary == "2 changes are not saved"
    save(again, qtbot)

    assert [price for _pack, _step, price, _since, _until in kept(ask)] == ["95.00", "85.00"]


def test_a_long_list_loads_as_it_is_scrolled(
    backend: CountingBackend, opened: Open, coffee: UUID, qtbot: QtBot, ask: Ask
) -> None:
    del coffee
    goods = [draft(f"P-{number:04}") for number in range(PAGE_SIZE + 5)]
    ask(import_products, goods, may_change=False)
    house_prices(ask)
    page = show(PriceListPage(backend), opened, qtbot, lines=PAGE_SIZE)
    put(page, PAGE_SIZE - 1, PRICE, Decimal(1))

    page.prices.grid.lines.wants_more.emit()

    qtbot.waitUntil(lambda: len(page.prices.grid.lines.lines) == PAGE_SIZE + 6)
    assert page.header.summary == "1 change is not saved"


def house_prices(ask: Ask) -> None:
    """Give every product a price in the list, by copying their own."""
    ask(copy_prices, "GROS", CopyDraft(TODAY, step=Decimal("0.01")))


def test_prices_are_copied_by_a_percentage_once_it_is_confirmed(
    page: PriceListPage, qtbot: QtBot, ask: Ask
) -> None:
    page.side.copy.fields["percent"].show_value(Decimal(-10))
    page.side._on_copy()
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    (box,) = page.findChildren(QMessageBox)
    assert box.text().startswith("Copy prices into Gros from")
    next(each for each in box.buttons() if each.text() == "Copy prices").click()

    qtbot.waitUntil(lambda: len(kept(ask)) == 2)

    assert kept(ask)[1][2:] == ("90.00", str(TODAY), "None")


def test_whether_taxes_are_included_cannot_change_once_there_are_prices(
    page: PriceListPage, qtbot: QtBot
) -> None:
    box: Any = page.side.form.fields["includes_tax"].editor
    box.click()
    page.side._on_save()

    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.save_list))

    told = page.notices.bar.text + page.side.form.fields["includes_tax"]._error.text()
    assert "Make another list and copy the prices." in told


def test_a_refresh_keeps_what_is_typed_beside_the_prices(page: PriceListPage, qtbot: QtBot) -> None:
    name: Any = page.side.form.fields["name"].editor
    name.setFocus()
    name.end(False)  # noqa: FBT003 - Qt's own: marks nothing
    QTest.keyClicks(name, " 2027")

    page._on_refresh()

    qtbot.waitUntil(lambda: not page.is_busy(page._presenter.find))
    assert name.text() == "Gros 2027"
    assert page.unsaved() == "Gros"


def test_who_may_only_look_types_nothing(
    door: Any, opened: Open, coffee: UUID, qtbot: QtBot, ask: Ask
) -> None:
    ask(save_prices, "GROS", [price_row(coffee, "90")])
    page = show(PriceListPage(door("amina")), opened, qtbot, lines=1)

    lines = page.prices.grid.lines
    assert not lines.is_editable(lines.index(0, PRICE))
    assert not page.side.form.isEnabled()
    assert not page._save.isVisible()


def test_the_audit_log_says_who_ended_a_price(
    page: PriceListPage, qtbot: QtBot, house: House
) -> None:
    put(page, 0, UNTIL, date(2026, 12, 31))
    save(page, qtbot)

    told = house.value(
        "select login || ' ' || (new ->> 'valid_to') from core.audit"
        " where relation = 'catalog.prices' and operation = 'UPDATE'"
    )
    assert told == "nadia 2026-12-31"
