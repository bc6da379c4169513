"""Keyboards: where each key is, and what it types under the three layouts of our desks."""

import sys
from collections.abc import Callable

from erp_desktop.ui import scan_codes

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
