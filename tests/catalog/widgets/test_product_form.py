"""The form of a product on a real PostgreSQL: each field is typed into, saved and read back."""

import io
from base64 import b64decode
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.ui import language, memory
from erp_desktop.ui.link_popup import over
from modules.catalog.selectors import ProductDetails, get_product
from modules.catalog.services import (
    CategoryDraft,
    PriceListDraft,
    save_category,
    save_price_list,
    save_product,
)
from modules.catalog.widgets.product_form import ProductFormPage
from modules.catalog.widgets.product_list import ProductListPage
from tests.catalog.goods import draft, pack
from tests.catalog.widgets.conftest import CountingBackend, Open
from tests.houses import Ask

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("desk")]

NAME, NAME_AR, FACTOR, PRICE, BARCODES = range(5)


@pytest.fixture
def juices(ask: Ask) -> UUID:
    """A category below another, and a price list without taxes."""
    drinks, juices = uuid7(), uuid7()
    ask(save_category, drinks, CategoryDraft(None, "DRI", "Boissons", "مشروبات"))
    ask(save_category, juices, CategoryDraft(drinks, "JUI", "Jus", "عصائر"))
    ask(save_price_list, PriceListDraft("GROS", "Gros", "جملة", includes_tax=False))
    return juices


@pytest.fixture
def page(backend: CountingBackend, opened: Open, juices: UUID, qtbot: QtBot) -> Any:
    """An empty form, ready to be typed into."""
    del juices
    made = opened(ProductFormPage(backend))
    qtbot.waitUntil(lambda: made.form._draft is not None)
    return made


def photograph(kind: str = "PNG", size: tuple[int, int] = (1600, 900)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind)
    return out.getvalue()


def field(page: Any, name: str) -> Any:
    return page.form.fields[name]


def fill(page: Any, **values: Any) -> None:
    """Type into fields, and leave each."""
    for name, value in values.items():
        line = field(page, name).editor
        line.setFocus()
        line.selectAll()
        if value.isascii():
            QTest.keyClicks(line, value)
        else:
            line.insert(value)
        QTest.keyClick(line, Qt.Key.Key_Tab)


def put(grid: Any, row: int, **cells: Any) -> None:
    """Type into the cells of a grid by the columns' places."""
    for place, value in cells.items():
        index = grid.lines.index(row, int(place.removeprefix("c")))
        assert grid.lines.setData(index, value)


def choose_category(page: Any, qtbot: QtBot, text: str) -> None:
    line = field(page, "category_id").editor
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, text)
    qtbot.waitUntil(lambda: over(page) is not None)
    QTest.keyClick(line, Qt.Key.Key_Return)


def save(page: Any, qtbot: QtBot) -> None:
    page.save_now()
    qtbot.waitUntil(lambda: not page.is_busy(page._save_draft))


def kept(page: Any, ask: Ask) -> ProductDetails:
    found: ProductDetails = ask(get_product, page._presenter.saved_id).product
    return found


def test_a_product_is_typed_with_all_it_has_and_is_kept_so(
    page: Any, qtbot: QtBot, ask: Ask, juices: UUID
) -> None:
    fill(page, code="JUS-1", name="Jus d'orange", name_ar="عصير برتقال", price_net="100")
    choose_category(page, qtbot, "jus")
    field(page, "barcodes").show_value(("6130000000015", "6130000000022"))
    field(page, "metadata").show_value({"Origine": "Blida"})
    packs, prices = field(page, "packs").grid, field(page, "prices").grid
    put(packs, 0, c0="Carton", c1="كرتون", c2=Decimal(12), c4="6130000000039 6130000000046")
    put(prices, 0, c2=Decimal(24), c3=Decimal("88.505"))

    save(page, qtbot)

    product = kept(page, ask)
    assert (product.code, product.category_id, product.kind) == ("JUS-1", juices, "goods")
    assert (product.price, product.price_net) == (Decimal(119), None)
    assert product.barcodes == ("6130000000015", "6130000000022")
    assert product.metadata == {"Origine": "Blida"}
    (carton,) = product.packs
    assert (carton["name"], carton["name_ar"]) == ("Carton", "كرتون")
    assert (carton["factor"], carton["price"]) == ("12", "")
    assert carton["barcodes"].split() == ["6130000000039", "6130000000046"]
    (price,) = product.prices
    assert (price["price_list"], price["min_quantity"], price["price"]) == ("GROS", "24", "88.51")
    assert (price["pack_id"], price["valid_to"]) == ("", "")
    assert not page.unsaved()


