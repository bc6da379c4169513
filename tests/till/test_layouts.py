"""A whole sale without a mouse, under each keyboard layout of our desks."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from erp_desktop.ui.layouts import LatinKeys
from erp_desktop.ui.scanner import ScanRouter
from erp_desktop.workstation.workstation import Workstation
from modules.till.widgets.till_page import TillPage
from tests.till.test_whole_day import COFFEE, SUGAR, told, window
from tests.till.test_whole_day import page as page  # noqa: PLC0414 - a fixture
from tests.till.test_whole_day import shop as shop  # noqa: PLC0414 - a fixture
from tests.ui.layouts import LAYOUTS, PLACES

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Key = Qt.Key
# The digits of a person: an Arabic keyboard may have its own, a French one wants Shift for ours.
DIGITS = {"US": "0123456789", "AZERTY": "à&é\"'(-è_ç", "Arabic": "٠١٢٣٤٥٦٧٨٩"}


class NoMouse(QObject):
    """Fails the test that touches the mouse."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        assert event.type() not in {
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.Wheel,
        }
        return False


class Keyboard:
    """Presses keys under a layout: as slowly as a person, as quickly as a scanner."""

    def __init__(self, layout: str) -> None:
        self.layout = layout
        self._now = 1000

    def press(self, text: str, *, after: int, key: int = 0, place: int = 0) -> None:
        """Press one key where the focus is, so many milliseconds after the one before."""
        self._now += after
        target = QApplication.focusWidget()
        assert target is not None
        none = Qt.KeyboardModifier.NoModifier
        code = key or ord(text.upper()[0])
        event = QKeyEvent(QEvent.Type.KeyPress, code, none, place, 0, 0, text)
        event.setTimestamp(self._now)
        QCoreApplication.sendEvent(target, event)

    def named(self, key: Qt.Key) -> None:
        """Press a key without a letter."""
        self.press("", after=200, key=key)

    def type(self, text: str, router: ScanRouter) -> None:
        """Type digits and signs as a person does at this keyboard."""
        for letter in text:
            typed = DIGITS[self.layout][int(letter)] if letter.isdigit() else letter
            self.press(typed, after=120)
            router.release()

    def scan(self, code: str) -> None:
        """Scan a code: the scanner presses the keys of a US keyboard."""
        for letter in code:
            self.press(LAYOUTS[self.layout](letter), after=5, place=PLACES[letter][0])
        self.press("\r", after=5, key=Key.Key_Return)


@pytest.fixture
def router(page: TillPage) -> Iterator[ScanRouter]:
    """What stands between the keys and the page in the main window; no mouse."""
    made, latin, no_mouse = ScanRouter(), LatinKeys(page.window()), NoMouse()
    made.fallback = page.on_scan
    made.start()
    latin.start()
    QApplication.instance().installEventFilter(no_mouse)  # type: ignore[union-attr]
    yield made
    QApplication.instance().removeEventFilter(no_mouse)  # type: ignore[union-attr]
    latin.stop()
    made.stop()
    made.deleteLater()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_whole_sale_by_keys_alone(
    page: TillPage,
    shop: Workstation,
    router: ScanRouter,
    qtbot: QtBot,
    tmp_path: Path,
    layout: str,
) -> None:
    keyboard = Keyboard(layout)
    keyboard.named(Key.Key_F12)
    opening = window(page, "OpeningDialog", qtbot)
    qtbot.waitUntil(opening.grid.fields[0].hasFocus)
    keyboard.type("5", router)
    for _field in (*opening.grid.fields, opening.main):
        keyboard.named(Key.Key_Return)
    qtbot.waitUntil(lambda: page.selling.session is not None and page.scan.hasFocus())

    keyboard.scan(COFFEE)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    keyboard.type("3*", router)
    keyboard.scan(SUGAR)
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    keyboard.type("5%", router)
    keyboard.named(Key.Key_Return)
    qtbot.waitUntil(lambda: page.selling.ticket.totals.discount > 0)
    keyboard.named(Key.Key_F12)
    qtbot.waitUntil(page.cash.field.hasFocus)
    keyboard.type("2000", router)
    keyboard.named(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told(shop, "till.sell_v1")))

    (sold,) = told(shop, "till.sell_v1")
    assert [line["quantity"] for line in sold["lines"]] == ["1", "3"]
    # 1450 and three at 95 less 5 % on the second line; 18 of stamp, rounded to five.
    assert (sold["total"], sold["discount"]) == ("1720.75", "14.25")
    assert [Decimal(p["tendered"]) for p in sold["payments"]] == [2000]
    qtbot.waitUntil(lambda: list((tmp_path / "paper").rglob("*.pdf")) != [])
