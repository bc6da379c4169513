"""The till's page: a whole sale without the mouse, and nothing lost on the way."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.core import wall_clock
from erp_desktop.ui import language, memory
from erp_desktop.ui.backend import Backend
from erp_desktop.workstation.workstation import Workstation
from modules.till.paper import choose_printer
from modules.till.widgets.till_page import TillPage
from tests.fakes import make_user
from tests.till.shops import AMINA, open_drawer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Key = Qt.Key
NO_DATABASE: Any = None


@pytest.fixture
def backend(station: Workstation, loop: Any) -> Iterator[Backend]:
    """Amina's door; there is no database behind it: whoever asked for one would fail."""
    assert loop.is_running()
    open_drawer(station, wall_clock.now())
    with ThreadPoolExecutor(2) as threads:
        made = Backend(NO_DATABASE, make_user("till.ticket.sell"), threads, station, AMINA)
        yield made
        made.close()


@pytest.fixture
def page(backend: Backend, qtbot: QtBot) -> TillPage:
    """The page, in front."""
    return show(TillPage(backend), qtbot)


def show(page: TillPage, qtbot: QtBot) -> TillPage:
    qtbot.addWidget(page)
    page.resize(1220, 780)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.scan.hasFocus)
    return page


def type_into(widget: QWidget, text: str) -> None:
    """Type letter by letter, in any script."""
    for letter in text:
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, pressed)


def press(
    widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, held)


def scan(page: TillPage, code: str) -> None:
    type_into(page.scan, code)
    press(page.scan, Key.Key_Return)


def ticket(page: TillPage) -> list[tuple[str, str]]:
    """Return code and quantity of each line."""
    return [(row.line.code, f"{row.line.quantity:f}") for row in page.model.rows]


def payloads(station: Workstation) -> list[dict[str, Any]]:
    """Return the tickets that the journal has, oldest first."""
    entries = [entry for entry in station.journal.entries() if entry.name == "till.sell_v1"]
    bodies = [station.journal.body_of(entry.id) or "" for entry in entries]
    return [json.loads(body)["payload"] for body in reversed(bodies)]


def test_a_whole_sale_needs_neither_mouse_nor_network(
    page: TillPage, station: Workstation, tmp_path: Path, qtbot: QtBot
) -> None:
    for code in ("6130000012345", "3*6130000098764", "SAV-200"):
        scan(page, code)
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)

    press(page.scan, Key.Key_F12)
    qtbot.waitUntil(page.cash.field.hasFocus)
    type_into(page.cash.field, "٢٬٥٠٠٫٥٠")
    assert page.cash.change.text().startswith("445.50"), page.cash.change.text()
    press(page.cash.field, Key.Key_Return)
    qtbot.waitUntil((tmp_path / "paper" / "ALG-01-000001.pdf").exists)

    (sold,) = payloads(station)
    assert (sold["number"], sold["total"]) == ("ALG-01-000001", "2055.00")
    assert sold["payments"] == [
        {"method": "cash", "amount": "2055.00", "tendered": "2500.50", "change": "445.50"}
    ]
    assert [line["quantity"] for line in sold["lines"]] == ["1", "3", "1"]
    assert page.model.rows == []
    assert page.scan.hasFocus()
    assert page.cash.sold.isVisible()


def test_an_empty_ticket_says_how_to_begin(page: TillPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.table.empty.isVisible)

    scan(page, "SAV-200")

    qtbot.waitUntil(lambda: not page.table.empty.isVisible())


def test_enter_alone_means_exactly_enough(
    page: TillPage, station: Workstation, qtbot: QtBot
) -> None:
    scan(page, "6130000033321")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)

    press(page.scan, Key.Key_F12)
    qtbot.waitUntil(page.cash.field.hasFocus)
    press(page.cash.field, Key.Key_F12)
    qtbot.waitUntil(lambda: len(payloads(station)) == 1)

    (payment,) = payloads(station)[0]["payments"]
    assert (payment["tendered"], payment["change"]) == ("320.00", "0.00")


def test_scans_faster_than_the_answers_are_all_taken_in_order(page: TillPage, qtbot: QtBot) -> None:
    for code in ("6130000012345", "6130000033321", "6130000012345", "6130000098764") * 3:
        page.on_scan(code)

    qtbot.waitUntil(lambda: page.selling.ticket.draft.pieces == 12)
    assert ticket(page) == [("CAF-001", "6"), ("SAV-200", "3"), ("SUC-001", "3")]


def test_what_is_scanned_while_a_ticket_comes_back_is_put_on_it(
    page: TillPage, backend: Backend, qtbot: QtBot
) -> None:
    scan(page, "6130000012345")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    again = TillPage(backend)
    qtbot.addWidget(again)

    again.show()
    again.on_scan("6130000033321")

    qtbot.waitUntil(lambda: ticket(again) == [("CAF-001", "1"), ("SAV-200", "1")])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("9999999999999", "9999999999999"),
        ("6130000000002", "no longer sold"),
        ("6130000000019", "TVA99"),
        ("0*6130000012345", "more than zero"),
        ("1,5*6130000012345", "by the piece"),
        ("6130000012345*6130000012345", "too much"),
    ],
)
def test_what_cannot_be_sold_says_so_and_changes_nothing(
    page: TillPage, qtbot: QtBot, code: str, words: str
) -> None:
    scan(page, "6130000033321")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)

    scan(page, code)

    qtbot.waitUntil(lambda: words in page.notices.bar.text)
    assert ticket(page) == [("SAV-200", "1")]


