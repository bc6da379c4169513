"""What every list does, told without a widget: first rows, more rows, everything for an export."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

from erp_desktop.core.i18n import count
from erp_desktop.ui.filters import Query
from erp_desktop.ui.work import Work

R = TypeVar("R")
Shown_contra = TypeVar("Shown_contra", contravariant=True)


class ListView(Protocol[Shown_contra]):
    """All that `ListPresenter` needs of whoever shows the list."""

    def show_rows(self, rows: Sequence[Shown_contra], *, has_more: bool) -> None:
        """Show these rows instead of the ones before."""

    def add_rows(self, rows: Sequence[Shown_contra], *, has_more: bool) -> None:
        """Show these rows below."""


class ListPresenter(Generic[R]):
    """What every list does, and nothing else."""

    def __init__(
        self,
        view: ListView[R],
        load: Callable[[Query, R | None], Awaitable[Sequence[R]]],
        page_size: int,
    ) -> None:
        self._view = view
        self._load = load
        self._page_size = page_size
        self.query = Query()
        self._last: R | None = None

    async def find(self, query: Query) -> None:
        """Show the first rows of `query`."""
        self.query = query
        rows = await self._load(query, None)
        self._last = rows[-1] if rows else None
        self._view.show_rows(rows, has_more=len(rows) >= self._page_size)

    async def more(self) -> None:
        """Show the rows below the last."""
        query = self.query
        rows = await self._load(query, self._last)
        if query is self.query:  # the user may have asked for something else meanwhile
            self._last = rows[-1] if rows else self._last
            self._view.add_rows(rows, has_more=len(rows) >= self._page_size)

    async def everything(self, work: Work | None = None) -> list[R]:
        """Return every row of the list as it is filtered now, for an export.

        Raises:
            CancelledError: The user has cancelled `work`.
        """
        found: list[R] = []
        last: R | None = None
        while True:
            rows = await self._load(self.query, last)
            found.extend(rows)
            if work is not None:
                work.report(0, 0, count("{n} line read", "{n} lines read", len(found)))
            if len(rows) < self._page_size:
                return found
            last = rows[-1]
