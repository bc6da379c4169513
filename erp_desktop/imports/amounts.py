"""Amounts as files have them: French and English separators, Arabic digits, a currency behind."""

import re
from decimal import Decimal

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬−", "01234567890123456789.'-")
_SILENT = re.compile("[\\s'’\u00a0\u202f\u200e\u200f\u061c\u2066-\u2069]")
_CURRENCY = re.compile(r"(?i)(dzd|mad|tnd|da|dh|dhs|dt|دج|د\.ج\.?|درهم|دينار|د\.م\.?|د\.ت\.?)$")
_NUMBER = re.compile(r"-?\d[\d.,]*")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}")
LIMIT = Decimal(10) ** 12


def read_amount(text: str) -> Decimal | None:
    """Return the number that `text` writes, or None if it writes none.

    The last separator is the decimal one, unless it comes more than once: then it groups.
    """
    plain = _CURRENCY.sub("", _SILENT.sub("", text.translate(_DIGITS)))
    if not _NUMBER.fullmatch(plain):
        return None
    sign = max(".,", key=plain.rfind)
    other = "," if sign == "." else "."
    if plain.count(sign) > 1:
        return None if other in plain else Decimal(plain.replace(sign, ""))
    return Decimal(plain.replace(other, "").replace(sign, "."))


def is_ambiguous(text: str, decimals: int) -> bool:
    """Whether `1,234` may be a thousand or a little more than one, where 2 decimals are usual."""
    plain = _CURRENCY.sub("", _SILENT.sub("", text.translate(_DIGITS)))
    return decimals < 3 and bool(_GROUPED.fullmatch(plain))
