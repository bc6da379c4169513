"""Amounts in Arabic words, in the nominative, as after “قدره:”.

All that is counted here is masculine, so the numerals from three to ten take their feminine form;
the noun agrees with the last two digits.
"""

from dataclasses import dataclass

from erp_desktop.core.money import CURRENCIES


@dataclass(frozen=True, slots=True)
class _Counted:
    """An Arabic noun as numbers change it.

    Attributes:
        one: One of it, as it is said alone.
        single: After a hundred, a thousand and so on: genitive singular.
        two: Two of it.
        plural: After three to ten: genitive plural.
        many: After eleven to ninety-nine: accusative singular.
        two_of: Two of it, when what is counted follows: the dual loses its nun.
        many_of: The accusative, when what is counted follows: it loses its tanwin.
    """

    one: str
    single: str
    two: str
    plural: str
    many: str
    two_of: str = ""
    many_of: str = ""


_MONEY = {
    "DZD": _Counted(
        "دينار جزائري واحد", "دينار جزائري", "ديناران جزائريان", "دنانير جزائرية", "دينارًا جزائريًا"
    ),
    "MAD": _Counted("درهم واحد", "درهم", "درهمان", "دراهم", "درهمًا"),
    "TND": _Counted(
        "دينار تونسي واحد", "دينار تونسي", "ديناران تونسيان", "دنانير تونسية", "دينارًا تونسيًا"
    ),
}
_CENTIME = _Counted("سنتيم واحد", "سنتيم", "سنتيمان", "سنتيمات", "سنتيمًا")
_MILLIME = _Counted("مليم واحد", "مليم", "مليمان", "مليمات", "مليمًا")
_SCALES = (
    (10**9, _Counted("مليار", "مليار", "ملياران", "مليارات", "مليارًا", "مليارا", "مليار")),
    (10**6, _Counted("مليون", "مليون", "مليونان", "ملايين", "مليونًا", "مليونا", "مليون")),
    (10**3, _Counted("ألف", "ألف", "ألفان", "آلاف", "ألفًا", "ألفا", "ألف")),
)
# fmt: off
_UNITS = (
    "", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة",
    "أحد عشر", "اثنا عشر", "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر",
    "ثمانية عشر", "تسعة عشر",
)
_TENS = (
    "", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون",
)
_HUNDREDS = (
    "", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة",
)
# fmt: on
_TWO_HUNDRED_OF = "مئتا"


def say(number: int, currency: str, *, is_fraction: bool) -> str:
    """Return so many dinars, or so many of their parts."""
    noun = _MONEY[currency]
    if is_fraction:
        noun = _CENTIME if CURRENCIES[currency].decimals == 2 else _MILLIME
    return _counted(number, noun) if number else f"صفر {noun.single}"


def _counted(number: int, noun: _Counted, *, leads: bool = False) -> str:
    """Return so many of a noun; `leads` if another noun follows that is counted by this one."""
    tail = number % 100
    if number == 1:
        return noun.one
    if number == 2:
        return noun.two_of if leads else noun.two
    if tail in {1, 2}:
        # ألف دينار ودينار: one and two say themselves, apart from the hundreds.
        rest = _counted(number - tail, noun)
        return f"{rest} و{_counted(tail, noun, leads=leads)}"
    form = noun.single
    if 3 <= tail <= 10:
        form = noun.plural
    elif tail:
        form = noun.many_of if leads else noun.many
    return f"{_numeral(number)} {form}"


def _numeral(number: int) -> str:
    """Return a number that stands in front of what it counts."""
    parts: list[str] = []
    for value, scale in _SCALES:
        count, number = divmod(number, value)
        if count:
            parts.append(_counted(count, scale, leads=not number))
    hundreds, tail = divmod(number, 100)
    if hundreds:
        parts.append(_TWO_HUNDRED_OF if number == 200 else _HUNDREDS[hundreds])
    if 0 < tail < 20:
        parts.append(_UNITS[tail])
    elif tail:
        tens, units = divmod(tail, 10)
        parts += filter(None, [_UNITS[units], _TENS[tens]])
    return " و".join(parts)