def test_keys_change_the_current_line(page: TillPage, qtbot: QtBot) -> None:
    scan(page, "6130000012345")
    scan(page, "OLI-KG")
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)

    scan(page, "0,750*")
    qtbot.waitUntil(lambda: ticket(page)[1] == ("OLI-KG", "0.750"))
    press(page.scan, Key.Key_Up)
    type_into(page.scan, "+")
    type_into(page.scan, "+")
    assert ticket(page)[0] == ("CAF-001", "3")
    type_into(page.scan, "-")
    assert ticket(page)[0] == ("CAF-001", "2")
    press(page.scan, Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert ticket(page) == [("OLI-KG", "0.750")]
    press(page.scan, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(ticket(page)) == 2
    press(page.scan, Key.Key_F3)
    assert page.scan.selectedText() == "0.75"


def test_words_find_products_in_arabic_and_in_french(page: TillPage, qtbot: QtBot) -> None:
    type_into(page.scan, "زيتون")
    qtbot.waitUntil(page.popup.isVisible)
    assert {o.product.code for o in page.popup.model.rows} == {"HUI-005", "OLI-KG"}
    page.scan.clear()

    type_into(page.scan, "2*huile d")
    qtbot.waitUntil(lambda: [o.product.code for o in page.popup.model.rows] == ["HUI-005"])
    press(page.scan, Key.Key_Return)

    qtbot.waitUntil(lambda: ticket(page) == [("HUI-005", "2")])
    assert not page.popup.isVisible()
    assert page.scan.text() == ""


def test_what_is_not_there_is_shown_but_sold(page: TillPage, qtbot: QtBot) -> None:
    scan(page, "5*6130000098764")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)

    assert page.model.index(0, 3).data() == "short by 1"
    assert page.pay.isEnabled()


def test_too_little_cash_is_refused_and_the_ticket_stays(
    page: TillPage, station: Workstation, qtbot: QtBot
) -> None:
    scan(page, "6130000012345")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    press(page.scan, Key.Key_F12)
    type_into(page.cash.field, "1000")

    press(page.cash.field, Key.Key_Return)

    qtbot.waitUntil(lambda: "450.00" in page.notices.bar.text)
    assert ticket(page) == [("CAF-001", "1")]
    assert payloads(station) == []


def test_a_printer_that_fails_undoes_no_sale(
    page: TillPage, station: Workstation, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    choose_printer(station, "kitchen")
    scan(page, "6130000012345")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)

    press(page.scan, Key.Key_F12)
    press(page.cash.field, Key.Key_Return)

    qtbot.waitUntil(lambda: "ALG-01-000001" in page.notices.bar.text)
    assert len(payloads(station)) == 1


def test_the_open_ticket_survives_a_crash(page: TillPage, backend: Backend, qtbot: QtBot) -> None:
    scan(page, "2*6130000012345")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)

    again = show(TillPage(backend), qtbot)

    qtbot.waitUntil(lambda: ticket(again) == [("CAF-001", "2")])
    assert again.selling.ticket.totals.total == 2900


def test_a_ticket_that_was_paid_does_not_come_back_after_a_crash(
    page: TillPage, backend: Backend, station: Workstation, qtbot: QtBot
) -> None:
    scan(page, "6130000012345")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    kept = memory.current().drafts.load("till.ticket")
    press(page.scan, Key.Key_F12)
    press(page.cash.field, Key.Key_Return)
    qtbot.waitUntil(lambda: len(payloads(station)) == 1 and page.model.rows == [])
    memory.current().drafts.save("till.ticket", kept or {})

    again = show(TillPage(backend), qtbot)

    qtbot.waitUntil(lambda: again.selling.last is not None)
    assert ticket(again) == []


def test_the_page_follows_the_language(page: TillPage, qtbot: QtBot) -> None:
    scan(page, "6130000012345")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)

    language.use("ar")

    assert page.model.index(0, 1).data() == "قهوة حبة كاملة 1 كغ"
    assert page.cash.due.text().endswith("دج")


@pytest.mark.usefixtures("loop")
def test_without_a_key_to_sign_with_nothing_is_sold(station: Workstation, qtbot: QtBot) -> None:
    open_drawer(station, wall_clock.now())
    with ThreadPoolExecutor(1) as threads:
        backend = Backend(NO_DATABASE, make_user("till.ticket.sell"), threads, station)
        page = show(TillPage(backend), qtbot)
        scan(page, "6130000012345")
        qtbot.waitUntil(lambda: len(page.model.rows) == 1)

        press(page.scan, Key.Key_F12)
        press(page.cash.field, Key.Key_Return)

        qtbot.waitUntil(lambda: "Sign out" in page.notices.bar.text)
        assert payloads(station) == []
        backend.close()
