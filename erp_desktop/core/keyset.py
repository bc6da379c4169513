"""Lists that are read page by page and searched by words; what was typed exactly comes first."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, false, or_, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY

from erp_desktop.core.search import terms


@dataclass(frozen=True, slots=True)
class Keyset:
    """The order of a list: by a column and then by id.

    Attributes:
        exact: Whether a row is exactly what was searched for; none where nothing was.
    """

    column: Any
    id: Any
    exact: ColumnElement[bool] | None = None
    descending: bool = False

    def ordering(self) -> list[ColumnElement[Any]]:
        """Return what the rows are ordered by."""
        own = [each.desc() if self.descending else each.asc() for each in (self.column, self.id)]
        return own if self.exact is None else [self.exact.desc(), *own]

    def below(self, value: Any, row_id: Any, *, is_exact: bool) -> ColumnElement[bool]:
        """Whether a row comes below one that has these in its two columns."""
        place, last = tuple_(self.column, self.id), tuple_(value, row_id)
        further = place < last if self.descending else place > last
        if self.exact is None:
            return further
        if is_exact:
            return or_(and_(self.exact, further), ~self.exact)
        return and_(~self.exact, further)


def begins_words(column: Any, text: str) -> ColumnElement[bool]:
    """Whether every word typed begins one of a `tsvector`; `terms` lets nothing else through."""
    words = terms(text)
    if not words:
        return false()
    query = " & ".join(f"'{word}':*" for word in words)
    matches: ColumnElement[bool] = column.bool_op("@@")(cast(query, TSQUERY))
    return matches
