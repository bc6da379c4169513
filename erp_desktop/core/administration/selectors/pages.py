"""What all lists of the administration share."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from erp_desktop.core.search import fold

PAGE_SIZE = 200

Conditions = Iterable[tuple[object, ColumnElement[bool]]]


def asked(conditions: Conditions) -> list[ColumnElement[bool]]:
    """Return the conditions whose value was asked for."""
    return [condition for value, condition in conditions if value]


def has_words(folded: Any, text: str) -> ColumnElement[bool]:
    """Whether every word typed stands somewhere in a folded column."""
    words = fold(text).split()
    return and_(true(), *(folded.contains(word, autoescape=True) for word in words))
