"""Values that JSON does not know, packed so that they come back as they were."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

_KINDS: dict[str, Callable[[str], Any]] = {
    "Decimal": Decimal,
    "date": date.fromisoformat,
    "UUID": UUID,
}


def packed(value: Any) -> Any:
    """Return `value` as JSON can keep it."""
    kind = type(value).__name__
    if kind == "tuple":
        return [packed(each) for each in value]
    return {kind: str(value)} if kind in _KINDS else value


def unpacked(value: Any) -> Any:
    """Return what `packed` was given; a tuple comes back as a list."""
    if isinstance(value, dict) and len(value) == 1:
        kind, text = next(iter(value.items()))
        return _KINDS[kind](text) if kind in _KINDS else value
    return value
