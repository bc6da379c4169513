"""The printers of this workstation: which takes what, a test of each, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.outlets import KINDS, Kind, Outlet
from erp_desktop.documents.spool import Job
from erp_desktop.ui import keys, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import Tone, button, card, column, label, row
from erp_desktop.ui.printers_form import KIND_TITLES, OutletForm
from erp_desktop.ui.printers_presenter import PrintersPresenter
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel

_TITLE_WIDTH = 104

STATES: dict[str, tuple[str, Tone]] = {
    "queued": (N_("waiting"), "warn"),
    "printing": (N_("being printed"), "warn"),
    "printed": (N_("printed"), "ok"),
    "failed": (N_("not printed"), "bad"),
}

COLUMNS: tuple[Column[Job], ...] = (
    Column(N_("When"), lambda job: current().moment(wall_clock.local(job.at)), width=150),
    Column(N_("Document"), lambda job: current().isolate(job.name), width=190),
    Column(N_("Kind"), lambda job: _(KIND_TITLES.get(job.kind, job.kind)), width=140),
    Column(
        N_("State"),
        lambda job: _(STATES[job.state][0]),
        width=140,
        tone=lambda job: STATES[job.state][1],
    ),
    Column(N_("Why"), lambda job: job.trouble),
)


@dataclass(frozen=True, slots=True)
class _Choice:
    """One kind of document: where it comes out, and its test print."""

    kind: Kind
    form: OutletForm


class PrintersPage(Page):
    """The presenter's hands and face."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._presenter = PrintersPresenter(self, backend)
        self.header = Header(N_("Printers"))
        self.model: TableModel[Job] = TableModel(COLUMNS, self)
        self.table = TableView(self.model)
        self.cards = tuple(_Choice(kind, OutletForm(kind)) for kind in KINDS)
        self.again = button(N_("Print again"), self._on_again, icon="printer-outline")
        self.aside = button(N_("Set aside"), self._on_aside, icon="tray-remove")
        self._lay_out()
        self._connect()

    def show_outlets(self, outlets: Sequence[tuple[Kind, Outlet]], names: Sequence[str]) -> None:
        """Show where each kind comes out, and the printers that the system knows."""
        for each, (_kind, outlet) in zip(self.cards, outlets, strict=True):
            each.form.offer_printers(names)
            each.form.show_draft(outlet)

    def show_jobs(self, jobs: Sequence[Job]) -> None:
        """Show what waits and what came out, newest first."""
        chosen = self.table.current_row()
        self.model.show_rows(jobs)
        ids = [job.id for job in jobs]
        if chosen is not None and chosen.id in ids:
            self.table.select_row(ids.index(chosen.id))
        failed = sum(job.state == "failed" for job in jobs)
        words = current().count("{n} not printed", "{n} not printed", failed)
        self.header.show_state(words if failed else "", "bad")
        self._on_chosen(self.table.current_row())

    def _lay_out(self) -> None:
        self.header.set_primary(
            button(N_("Save"), self._on_save, icon="check", look="primary", key="page.save")
        )
        self.table.columns.remember("columns/core.printers")
        self.table.empty.tell(
            N_("Nothing waits for a printer. What fails to print stands here and says why."),
            icon="printer-check",
        )
        choices = card(*map(self._line, self.cards))
        queue = card(self.table, margins=0)
        title = label(N_("Print queue"), "heading")
        deeds = row(title, None, self.again, self.aside)
        parts = (self.header, self.notices, choices, deeds, queue)
        whole = column(*parts, margins=theme.SPACE_L)
        whole.setStretch(len(parts) - 1, 1)
        self.setLayout(whole)

    def _line(self, each: _Choice) -> QHBoxLayout:
        test = button(N_("Test print"), partial(self._on_test, each.kind), icon="printer-outline")
        title = label(KIND_TITLES[each.kind], "heading")
        title.setFixedWidth(_TITLE_WIDTH)
        made = row(title, each.form, test)
        made.setStretch(1, 1)
        return made

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        keys.bind(self, "page.refresh", self.refresh)
        follow(self, lambda: self._on_chosen(self.table.current_row()))

    def refresh(self) -> None:
        """Look again at the queue."""
        self.start_latest(self._presenter.look)

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._presenter.open)

    @override
    def on_return(self) -> None:
        self.refresh()

    @override
    def unsaved(self) -> str:
        changed = any(each.form.is_changed for each in self.cards)
        return _("Printers") if changed else ""

    def _on_save(self) -> None:
        chosen = [(each.kind, each.form.read()) for each in self.cards]
        outlets = [(kind, outlet) for kind, outlet in chosen if outlet is not None]
        if len(outlets) == len(self.cards):
            self.start_once(self._presenter.save, outlets)

    def _on_test(self, kind: Kind) -> None:
        self.start_once(self._presenter.test, kind, current(), wall_clock.now())

    def _on_again(self) -> None:
        jobs = self.table.selected_rows()
        self.start_once(self._presenter.print_again, jobs)

    def _on_aside(self) -> None:
        jobs = self.table.selected_rows()
        self.start_once(self._presenter.set_aside, jobs)

    def _on_chosen(self, job: Job | None) -> None:
        self.again.setEnabled(job is not None and job.state in {"failed", "printed"})
        self.aside.setEnabled(job is not None and job.state in {"failed", "queued"})