def test_it_opens_and_is_saved_in_one_round_trip_each(
    page: Any, qtbot: QtBot, backend: CountingBackend
) -> None:
    fill(page, code="A", name="Café", price="119")

    save(page, qtbot)

    assert backend.trips == ["get_product", "save_product"]


@pytest.mark.parametrize(
    ("typed", "price", "net"),
    [
        ({"price": "119"}, "119", "100"),
        ({"price_net": "100"}, "119", "100"),
        ({"price": "10"}, "10", "8.40"),
    ],
)
def test_prices_with_and_without_taxes_follow_each_other(
    page: Any, typed: dict[str, str], price: str, net: str
) -> None:
    fill(page, **typed)

    assert (field(page, "price").read(), field(page, "price_net").read()) == (
        Decimal(price),
        Decimal(net),
    )


def test_under_another_tax_the_price_on_the_shelf_stays(page: Any) -> None:
    fill(page, price="109")
    field(page, "tax_code").show_value("TVA9")
    field(page, "tax_code").edited()

    assert field(page, "price").read() == 109
    assert field(page, "price_net").read() == 100


def test_a_pack_costs_its_units_until_it_has_a_price_of_its_own(page: Any) -> None:
    fill(page, price="10")
    grid = field(page, "packs").grid
    put(grid, 0, c0="Carton", c2=Decimal(12))
    cell = grid.lines.index(0, PRICE)

    assert "= 120.00" in grid.lines.data(cell)
    put(grid, 0, c3=Decimal(99))
    assert grid.lines.data(cell).strip("\u2066\u2069") == "99.00"


def test_the_category_is_looked_up_and_a_missing_one_made_elsewhere(
    page: Any, qtbot: QtBot
) -> None:
    line = field(page, "category_id").editor
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(line, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: over(page) is not None)
    popup = over(page)
    assert popup is not None
    assert [each.name for each in popup._choices] == ["Boissons", "Boissons › Jus"]

    with qtbot.waitSignal(page.opens) as opening:
        QTest.keyClick(line, Qt.Key.Key_F3)

    assert opening.args == ["catalog.categories", None]


def test_a_category_made_meanwhile_is_found_and_stays_after_saving(
    page: Any, qtbot: QtBot, ask: Ask
) -> None:
    made = uuid7()
    ask(save_category, made, CategoryDraft(None, "EAU", "Eaux"))
    fill(page, code="E", name="Eau", price="30")

    choose_category(page, qtbot, "eaux")
    save(page, qtbot)

    assert kept(page, ask).category_id == made
    assert field(page, "category_id").editor.text() == "Eaux"


