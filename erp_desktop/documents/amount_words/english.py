"""Amounts in English words, as the British write them."""

from erp_desktop.core.money import CURRENCIES

# fmt: off
_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)
# fmt: on
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_MONEY = {
    "DZD": ("Algerian dinar", "Algerian dinars"),
    "MAD": ("Moroccan dirham", "Moroccan dirhams"),
    "TND": ("Tunisian dinar", "Tunisian dinars"),
}
_PARTS = {2: ("centime", "centimes"), 3: ("millime", "millimes")}


def say(number: int, currency: str, *, is_fraction: bool) -> str:
    """Return so many dinars, or so many of their parts."""
    one, many = _PARTS[CURRENCIES[currency].decimals] if is_fraction else _MONEY[currency]
    return f"{_numeral(number) or 'zero'} {one if number == 1 else many}"


def _numeral(number: int) -> str:
    parts: list[str] = []
    for value, scale in _SCALES:
        count, number = divmod(number, value)
        if count:
            parts.append(f"{_numeral(count)} {scale}")
    hundreds, tail = divmod(number, 100)
    if hundreds:
        parts.append(f"{_UNITS[hundreds]} hundred")
    if tail and parts:
        parts.append("and")
    if 0 < tail < 20:
        parts.append(_UNITS[tail])
    elif tail:
        tens, units = divmod(tail, 10)
        parts.append("-".join(filter(None, [_TENS[tens], _UNITS[units]])))
    return " ".join(parts)
