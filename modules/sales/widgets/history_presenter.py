"""The story of a shop's history: a file, what it holds, how it is meant, and booking it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from erp_desktop.core.errors import CancelledError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.work import Progress, Work
from modules.sales.history.booking import (
    ImportState,
    Loss,
    Setting,
    booking,
    get_setting,
    list_losses,
)
from modules.sales.history.history import History, read_history
from modules.sales.history.ids import import_id
from modules.sales.history.job import Job, Options
from modules.sales.history.losses import write_rejected


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user says of a file, as the form shows it.

    Attributes:
        share: In per cent.
        covers: Whether an opening receipt brings in what will be sold.
    """

    tax_code: str = ""
    rate: Decimal = Decimal(1)
    covers: bool = True
    share: Decimal = Decimal(50)

    def options(self) -> Options:
        """Return what is booked with."""
        return Options(self.tax_code, self.rate, self.share / 100 if self.covers else None)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Wish":
        """Return what an import was begun with."""
        share = kept["share"]
        percent = Decimal(share) * 100 if share else Decimal(50)
        return cls(kept["tax_code"], Decimal(kept["rate"]), share is not None, percent)


class HistoryView(Protocol):
    """All the presenter needs of whoever shows the history."""

    def show_history(self, history: History, setting: Setting, wish: Wish) -> None:
        """Show what a file holds; what was begun already goes on as it was meant."""

    def show_job(self, job: Job) -> None:
        """Show how the file will be booked."""

    def show_state(self, state: ImportState, losses: list[Loss]) -> None:
        """Show how far it is."""

    def show_busy(self, *, is_busy: bool) -> None:
        """Let nothing else be begun while a file is booked."""

    def say(self, message: str, tone: Any = "ok") -> None:
        """Tell the user something."""


class HistoryPresenter:
    """What the import of a history does, told without a widget."""

    def __init__(self, view: HistoryView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._history: History | None = None
        self._setting: Setting | None = None
        self._job: Job | None = None

    async def open_file(self, work: Work, path: Path) -> None:
        """Read a file, and ask how far it is booked already."""
        work.watched_by(lambda _work: None)
        history = await self._backend.thread(read_history, path, progress=work.report)
        first_on, last_on = history.days()
        identity = import_id(history.sha256)
        setting = await self._backend.ask(get_setting, identity, first_on, last_on)
        self._history, self._setting, self._job = history, setting, None
        state = setting.state
        wish = Wish.of(state.options) if state else Wish(setting.usual_tax().code)
        self._view.show_history(history, setting, wish)
        await self.plan(wish)
        if state:
            await self._show_state(state)

    async def plan(self, wish: Wish) -> None:
        """Find out how the file will be booked."""
        if self._history is None or self._setting is None:
            return
        begun = self._setting.state
        branch = begun.branch_id if begun else self._backend.user.branch.id
        currency = CURRENCIES[self._setting.currency]
        job = await self._backend.thread(Job.of, self._history, wish.options(), branch, currency)
        self._job = job
        self._view.show_job(job)

    async def book(self, work: Work) -> None:
        """Book the file, or what is left of it; what a cancelled import has booked stays."""
        job = self._job
        if job is None:
            return
        self._view.show_busy(is_busy=True)
        try:
            await self._show_state(await self._take_steps(work, job))
            self._view.say(_("The import is complete."))
        except CancelledError:
            await self._stopped(job)
        finally:
            self._view.show_busy(is_busy=False)

    async def _take_steps(self, work: Work, job: Job) -> ImportState:
        steps, answer, began = booking(job), None, time.monotonic()
        start: ImportState | None = None
        while True:
            try:
                step = steps.send(answer)
            except StopIteration as end:
                finished: ImportState = end.value
                return finished
            answer = await self._backend.run(work, step)
            if isinstance(answer, ImportState):
                start = start or answer
                _tell(work, start, answer, time.monotonic() - began)

    async def save_rejected(self, path: Path) -> None:
        """Write the rows that are on no document, with their reasons."""
        if self._history is not None:
            await self._backend.thread(write_rejected, path, self._history.rejected)
            said = _("Saved as {file}.")
            self._view.say(said.format(file=current().isolate(path.name)))

    async def _stopped(self, job: Job) -> None:
        first_on, last_on = job.history.days()
        setting = await self._backend.ask(get_setting, job.id, first_on, last_on)
        self._setting = setting
        if setting.state:
            await self._show_state(setting.state)
        self._view.say(
            _("Stopped. What is booked stays; go on whenever you like, with the same file."),
            "warn",
        )

    async def _show_state(self, state: ImportState) -> None:
        self._view.show_state(state, await self._backend.ask(list_losses, state.id))


def _tell(work: Work, start: ImportState, state: ImportState, elapsed: float) -> None:
    """Say how far it is: the estimate counts what was booked since now, not since ever."""
    if work.on_progress is not None:
        done, total = state.rows_done - start.rows_done, state.rows - start.rows_done
        work.on_progress(Progress(done, total, _(N_("Booking…")), elapsed))