def test_a_picture_is_made_small_kept_at_the_server_and_seen_from_another_desk(
    page: Any, qtbot: QtBot, ask: Ask, opened: Open, door: Any, tmp_path: Path
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(photograph())
    fill(page, code="A", name="Café", price="119")

    drop(field(page, "picture"), path)
    qtbot.waitUntil(lambda: bool(field(page, "picture").read()))
    save(page, qtbot)

    told = kept(page, ask).picture
    assert told is not None
    content = b64decode(told.partition(",")[2])
    assert len(content) <= 262_144 < len(path.read_bytes())
    assert max(Image.open(io.BytesIO(content)).size) == 512
    elsewhere = opened(ProductListPage(door("yacine")))
    qtbot.waitUntil(lambda: elsewhere.model.rowCount() == 1)
    elsewhere.table.select_row(0)
    qtbot.waitUntil(lambda: not elsewhere._at_side._picture.pixmap().isNull())


def drop(picture: Any, path: Path) -> None:
    """Drop a file onto the picture, as from the file manager."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place, action = QPoint(5, 5), Qt.DropAction.CopyAction
    entering = QDragEnterEvent(place, action, data, left, none)
    QApplication.sendEvent(picture._shown, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(picture._shown, QDropEvent(QPointF(place), action, data, left, none))


def test_a_picture_is_taken_away(page: Any, qtbot: QtBot, ask: Ask) -> None:
    fill(page, code="A", name="Café", price="119")
    page._fields.picture.given.emit(photograph("JPEG"))
    qtbot.waitUntil(lambda: bool(field(page, "picture").read()))
    save(page, qtbot)
    assert kept(page, ask).picture

    QTest.keyClick(page._fields.picture._shown, Qt.Key.Key_Delete)
    save(page, qtbot)

    assert kept(page, ask).picture is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4", "photo.png holds no picture that can be read. Choose a PNG, JPEG or WebP"),
        (photograph()[:5000], "photo.png holds no picture that can be read."),
        (
            b"P4 20000 20000\n" + bytes(100),
            "photo.png is too large. Choose a picture of less than 80 million points.",
        ),
    ],
)
def test_a_file_that_is_no_picture_is_refused_beneath_the_field(
    page: Any, qtbot: QtBot, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(content)

    page._fields.picture.given.emit(path)

    qtbot.waitUntil(lambda: field(page, "picture")._error.text().startswith(sentence))
    assert not field(page, "picture").read()


def test_a_barcode_of_two_packs_is_refused_at_once_and_nothing_typed_is_lost(
    page: Any, qtbot: QtBot, ask: Ask
) -> None:
    ask(save_product, uuid7(), draft("OTHER", packs=(pack("Carton", barcodes="6130000000015"),)))
    fill(page, code="A", name="Café", price="119")
    put(field(page, "packs").grid, 0, c0="Carton", c2=Decimal(12), c4="6130000000015")

    save(page, qtbot)

    assert page.unsaved()
    assert "6130000000015" in page.notices.bar.text + field(page, "packs")._error.text()
    assert page._presenter.saved_id is None


def test_a_pack_that_is_not_finished_is_said_beneath_the_packs(page: Any) -> None:
    fill(page, code="A", name="Café", price="119")
    put(field(page, "packs").grid, 0, c0="Carton")

    page.save_now()

    assert field(page, "packs")._error.text() == "Line 1: Units in it is missing. Fill it in."


def test_what_was_typed_into_the_grids_survives_a_crash(
    page: Any, opened: Open, backend: CountingBackend, qtbot: QtBot
) -> None:
    fill(page, code="A", name="Café", price="119")
    put(field(page, "packs").grid, 0, c0="Carton", c2=Decimal(12))
    page.state()

    again = opened(ProductFormPage(backend))
    qtbot.waitUntil(lambda: again.form._draft is not None)

    (carton,) = field(again, "packs").read()
    assert (carton["name"], carton["factor"]) == ("Carton", "12")
    assert memory.current().drafts.load("catalog.product/new") is not None


def test_who_may_only_look_cannot_type(door: Any, opened: Open, qtbot: QtBot, ask: Ask) -> None:
    product = uuid7()
    ask(save_product, product, draft("A", "Café", name_ar="قهوة"))
    page = ProductFormPage(door("amina"))
    page.open(str(product))
    opened(page)
    qtbot.waitUntil(lambda: page.header.title.text() == "Café")

    assert not page.form.isEnabled()
    language.use("ar")
    assert page.header.title.text() == "قهوة"
