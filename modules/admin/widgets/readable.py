"""Data as people read it: names in the user's language, one fact a line, nothing in braces."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current

_NAMES = {
    "actor": N_("User"),
    "at": N_("When"),
    "barcode": N_("Barcode"),
    "branch_id": N_("Branch"),
    "cash": N_("Cash"),
    "change": N_("Change"),
    "code": N_("Code"),
    "currency": N_("Currency"),
    "is_active": N_("Active"),
    "language": N_("Language"),
    "lines": N_("Lines"),
    "login": N_("Login"),
    "name": N_("Name"),
    "name_ar": N_("Arabic name"),
    "number": N_("Number"),
    "prefix": N_("Prefix"),
    "price": N_("Price"),
    "product_id": N_("Product"),
    "quantity": N_("Quantity"),
    "role": N_("Role"),
    "tax_code": N_("Tax"),
    "tax_rate": N_("Tax rate"),
    "tendered": N_("Given in cash"),
    "total": N_("Total"),
    "unit": N_("Unit"),
    "unit_price": N_("Unit price"),
}
# What comes from a stranger must not fill the page, nor the stack.
_LONGEST, _DEEPEST, _MOST = 400, 5, 200
_AMOUNT = re.compile(r"-?\d{1,18}\.\d{1,6}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def named(key: str) -> str:
    """Return what people call a column or a field; unknown ones keep their own name."""
    return _(_NAMES[key]) if key in _NAMES else current().isolate(key.replace("_", " "))


def said(value: Any, depth: int = 0) -> str:
    """Return one value as people read it."""
    if depth > _DEEPEST:
        return "…"
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return "\n".join(_pair(key, said(each, depth + 1)) for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(said(each, depth + 1) for each in value)
    return _worded(str(value))


def _pair(key: str, value: str) -> str:
    return _("{name}: {value}").format(name=named(key), value=value)


def _worded(text: str) -> str:
    """Write amounts and moments as everywhere; everything else as it is."""
    words = current()
    if _AMOUNT.fullmatch(text):
        return words.isolate(words.number(Decimal(text), len(text.partition(".")[2])))
    if _MOMENT.match(text):
        try:
            return words.moment(wall_clock.local(datetime.fromisoformat(text)))
        except (ValueError, OverflowError):
            return words.isolate(text[:_LONGEST])
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return words.isolate(shown) if shown.isascii() else shown


def facts_of(payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return what a command says, one fact a line; each line of a document is one."""
    for key, value in islice(payload.items(), _MOST):
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for place, each in enumerate(value[:_MOST], 1):
                number = current().number(place)
                line = _("Line {number}").format(number=number)
                yield (line if key == "lines" else f"{named(key)} {number}"), said(_plain(each))
        else:
            yield named(key), said(value)


def _plain(line: Any) -> Any:
    """Return a line without its own id, which means nothing to people."""
    if not isinstance(line, Mapping):
        return line
    return {key: value for key, value in line.items() if key != "id"}
