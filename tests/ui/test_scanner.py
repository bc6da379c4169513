"""Scans under every keyboard layout, and people's typing left alone."""

import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from erp_desktop.core.gs1 import is_ean
from erp_desktop.ui import scan_codes
from erp_desktop.ui.scan_codes import Stroke, decode
from erp_desktop.ui.scanner import ScanRouter

_SHIFT = 8 if sys.platform.startswith("linux") else 0
PLACES = {
    letter: (place + _SHIFT, letter == shifted and plain != shifted)
    for place, (plain, shifted) in scan_codes._POSITIONS.items()
    for letter in (plain, shifted)
}
AZERTY = dict(zip("1234567890qawzQAWZm", "&é\"'(-è_çàaqzwAQZW,", strict=True))
ARABIC = dict(
    zip("qwertyuiop[]asdfghjkl;'zxcvnm,./`", "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ", strict=True)
) | {"b": "لا"}
LAYOUTS: dict[str, Callable[[str], str]] = {
    "US": lambda letter: letter,
    "AZERTY": lambda letter: AZERTY.get(letter, letter),
    "Arabic": lambda letter: ARABIC.get(letter.lower(), letter),
}


def strokes(code: str, layout: str, *, positions: bool = True) -> list[Stroke]:
    return [
        Stroke(LAYOUTS[layout](letter), PLACES[letter][0] if positions else 0, PLACES[letter][1])
        for letter in code
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "code", ["6130000012348", "96385074", "HA112", "abc-123", "TK-ALG-01-000042"]
)
def test_a_scan_means_the_same_under_every_layout(code: str, layout: str) -> None:
    assert decode(strokes(code, layout)) == code


@pytest.mark.parametrize("layout", LAYOUTS)
def test_without_positions_the_check_digit_finds_the_right_reading(layout: str) -> None:
    assert decode(strokes("5449000000996", layout, positions=False)) == "5449000000996"


def test_a_scanner_that_speaks_azerty_to_azerty_is_believed() -> None:
    typed = [Stroke(digit, PLACES[digit][0], shift=True) for digit in "5449000000996"]

    assert decode(typed) == "5449000000996"


def test_arabic_digits_are_digits() -> None:
    assert decode([Stroke(digit) for digit in "٥٤٤٩٠٠٠٠٠٠٩٩٦"]) == "5449000000996"


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_one_wrong_digit_is_no_ean(digits: str) -> None:
    code = next(digits + last for last in "0123456789" if is_ean(digits + last))

    assert not is_ean(code[:-1] + str((int(code[-1]) + 1) % 10))
    assert not is_ean(str((int(code[0]) + 1) % 10) + code[1:])


@pytest.fixture
def router() -> Iterator[ScanRouter]:
    made = ScanRouter()
    made.start()
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


_clock = [1000]


def press(target: QLineEdit, text: str, *, after: int, key: int = 0) -> None:
    """Press a key `after` so many milliseconds."""
    _clock[0] += after
    place, shift = PLACES.get(text, (0, False))
    modifiers = Qt.KeyboardModifier
    modifier = modifiers.ShiftModifier if shift else modifiers.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, key or ord(text.upper()), modifier, place, 0, 0, text)
    event.setTimestamp(_clock[0])
    QCoreApplication.sendEvent(target, event)


class Taker:
    """Takes every scan it is given."""

    def __init__(self) -> None:
        self.codes: list[str] = []

    def __call__(self, code: str) -> bool:
        """Take it."""
        self.codes.append(code)
        return True


def burst(target: QLineEdit, code: str, end: int = Qt.Key.Key_Return) -> None:
    """Press keys as a scanner does."""
    for letter in code:
        press(target, letter, after=5)
    press(target, "\r", after=5, key=end)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_burst_is_a_scan_and_no_field_sees_it(
    router: ScanRouter, field: QLineEdit, end: int
) -> None:
    router.fallback = taker = Taker()
    entered: list[bool] = []
    field.returnPressed.connect(lambda: entered.append(True))

    burst(field, "6130000012348", end)

    assert taker.codes == ["6130000012348"]
    assert field.text() == ""
    assert not entered


def test_what_a_person_types_arrives_in_order(
    router: ScanRouter, field: QLineEdit, qtbot: QtBot
) -> None:
    router.fallback = lambda _code: pytest.fail("a person is no scanner")
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))

    for letter in "cafe":
        press(field, letter, after=120)
    press(field, "\r", after=120, key=Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: field.text() == "cafe")
    assert entered == ["cafe"]


def test_two_quick_keys_and_enter_are_a_person(router: ScanRouter, field: QLineEdit) -> None:
    router.fallback = lambda _code: pytest.fail("too short for a scan")

    burst(field, "12")

    assert field.text() == "12"


@pytest.mark.usefixtures("router")
def test_a_held_key_is_typed_soon(field: QLineEdit, qtbot: QtBot) -> None:
    press(field, "x", after=500)

    qtbot.waitUntil(lambda: field.text() == "x", timeout=500)


def test_a_prefix_leads_to_its_own_taker(router: ScanRouter, field: QLineEdit) -> None:
    tickets, others = Taker(), Taker()
    router.route("TK-", tickets)
    router.fallback = others

    burst(field, "TK-000042")
    burst(field, "6130000012348")

    assert (tickets.codes, others.codes) == (["TK-000042"], ["6130000012348"])


def test_a_scan_that_nobody_takes_is_typed_into_the_field(
    router: ScanRouter, field: QLineEdit, qtbot: QtBot
) -> None:
    qtbot.waitUntil(field.hasFocus)
    router.fallback = lambda _code: False

    burst(field, "6130000012348")

    assert field.text() == "6130000012348"
