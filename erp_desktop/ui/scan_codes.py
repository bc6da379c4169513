"""What a scanner meant, whatever keyboard layout its keys went through (MAGHREB.md 7.3).

A scanner in keyboard mode presses the keys of a US keyboard. Under AZERTY or Arabic these type
other characters, so the position of each key decides; where positions are unknown, the typed text
is mapped back, and an EAN check digit says which reading is right.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from erp_desktop.core.gs1 import is_ean

# Positions of the main block as PC scan codes (set 1), which Windows reports and Linux adds 8 to.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
_POSITIONS = {
    start + place: (plain, shifted)
    for start, plains, shifts in _ROWS
    for place, (plain, shifted) in enumerate(zip(plains, shifts, strict=True))
} | {57: (" ", " ")}
_KEYPAD = dict(
    zip((71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83), "789-456+1230.", strict=True)
)

_AZERTY = str.maketrans(
    "&é\"'(-è_çà)aqzwAQZWm,;:!M?./§ù%",
    "1234567890-qawzQAWZ;m,./:M<>?'\"",
)
_ARABIC = str.maketrans(
    "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ",
    "qwertyuiop[]asdfghjkl;'zxcvnm,./`",
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key of a burst: what it typed, where it is, and whether Shift was down."""

    text: str
    position: int = 0
    shift: bool = False


def decode(strokes: Sequence[Stroke]) -> str:
    """Return the code that a burst of keys meant."""
    typed = "".join(stroke.text for stroke in strokes).translate(_DIGITS)
    readings = [typed, *_by_position(strokes), typed.translate(_AZERTY), _from_arabic(typed)]
    for reading in readings:
        if is_ean(reading):
            return reading
    return max(readings[1:], key=_likeness) if _likeness(typed) < 1 else _likelier(readings)


def _likelier(readings: Sequence[str]) -> str:
    """Prefer positions over text, unless positions give signs where the text is clean."""
    position = readings[1] if len(readings) == 4 else ""
    return position if position and _likeness(position) == 1 else readings[0]


def _by_position(strokes: Iterable[Stroke]) -> list[str]:
    letters = []
    for stroke in strokes:
        number = position_of(stroke.position)
        if number in _KEYPAD:
            letters.append(_KEYPAD[number])
        elif number in _POSITIONS:
            letters.append(_POSITIONS[number][stroke.shift])
        else:
            return []
    return ["".join(letters)]


def position_of(native: int) -> int:
    """Return the PC scan code behind what this system calls the key."""
    return native - 8 if sys.platform.startswith("linux") else native


def latin_at(native: int) -> str:
    """Return the US letter or digit at a position; shortcuts work so under every layout."""
    plain = _POSITIONS.get(position_of(native), ("", ""))[0]
    return plain.upper()


def _from_arabic(text: str) -> str:
    # One key types two letters: lam-alef stands where a US keyboard has B.
    return text.replace("لا", "b").replace("ﻻ", "b").translate(_ARABIC)


def _likeness(code: str) -> float:
    """Return how much `code` looks like one: the share of letters, digits and common signs."""
    if not code:
        return 0
    return sum(c.isascii() and (c.isalnum() or c in "-./ $+%") for c in code) / len(code)
