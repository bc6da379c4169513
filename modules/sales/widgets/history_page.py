"""The history of a shop: choose a file, see what it holds and how it will be booked, book it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import shiboken6
from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column
from erp_desktop.ui.table_files import FileDrop
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.sales.history.booking import ImportState, Loss, Setting
from modules.sales.history.history import History
from modules.sales.history.job import Job
from modules.sales.history.report import Fact, holdings, outcome
from modules.sales.widgets.history_options import HistoryOptions
from modules.sales.widgets.history_presenter import HistoryPresenter, Wish

_FILES = "CSV, XZ, GZ, ZIP (*.csv *.txt *.xz *.gz *.zip);;* (*)"
COLUMNS: tuple[Column[Fact], ...] = (
    Column(N_("What"), lambda fact: fact.title, width=190, strong=True),
    Column(
        N_("Rows"),
        lambda fact: "" if fact.rows is None else current().number(fact.rows),
        RIGHT,
        width=100,
        value=lambda fact: fact.rows,
    ),
    Column(
        N_("Value in the file"),
        lambda fact: "" if fact.value is None else current().number(fact.value),
        RIGHT,
        width=150,
        value=lambda fact: fact.value,
    ),
    Column(N_("Meaning"), lambda fact: fact.text),
)


class HistoryPage(Page):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("History of a shop")

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._presenter = HistoryPresenter(self, backend)
        self._path: Path | None = None
        self._history: History | None = None
        self._setting: Setting | None = None
        self._job: Job | None = None
        self._state: ImportState | None = None
        self._losses: list[Loss] = []
        self._is_busy = False
        self._header = Header(self.title)
        self._model: TableModel[Fact] = TableModel(COLUMNS, self)
        self._table = TableView(self._model)
        self.options = HistoryOptions()
        self._lay_out()
        self.options.changed.connect(self._on_change)
        FileDrop(self).dropped.connect(self.open_file)
        follow(self, self._show_all)

    def show_history(self, history: History, setting: Setting, wish: Wish) -> None:
        """Show what a file holds; what was begun already goes on as it was meant."""
        self._history, self._setting, self._job, self._state = history, setting, None, None
        self.options.show_wish(wish, setting)
        self._show_all()

    def show_job(self, job: Job) -> None:
        """Show how the file will be booked."""
        self._job = job
        self._show_all()

    def show_state(self, state: ImportState, losses: list[Loss]) -> None:
        """Show how far it is."""
        self._state, self._losses = state, losses
        self._show_all()

    def show_busy(self, *, is_busy: bool) -> None:
        """Let nothing else be begun while a file is booked."""
        self._is_busy = is_busy
        # A page that is closed meanwhile has nothing to show any more.
        if shiboken6.isValid(self):
            self._show_all()

    @override
    def open(self, argument: Any) -> None:
        if argument:
            self.open_file(Path(str(argument)))

    @override
    def state(self) -> dict[str, Any]:
        return {"file": str(self._path) if self._path else ""}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("file") and Path(state["file"]).exists():
            self.open_file(Path(state["file"]))

    @override
    def refuse(self, error: UserError) -> None:
        """A file that cannot be read is not the file of this page."""
        if self._history is None:
            self._path = None
            self._show_all()
        if not self.options.show_refusal(error):
            super().refuse(error)

    def open_file(self, path: Path) -> None:
        """Read a file."""
        if self._is_busy:
            return
        self._path, self._history, self._job, self._state = path, None, None, None
        self._show_all()
        self.start_work(N_("Reading the file"), self._presenter.open_file, path)

    def go_on(self) -> None:
        """Do the next step: choose a file, book it, look at what was booked."""
        if self._state is not None and self._state.is_done:
            self.opens.emit("sales.invoices", None)
        elif self._history is None:
            self._on_choose()
        elif self._job is not None:
            self.start_work(N_("Booking the history"), self._presenter.book)

    def _lay_out(self) -> None:
        self._choose = button(N_("Choose a file…"), self._on_choose, icon="folder-open-outline")
        self._save = button(
            N_("Save what is not booked…"), self._on_save, icon="file-export-outline"
        )
        self._primary = button(N_("Choose a file…"), self.go_on, look="primary")
        self._header.add(self._save)
        self._header.add(self._choose)
        self._header.set_primary(self._primary)
        self._table.empty.tell(
            N_(
                "Choose the invoice lines of the years before: invoice, product, quantity, date, "
                "price, customer. You see all before anything is booked."
            ),
            N_("Choose a file…"),
            self._on_choose,
            icon="history",
        )
        table = card(self._table, margins=0)
        layout = column(self._header, self.notices, self.options, table, margins=theme.SPACE_L)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _show_all(self) -> None:
        done = self._state is not None and self._state.is_done
        begun = self._state is not None
        self.options.setVisible(self._history is not None)
        self.options.form.setEnabled(not begun and not self._is_busy)
        self._choose.setEnabled(not self._is_busy)
        self._choose.setVisible(self._path is not None)
        self._save.setVisible(bool(self._history and self._history.rejected))
        self._model.show_rows(self._facts())
        self.options.show_job(self._job, self._setting)
        self._primary.setText(_next_step(self._history, self._state))
        is_ready = self._path is None or self._job is not None or done
        self._primary.setEnabled(is_ready and not self._is_busy)
        self._header.show_state(*_chip(self._state))

    def _facts(self) -> list[Fact]:
        if self._history is None:
            return []
        if self._state is None or self._setting is None:
            return holdings(self._history)
        return outcome(self._state, self._setting.currency, self._losses)

    def _on_change(self, wish: Wish | None) -> None:
        self._job = None
        self._show_all()
        if wish is not None:
            self.start_latest(self._presenter.plan, wish)

    def _on_choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file…"), "", _FILES)
        if path:
            self.open_file(Path(path))

    def _on_save(self) -> None:
        name = _("Rows that are not booked") + ".csv"
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save what is not booked…"), name, "CSV (*.csv)"
        )
        if path:
            self.start_once(self._presenter.save_rejected, Path(path))


def _chip(state: ImportState | None) -> tuple[str, Any]:
    if state is None:
        return "", ""
    return (_("Complete"), "ok") if state.is_done else (_("Broken off"), "warn")


def _next_step(history: History | None, state: ImportState | None) -> str:
    if history is None:
        return _("Choose a file…")
    if state is None:
        rows = history.census.rows - len(history.rejected)
        return count("Book {n} row", "Book {n} rows", rows)
    if state.is_done:
        return _("Show the invoices")
    left = state.rows - state.rows_done
    return count("Go on with {n} row", "Go on with {n} rows", left)
