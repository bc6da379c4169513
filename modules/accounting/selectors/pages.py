"""Pages of lists: how much is read at once, and from where on."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, tuple_

from erp_desktop.core.context import Context

PAGE_SIZE = 200
R = TypeVar("R")


def newest_page(
    ctx: Context, kind: type[R], query: Select[Any], place: Sequence[Any], after: R | None
) -> list[R]:
    """Return one page of a list, the newest first.

    Args:
        ctx: The transaction to read in.
        kind: What a row is.
        query: All rows.
        place: Columns by which they are ordered, together unlike in all rows.
        after: The last row of the page before; none for the first.
    """
    query = query.limit(PAGE_SIZE)
    if after is not None:
        reached = tuple(getattr(after, column.name) for column in place)
        query = query.where(tuple_(*place) < reached)
    return ctx.rows(kind, query.order_by(*(column.desc() for column in place)))
