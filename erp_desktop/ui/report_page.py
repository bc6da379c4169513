"""The report: parameters, the result with its totals, how old the figures are, and on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exporting import Exporter
from erp_desktop.ui.exports import Table
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import Field
from erp_desktop.ui.header import Header
from erp_desktop.ui.packing import packed, unpacked
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, row
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel
from erp_desktop.ui.totals import TotalsRow
from erp_desktop.ui.work import Work

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Report(Generic[R]):
    """The answer to a report's question.

    Attributes:
        rows: Its lines, in order.
        totals: One more row of the same kind, or None.
        read_at: How old the figures are; None for right now.
        summary: A sentence beside the title, marked `N_`.
    """

    rows: Sequence[R]
    totals: R | None = None
    read_at: datetime | None = None
    summary: str = ""


class ReportPage(Page, Generic[R]):
    """The base of all reports: a subclass names columns and parameters and says how to `load`.

    Attributes:
        title: Heading, marked `N_`.
        columns: What is shown of a line.
    """

    title: ClassVar[str]
    columns: ClassVar[tuple[Column[Any], ...]]

    def __init__(self, backend: Backend, parameters: Sequence[Field] = ()) -> None:
        super().__init__()
        self.backend = backend
        self.parameters = {field.name: field for field in parameters}
        self.report: Report[R] = Report(())
        self.model: TableModel[R] = TableModel(self.columns, self)
        self.table = TableView(self.model)
        self.totals: TotalsRow[R] = TotalsRow(self.table, self.columns)
        self.header = Header(self.title)
        self.exporter = Exporter(self, self._whole)
        self._lay_out(parameters)
        self._connect()
        follow(self, self._on_language)

    async def load(self, parameters: Mapping[str, Any]) -> Report[R]:
        """Return the report for these parameters, by field name."""
        raise NotImplementedError

    def on_open(self, row: R) -> None:
        """Go down to what is behind a line: double click or Enter."""

    @override
    def on_first_show(self) -> None:
        self.table.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Ask afresh; a parameter that cannot be read says so beneath itself."""
        values: dict[str, Any] = {}
        for name, field in self.parameters.items():
            try:
                values[name] = field.check()
            except ValueError:
                field.setFocus()
                return
        self._remember(values)
        self.start_latest(self._find, values)

    def set_paper(self, make: Callable[[Report[R]], bytes], name: str) -> None:
        """Offer another paper than a plain table: `make(report)` runs in a thread.

        Args:
            make: Returns the PDF.
            name: What the file is called.
        """
        self.exporter.paper = lambda _table: make(self.report)
        self.exporter.name = name.removesuffix(".pdf")

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns than before, and no lines until a report is shown."""
        shown = tuple(columns)
        self.model.show_columns(shown)
        self.table.columns.show_columns(shown)
        self.totals.show_columns(shown)

    def show_report(self, report: Report[R]) -> None:
        """Show a report instead of the one before."""
        self.report = report
        self.model.show_rows(report.rows)
        self.totals.show_totals(report.totals)
        self._on_language()

    async def _find(self, parameters: Mapping[str, Any]) -> None:
        self.show_report(await self.load(parameters))

    async def _whole(self, work: Work) -> Table[R]:
        del work  # a report is there as a whole
        shown = [self.model.columns[number] for number in self.table.columns.shown()]
        about = [self._about(field) for field in self.parameters.values()]
        about.append(self.header.summary)
        report = self.report
        return Table(_(self.title), shown, report.rows, report.totals, tuple(filter(None, about)))

    def _about(self, field: Field) -> str:
        if not field.shown():
            return ""
        return _("{name}: {value}").format(name=_(field.title), value=field.shown())

    def _lay_out(self, parameters: Sequence[Field]) -> None:
        result = card(self.table, self.totals, margins=0, spacing=0)
        self.exporter.add_buttons(self.header)
        parts: list[Any] = [self.header, self.notices]
        if parameters:
            parts.append(self._bar(parameters))
        self.setLayout(column(*parts, result, margins=theme.SPACE_L))

    def _bar(self, parameters: Sequence[Field]) -> QFrame:
        show = button(N_("Show"), self.refresh, look="primary", key="page.primary")
        bar = row(*parameters, spacing=theme.SPACE_M)
        for field in parameters:
            field.setMinimumWidth(130)
            field.setMaximumWidth(260)
        bar.addStretch(1)
        bar.addWidget(show, 0, Qt.AlignmentFlag.AlignBottom)
        return card(bar, margins=theme.SPACE_M)

    def _connect(self) -> None:
        self.table.opened.connect(self.on_open)
        keys.bind(self, "page.refresh", self.refresh)
        kept = memory.current().get(self._key(), {})
        for name, field in self.parameters.items():
            if name in kept:
                field.show_value(unpacked(kept[name]))

    def _key(self) -> str:
        return f"report/{type(self).__module__}.{type(self).__qualname__}"

    def _remember(self, values: Mapping[str, Any]) -> None:
        plain = {name: packed(value) for name, value in values.items()}
        memory.current().set(self._key(), plain)

    def _on_language(self) -> None:
        parts = [_(self.report.summary)] if self.report.summary else []
        if self.report.read_at is not None:
            moment = current().moment(wall_clock.local(self.report.read_at))
            parts.append(_("figures of {moment}").format(moment=moment))
        self.header.show_summary(" · ".join(parts))
