"""Amounts in words, as the law wants them on an invoice: Arabic, French and English.

Arabic stands in the nominative, as after “قدره:”. All that is counted here is masculine, so the
numerals from three to ten take their feminine form; the noun agrees with the last two digits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.money import CURRENCIES, round_money

_LIMIT = 10**15


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


_ARABIC = {
    "DZD": _Counted(
        "دينار جزائري واحد", "دينار جزائري", "ديناران جزائريان", "دنانير جزائرية", "دينارًا جزائريًا"
    ),
    "MAD": _Counted("درهم واحد", "درهم", "درهمان", "دراهم", "درهمًا"),
    "TND": _Counted(
        "دينار تونسي واحد", "دينار تونسي", "ديناران تونسيان", "دنانير تونسية", "دينارًا تونسيًا"
    ),
}
_ARABIC_CENTIME = _Counted("سنتيم واحد", "سنتيم", "سنتيمان", "سنتيمات", "سنتيمًا")
_ARABIC_MILLIME = _Counted("مليم واحد", "مليم", "مليمان", "مليمات", "مليمًا")
_ARABIC_SCALES = (
    (10**9, _Counted("مليار", "مليار", "ملياران", "مليارات", "مليارًا", "مليارا", "مليار")),
    (10**6, _Counted("مليون", "مليون", "مليونان", "ملايين", "مليونًا", "مليونا", "مليون")),
    (10**3, _Counted("ألف", "ألف", "ألفان", "آلاف", "ألفًا", "ألفا", "ألف")),
)
# fmt: off
_ARABIC_UNITS = (
    "", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة",
    "أحد عشر", "اثنا عشر", "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر",
    "ثمانية عشر", "تسعة عشر",
)
_ARABIC_TENS = (
    "", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون",
)
_ARABIC_HUNDREDS = (
    "", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة",
)
_FRENCH_UNITS = (
    "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
_FRENCH_TENS = (
    "", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt",
    "quatre-vingt",
)
_ENGLISH_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_ENGLISH_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)
# fmt: on
_TWO_HUNDRED_OF = "مئتا"
_FRENCH_SCALES = ((10**9, "milliard"), (10**6, "million"))
_ENGLISH_SCALES = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (10**3, "thousand"),
)

# One and many; the last word of “dinars algériens” carries its plural too.
_FRENCH = {
    "DZD": ("dinar algérien", "dinars algériens"),
    "MAD": ("dirham", "dirhams"),
    "TND": ("dinar tunisien", "dinars tunisiens"),
}
_ENGLISH = {
    "DZD": ("Algerian dinar", "Algerian dinars"),
    "MAD": ("Moroccan dirham", "Moroccan dirhams"),
    "TND": ("Tunisian dinar", "Tunisian dinars"),
}
_PARTS = {2: ("centime", "centimes"), 3: ("millime", "millimes")}


def amount_in_words(amount: Decimal, currency: str, language: str) -> str:
    """Return an amount in words, rounded to its currency, such as “deux cents dirhams”.

    Raises:
        ValueError: It is a thousand billions or more, or no number.
    """
    money = CURRENCIES[currency]
    if not amount.is_finite() or abs(amount) >= _LIMIT:
        raise ValueError(repr(amount))
    rounded = round_money(amount, money)
    whole, fraction = divmod(int(abs(rounded).scaleb(money.decimals)), 10**money.decimals)
    minus, both, say = _LANGUAGES.get(language, _LANGUAGES["en"])
    parts = [say(number, currency, is_fraction) for number, is_fraction in _said(whole, fraction)]
    return (minus if rounded < 0 else "") + both.join(parts)


def _said(whole: int, fraction: int) -> Iterator[tuple[int, bool]]:
    """What is nought is not said, unless there is nothing else."""
    if whole or not fraction:
        yield whole, False
    if fraction:
        yield fraction, True


def _arabic(number: int, currency: str, is_fraction: bool) -> str:  # noqa: FBT001 - one of three alike
    noun = _ARABIC[currency]
    if is_fraction:
        noun = _ARABIC_CENTIME if CURRENCIES[currency].decimals == 2 else _ARABIC_MILLIME
    return _arabic_counted(number, noun) if number else f"صفر {noun.single}"


def _arabic_counted(number: int, noun: _Counted, *, leads: bool = False) -> str:
    """Return so many of a noun; `leads` if another noun follows that is counted by this one."""
    tail = number % 100
    if number == 1:
        return noun.one
    if number == 2:
        return noun.two_of if leads else noun.two
    if tail in {1, 2}:
        # ألف دينار ودينار: one and two say themselves, apart from the hundreds.
        rest = _arabic_counted(number - tail, noun)
        return f"{rest} و{_arabic_counted(tail, noun, leads=leads)}"
    form = noun.single
    if 3 <= tail <= 10:
        form = noun.plural
    elif tail:
        form = noun.many_of if leads else noun.many
    return f"{_arabic_numeral(number)} {form}"


def _arabic_numeral(number: int) -> str:
    """Return a number that stands in front of what it counts."""
    parts: list[str] = []
    for value, scale in _ARABIC_SCALES:
        count, number = divmod(number, value)
        if count:
            parts.append(_arabic_counted(count, scale, leads=not number))
    hundreds, tail = divmod(number, 100)
    if hundreds:
        parts.append(_TWO_HUNDRED_OF if number == 200 else _ARABIC_HUNDREDS[hundreds])
    if 0 < tail < 20:
        parts.append(_ARABIC_UNITS[tail])
    elif tail:
        tens, units = divmod(tail, 10)
        parts += filter(None, [_ARABIC_UNITS[units], _ARABIC_TENS[tens]])
    return " و".join(parts)


def _french(number: int, currency: str, is_fraction: bool) -> str:  # noqa: FBT001 - same
    one, many = _PARTS[CURRENCIES[currency].decimals] if is_fraction else _FRENCH[currency]
    noun = many if number > 1 else one
    of = "de " if number and not number % 10**6 else ""
    return f"{_french_numeral(number) or 'zéro'} {of}{noun}"


def _french_numeral(number: int) -> str:
    parts: list[str] = []
    for value, scale in _FRENCH_SCALES:
        count, number = divmod(number, value)
        if count:
            parts.append(f"{_french_numeral(count)} {scale}{'s' * (count > 1)}")
    thousands, rest = divmod(number, 1000)
    if thousands > 1:
        # “Mille” is a numeral, not a noun: cent and vingt stay without s before it.
        parts.append(_french_below_1000(thousands, agrees=False))
    if thousands:
        parts.append("mille")
    if rest:
        parts.append(_french_below_1000(rest, agrees=True))
    return " ".join(parts)


def _french_below_1000(number: int, *, agrees: bool) -> str:
    hundreds, tail = divmod(number, 100)
    parts: list[str] = []
    if hundreds > 1:
        parts.append(_FRENCH_UNITS[hundreds])
    if hundreds:
        parts.append("cents" if agrees and hundreds > 1 and not tail else "cent")
    if tail:
        parts.append(_french_below_100(tail, agrees=agrees))
    return " ".join(parts)


def _french_below_100(number: int, *, agrees: bool) -> str:
    if number < 20:
        return _FRENCH_UNITS[number]
    tens = number // 10
    units = number - 10 * tens + (10 if tens in {7, 9} else 0)
    if not units:
        return _FRENCH_TENS[tens] + "s" * (tens == 8 and agrees)
    if units in {1, 11} and tens < 8:
        return f"{_FRENCH_TENS[tens]} et {_FRENCH_UNITS[units]}"
    return f"{_FRENCH_TENS[tens]}-{_FRENCH_UNITS[units]}"


def _english(number: int, currency: str, is_fraction: bool) -> str:  # noqa: FBT001 - same
    one, many = _PARTS[CURRENCIES[currency].decimals] if is_fraction else _ENGLISH[currency]
    return f"{_english_numeral(number) or 'zero'} {one if number == 1 else many}"


def _english_numeral(number: int) -> str:
    parts: list[str] = []
    for value, scale in _ENGLISH_SCALES:
        count, number = divmod(number, value)
        if count:
            parts.append(f"{_english_numeral(count)} {scale}")
    hundreds, tail = divmod(number, 100)
    if hundreds:
        parts.append(f"{_ENGLISH_UNITS[hundreds]} hundred")
    if tail and parts:
        parts.append("and")
    if 0 < tail < 20:
        parts.append(_ENGLISH_UNITS[tail])
    elif tail:
        tens, units = divmod(tail, 10)
        parts.append("-".join(filter(None, [_ENGLISH_TENS[tens], _ENGLISH_UNITS[units]])))
    return " ".join(parts)


# How each language says a minus, joins dinars and centimes, and counts.
_LANGUAGES: dict[str, tuple[str, str, Callable[[int, str, bool], str]]] = {
    "ar": ("ناقص ", " و", _arabic),
    "fr": ("moins ", " et ", _french),
    "en": ("minus ", " and ", _english),
}
