"""The computers of the branches: enrol this one, see which are heard of, shut one out."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from PySide6.QtWidgets import QMessageBox
from typing_extensions import override

from erp_desktop.core.administration.selectors import (
    PAGE_SIZE,
    WorkstationRow,
    list_workstations,
)
from erp_desktop.core.administration.services import disable_workstation
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import button
from erp_desktop.ui.tables import RIGHT, Column
from modules.admin.widgets.parts import ask_first, moment


class WorkstationListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def refresh(self) -> None:
        """Show the workstations afresh."""

    def say(self, message: str) -> None:
        """Tell the user something."""


class WorkstationListPresenter:
    """What the list of workstations does, told without a widget."""

    def __init__(self, view: WorkstationListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query, after: WorkstationRow | None) -> list[WorkstationRow]:
        """Return the workstations that `query` asks for, below the row `after`."""
        is_active = False if query.has("inactive") else None
        return await self._backend.ask(
            list_workstations, search=query.text, is_active=is_active, after=after
        )

    async def disable(self, workstation: WorkstationRow) -> None:
        """Shut a workstation out."""
        await self._backend.do(disable_workstation, workstation.id)
        said = _("{prefix} is disabled. What it sends from now on is refused.")
        self._view.say(said.format(prefix=current().isolate(workstation.prefix)))
        self._view.refresh()


class WorkstationListPage(ListPage[WorkstationRow]):
    """The presenter's hands and face."""

    title = N_("Workstations")
    hint = N_("Name or prefix")
    page_size = PAGE_SIZE
    chips = (Chip("inactive", N_("Disabled")),)
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Prefix"), lambda w: current().isolate(w.prefix), width=100, strong=True),
        Column(N_("Name"), lambda w: w.name),
        Column(N_("Branch"), lambda w: w.branch_named(current().language), width=170),
        Column(N_("Login"), lambda w: current().isolate(w.login), width=120),
        Column(N_("Last seen"), lambda w: moment(w.last_seen_at) or _("Never"), width=150),
        Column(
            N_("Journal line"),
            lambda w: current().number(w.last_seq),
            RIGHT,
            width=90,
            value=lambda w: w.last_seq,
        ),
        Column(N_("Enrolled"), lambda w: moment(w.enrolled_at), width=150, hidden=True),
        Column(
            N_("State"),
            lambda w: _("In use") if w.is_active else _("Disabled"),
            width=124,
            tone=lambda w: "ok" if w.is_active else "bad",
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._presenter = WorkstationListPresenter(self, backend)
        super().__init__(backend)
        self.disable = button(N_("Disable…"), self._on_disable, icon="lock-outline")
        self.header.add(self.disable)
        self.add_row_action(N_("Disable…"), self.ask)
        self.table.chosen.connect(self._on_workstation)
        self._on_workstation(None)
        nothing = N_("No workstation yet. Sign in at a branch's computer and enrol it there.")
        self.table.empty.tell(nothing, icon="desktop-classic")
        if backend.enrol_here is not None:
            self.set_primary(
                N_("Enrol this computer"), lambda: self.opens.emit("admin.enrol", None)
            )

    @override
    async def load(self, query: Query, after: WorkstationRow | None) -> Sequence[WorkstationRow]:
        return await self._presenter.load(query, after)

    def ask(self, workstation: WorkstationRow) -> QMessageBox:
        """Ask by name before a workstation is shut out."""
        question = _(
            "Disable {prefix} ({name})? What it has not sent yet stays on it, and it can never "
            "send again."
        ).format(prefix=current().isolate(workstation.prefix), name=workstation.name)
        go_on = self._presenter.disable
        return ask_first(self, question, _("Disable"), lambda: self.start_once(go_on, workstation))

    def _on_disable(self) -> None:
        workstation = self.table.current_row()
        if workstation is not None and workstation.is_active:
            self.ask(workstation)

    def _on_workstation(self, workstation: WorkstationRow | None) -> None:
        self.disable.setEnabled(workstation is not None and workstation.is_active)
