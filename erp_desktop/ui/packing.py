"""Values that JSON does not know, packed so that they come back as they were."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.links import LinkChoice

_KINDS: dict[str, Callable[[str], Any]] = {
    "Decimal": Decimal,
    "date": date.fromisoformat,
    "UUID": UUID,
}
_LINK = "LinkChoice"


def packed(value: Any) -> Any:
    """Return `value` as JSON can keep it."""
    kind = type(value).__name__
    if kind in {"tuple", "list"}:
        return [packed(each) for each in value]
    if isinstance(value, LinkChoice):
        # What the provider added is asked for again.
        return {_LINK: [packed(value.id), value.code, value.name, value.name_ar, value.note]}
    return {kind: str(value)} if kind in _KINDS else value


def unpacked(value: Any) -> Any:
    """Return what `packed` was given; a tuple comes back as a list."""
    if isinstance(value, dict) and len(value) == 1:
        kind, text = next(iter(value.items()))
        if kind == _LINK:
            return LinkChoice(unpacked(text[0]), *text[1:])
        return _KINDS[kind](text) if kind in _KINDS else value
    if isinstance(value, list):
        return [unpacked(each) for each in value]
    return value
