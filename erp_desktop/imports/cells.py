"""What stands in one cell, as text, and what a spreadsheet has made of it."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

# A spreadsheet keeps 15 digits of a number; what stands behind them was never typed.
_DIGITS_KEPT = 15
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


class Figure(str):
    """What a spreadsheet keeps as a number: written with a point, never to be read in two ways."""

    __slots__ = ()


class Moment(str):
    """What a spreadsheet keeps as a date or a time: `2026-11-30`, `14:05:00`, or both."""

    __slots__ = ()


def text_of(value: Any) -> str:
    """Return what a spreadsheet's cell holds as text, without the noise of binary fractions."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return Figure(_plain(value))
    if isinstance(value, datetime):
        return Moment(value.isoformat(" ") if value.time() != time() else f"{value:%Y-%m-%d}")
    if isinstance(value, date | time):
        return Moment(value.isoformat())
    return str(value)


def _plain(value: float) -> str:
    """Write a number as it was typed; beyond 15 digits, where some are lost, with an exponent."""
    shortest = f"{value:.{_DIGITS_KEPT}g}"
    return f"{Decimal(shortest):f}" if "e-" in shortest else shortest


def clean(cell: str) -> str:
    """Return a cell without what spreadsheets put around it: blanks, `="…"`, our formula guard."""
    if isinstance(cell, Figure | Moment):
        return cell
    text = (cell if cell.isprintable() else CONTROL.sub("", cell)).strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text[1:].strip() if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text
