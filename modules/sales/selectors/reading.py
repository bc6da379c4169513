"""What PostgreSQL answers as JSON, as frozen values with types of their own."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

R = TypeVar("R")
_READERS: dict[type, Callable[[Any], Any]] = {
    UUID: UUID,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    tuple: tuple,
}


def typed(kind: type[R], given: Mapping[str, Any]) -> R:
    """Return a dataclass of what was given by the names of its fields; the rest is left out."""
    readers = _readers(cast("Any", kind))
    return kind(**{name: _read(reader, given[name]) for name, reader in readers.items()})


def _read(reader: Callable[[Any], Any] | None, value: Any) -> Any:
    return reader(value) if reader is not None and value is not None else value


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any] | None]:
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in fields(kind)}


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    if get_origin(hint) in {Union, UnionType}:
        return next(filter(None, map(_reader, get_args(hint))), None)
    return _READERS.get(get_origin(hint) or hint)
