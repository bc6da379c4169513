"""Amounts in words, as the law wants them on an invoice: Arabic, French and English."""

from collections.abc import Iterator
from decimal import Decimal

from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.documents.amount_words import arabic, english, french

_LIMIT = 10**15
# How each language says a minus, joins dinars and centimes, and counts.
_LANGUAGES = {
    "ar": ("ناقص ", " و", arabic.say),
    "fr": ("moins ", " et ", french.say),
    "en": ("minus ", " and ", english.say),
}


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
    parts = [
        say(number, currency, is_fraction=is_fraction)
        for number, is_fraction in _said(whole, fraction)
    ]
    return (minus if rounded < 0 else "") + both.join(parts)


def _said(whole: int, fraction: int) -> Iterator[tuple[int, bool]]:
    """What is nought is not said, unless there is nothing else."""
    if whole or not fraction:
        yield whole, False
    if fraction:
        yield fraction, True
