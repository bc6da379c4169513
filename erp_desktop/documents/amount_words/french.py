"""Amounts in French words, spelled as before the reform of 1990, as notaries do."""

from erp_desktop.core.money import CURRENCIES

# fmt: off
_UNITS = (
    "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
_TENS = (
    "", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt",
    "quatre-vingt",
)
# fmt: on
_SCALES = ((10**9, "milliard"), (10**6, "million"))
_MONEY = {
    "DZD": ("dinar algérien", "dinars algériens"),
    "MAD": ("dirham", "dirhams"),
    "TND": ("dinar tunisien", "dinars tunisiens"),
}
_PARTS = {2: ("centime", "centimes"), 3: ("millime", "millimes")}


def say(number: int, currency: str, *, is_fraction: bool) -> str:
    """Return so many dinars, or so many of their parts."""
    one, many = _PARTS[CURRENCIES[currency].decimals] if is_fraction else _MONEY[currency]
    noun = many if number > 1 else one
    of = "de " if number and not number % 10**6 else ""
    return f"{_numeral(number) or 'zéro'} {of}{noun}"


def _numeral(number: int) -> str:
    parts: list[str] = []
    for value, scale in _SCALES:
        count, number = divmod(number, value)
        if count:
            parts.append(f"{_numeral(count)} {scale}{'s' * (count > 1)}")
    thousands, rest = divmod(number, 1000)
    if thousands > 1:
        # “Mille” is a numeral, not a noun: cent and vingt stay without s before it.
        parts.append(_below_1000(thousands, agrees=False))
    if thousands:
        parts.append("mille")
    if rest:
        parts.append(_below_1000(rest, agrees=True))
    return " ".join(parts)


def _below_1000(number: int, *, agrees: bool) -> str:
    hundreds, tail = divmod(number, 100)
    parts: list[str] = []
    if hundreds > 1:
        parts.append(_UNITS[hundreds])
    if hundreds:
        parts.append("cents" if agrees and hundreds > 1 and not tail else "cent")
    if tail:
        parts.append(_below_100(tail, agrees=agrees))
    return " ".join(parts)


def _below_100(number: int, *, agrees: bool) -> str:
    if number < 20:
        return _UNITS[number]
    tens = number // 10
    units = number - 10 * tens + (10 if tens in {7, 9} else 0)
    if not units:
        return _TENS[tens] + "s" * (tens == 8 and agrees)
    if units in {1, 11} and tens < 8:
        return f"{_TENS[tens]} et {_UNITS[units]}"
    return f"{_TENS[tens]}-{_UNITS[units]}"
