"""What the printers' page does, told without a widget."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from erp_desktop.core.i18n import Words, _, in_language
from erp_desktop.documents.outlets import (
    KINDS,
    Kind,
    Outlet,
    choose_outlet,
    outlet_of,
    print_document,
    print_receipt,
    spool_of,
)
from erp_desktop.documents.printers import system_printers
from erp_desktop.documents.samples import sample_label, sample_page, sample_receipt
from erp_desktop.documents.spool import Job
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.parts import Tone

_SHOWN = 300


class PrintersView(Protocol):
    """All the presenter needs of whoever shows the printers."""

    def show_outlets(self, outlets: Sequence[tuple[Kind, Outlet]], names: Sequence[str]) -> None:
        """Show where each kind comes out, and the printers that the system knows."""

    def show_jobs(self, jobs: Sequence[Job]) -> None:
        """Show the queue."""

    def say(self, message: str, tone: Tone = "ok") -> None:
        """Tell the user something."""


class PrintersPresenter:
    """Chooses outlets, prints tests, and tends the queue."""

    def __init__(self, view: PrintersView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def open(self) -> None:
        """Show where each kind comes out, and what waits."""
        names = await self._backend.thread(system_printers)
        outlets = await self._backend.local(_outlets)
        self._view.show_outlets(outlets, names)
        await self.look()

    async def look(self) -> None:
        """Show the queue as it is now."""
        jobs = await self._backend.thread(_jobs, self._backend.workstation)
        self._view.show_jobs(jobs)

    async def save(self, outlets: Sequence[tuple[Kind, Outlet]]) -> None:
        """Let each kind come out where the user chose.

        Raises:
            PlaceMissingError: Nobody could find one of the places.
        """
        for kind, outlet in outlets:
            await self._backend.local(choose_outlet, kind, outlet)
        await self.open()
        self._view.say(_("Saved. A test print shows whether it works."))

    async def test(self, kind: Kind, words: Words, at: datetime) -> None:
        """Print something to look at.

        Raises:
            NoOutletError: Documents of this kind are not printed here.
        """
        station = self._backend.workstation
        failed = await self._backend.thread(_print_sample, station, kind, words, at)
        await self.look()
        if failed is None:
            self._view.say(_("The test print is on its way."))
        else:
            self._view.say(failed.trouble, "warn")

    async def print_again(self, jobs: Sequence[Job]) -> None:
        """Queue documents once more, and print."""
        await self._backend.thread(_again, self._backend.workstation, jobs)
        await self.look()

    async def set_aside(self, jobs: Sequence[Job]) -> None:
        """Take documents out of the queue."""
        await self._backend.thread(_set_aside, self._backend.workstation, jobs)
        await self.look()


def _outlets(workstation: Any) -> list[tuple[Kind, Outlet]]:
    return [(kind, outlet_of(workstation, kind)) for kind in KINDS]


def _jobs(workstation: Any) -> list[Job]:
    return spool_of(workstation).jobs()[::-1][:_SHOWN]


def _print_sample(workstation: Any, kind: Kind, words: Words, at: datetime) -> Job | None:
    company = workstation.enrolment.company
    name = in_language(words.language, company["name"], company.get("name_ar"))
    if kind == "receipt":
        receipt = sample_receipt(name, words, at)
        return print_receipt(workstation, receipt, words, at=at, opens_drawer=True)
    content = sample_page(name, words, at) if kind == "a4" else sample_label(name, words)
    return print_document(workstation, _("Test print"), content, kind=kind, at=at)


def _again(workstation: Any, jobs: Sequence[Job]) -> None:
    spool = spool_of(workstation)
    for job in jobs:
        spool.again(job)
    spool.print_waiting()


def _set_aside(workstation: Any, jobs: Sequence[Job]) -> None:
    for job in jobs:
        spool_of(workstation).set_aside(job)
