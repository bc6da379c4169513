"""What every page can do: ask without waiting, say what happened, keep what was typed."""

import asyncio
import logging
import platform
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from erp_desktop import __version__
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.notices import Notices
from erp_desktop.ui.parts import Tone, kind
from erp_desktop.ui.tasks import Tasks
from erp_desktop.ui.work import Work

APOLOGY = N_(
    "Something went wrong in the program. What you typed is still here. Try again; if it "
    "happens once more, copy the details and send them to your administrator."
)

Deed = Callable[..., Awaitable[Any]]


class Page(QWidget):
    """The base of all pages; presenters do the thinking, the page shows and forwards.

    Hand `start_latest` and `start_once` a presenter's coroutine function and its arguments.
    Only here are errors caught: a `UserError` is shown as it stands; anything else is logged,
    and the user reads an apology with details to copy.

    Signals:
        opens: Id of a page to open and an argument for it; the shell listens.
        renamed: The tab's new title, such as a document's number.
        closes: The page is done and wants to be closed.
        broke: Something that is our fault; the shell notes it in the module's log.
    """

    opens = Signal(str, object)
    renamed = Signal(str)
    closes = Signal()
    broke = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kind(self, "ground")
        self._tasks = Tasks()
        self._notices: Notices | None = None
        self._is_seen = False

    def open(self, argument: Any) -> None:
        """Show what another page asked for: an id, or nothing."""

    def unsaved(self) -> str:
        """Name what would be lost if the page were closed now; empty if nothing."""
        return ""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved, or given up."""

    def state(self) -> dict[str, Any]:
        """Return JSON values from which `restore` brings the page back after a restart."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Come back as `state` says."""

    def on_first_show(self) -> None:
        """Ask for what the page shows; a restored tab asks only when it is looked at."""

    def on_return(self) -> None:
        """Ask again, if the page shows what others change: its tab came back to the front."""

    def on_scan(self, text: str) -> bool:
        """Take a scanned code; False lets it be typed into the field that has the focus."""
        return not text

    def refuse(self, error: UserError) -> None:
        """Show a refusal; a form shows it under the field it concerns."""
        self.say(error.sentence(), "warn")

    def start_latest(self, function: Deed, /, *args: Any, **kwargs: Any) -> None:
        """Start a question; an older one of the same function is dropped: the newest wins."""
        self._tasks.start(function, self._guard(function, args, kwargs))

    def start_once(self, function: Deed, /, *args: Any, **kwargs: Any) -> bool:
        """Start a deed, unless the same deed is still on its way."""
        if self.is_busy(function):
            return False
        self._tasks.start(function, self._guard(function, args, kwargs))
        return True

    def start_work(self, title: str, function: Deed, /, *args: Any, **kwargs: Any) -> bool:
        """Start long work: `function(work, …)`, with progress, an estimate and Cancel.

        Args:
            title: What is being done, marked `N_`.
            function: Takes a `Work` first and hands it to `backend.run`.
            args: What it takes besides.
            kwargs: And by name.
        """
        if self.is_busy(function):
            return False
        self._tasks.start(function, self._show_work(title, function, args, kwargs))
        return True

    def is_busy(self, function: Deed) -> bool:
        """Whether this deed is on its way."""
        return function in self._tasks

    @property
    def is_at_work(self) -> bool:
        """Whether anything is on its way: a question, a deed, long work."""
        return bool(self._tasks)

    def say(self, message: str, tone: Tone = "ok", *, details: str = "") -> None:
        """Tell the user something, already translated; tones: ok, warn, bad."""
        self.notices.bar.show_message(message, tone, details)

    def apologise(self, error: BaseException) -> None:
        """Log what is our fault and offer the details for copying."""
        logger = logging.getLogger(type(self).__module__)
        logger.error("%s failed", type(self).__name__, exc_info=error)
        self.say(_(APOLOGY), "bad", details=details_of(error, type(self).__name__))
        self.broke.emit(error)

    def stop(self) -> None:
        """Drop every question, and ask none more; the page is about to go."""
        self._tasks.end()

    @property
    def notices(self) -> Notices:
        """Where messages stand: at the top, unless the page has placed them elsewhere."""
        if self._notices is None:
            self._notices = Notices(self)
            layout = self.layout()
            if isinstance(layout, QBoxLayout):
                layout.insertWidget(0, self._notices)
        return self._notices

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_seen:
            self._is_seen = True
            self.on_first_show()
        elif not event.spontaneous():
            self.on_return()

    async def _guard(
        self, function: Deed, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> None:
        try:
            await function(*args, **kwargs)
        except UserError as error:
            self.refuse(error)
        except Exception as error:  # noqa: BLE001 - the one place that catches everything
            self.apologise(error)

    async def _show_work(
        self, title: str, function: Deed, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> None:
        work = Work()
        panel = self.notices.add_work(title, work)
        try:
            await self._guard(function, (work, *args), kwargs)
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            # What a thread has told and the window has not heard yet comes too late.
            work.on_progress = None
            if shiboken6.isValid(self):
                self.notices.remove_work(panel)


def page_of(widget: QWidget) -> Any:
    """Return the page in which `widget` stands; a dialog's is the one that it belongs to.

    Raises:
        LookupError: It stands in none.
    """
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, Page):
            return around
        around = around.parentWidget()
    message = f"{type(widget).__name__} stands in no page"
    raise LookupError(message)


def details_of(error: BaseException, where: str) -> str:
    """Return what a developer needs to know about a fault, as text to copy."""
    trace = "".join(traceback.format_exception(error))
    return f"ERP Desktop {__version__} · {platform.platform()} · {where}\n\n{trace}"
