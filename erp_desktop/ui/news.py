"""Asking for news every half minute, and leading to where each is dealt with."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from erp_desktop.core.errors import UserError
from erp_desktop.ui.notifications import Bell, Notice, NoticeSource

_EVERY_MS = 30_000


class News(QObject):
    """Keeps the bell up to date; a server that is away is no news."""

    def __init__(
        self,
        bell: Bell,
        source: NoticeSource | None,
        open_page: Callable[[str, Any], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bell = bell
        self._source = source
        self._open_page = open_page
        self._tasks: set[Any] = set()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        bell.chosen.connect(self._on_chosen)
        bell.all_read.connect(lambda: self._read([n.id for n in bell.notices]))
        bell.setVisible(source is not None)

    def start(self) -> None:
        """Ask now, and again and again."""
        if self._source is not None:
            self._timer.start()
            self.look()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()
        for task in tuple(self._tasks):
            task.cancel()

    def look(self) -> None:
        """Ask now."""
        if self._source is not None:
            self._run(self._ask(self._source))

    def _on_chosen(self, notice: Notice) -> None:
        self._read([notice.id])
        if notice.page:
            self._open_page(notice.page, notice.argument)

    def _read(self, ids: list[Any]) -> None:
        if self._source is not None:
            self._run(self._mark(self._source, ids))

    async def _ask(self, source: NoticeSource) -> None:
        try:
            self._bell.show_notices(await source.unread())
        except UserError:
            return
        except Exception:  # news are never worth stopping for
            logging.getLogger(__name__).exception("no news could be read")

    async def _mark(self, source: NoticeSource, ids: list[Any]) -> None:
        try:
            await source.mark_read(ids)
        except UserError:
            return
        await self._ask(source)

    def _run(self, coroutine: Any) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
