"""The parts of an import page: what columns mean and rows leave out above, what is wrong below."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QWidget

from erp_desktop.core.i18n import N_
from erp_desktop.imports.checking import Plan
from erp_desktop.imports.fields import ImportField
from erp_desktop.imports.kinds import Kind
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import Table
from erp_desktop.ui import theme
from erp_desktop.ui.import_mapping import MappingGrid
from erp_desktop.ui.import_options import OptionsForm, ReadingForm
from erp_desktop.ui.import_result import ImportResult
from erp_desktop.ui.parts import card, column, label, row

_SETTINGS_WIDTH = 500
# The shares of the upper and the lower half: first there is much to say, then much to see.
_DECIDING, _LOOKING = (430, 330), (280, 480)


class ImportBoard(QSplitter):
    """Shows a file, takes what the user decides about it, and shows what is wrong with it.

    Signals:
        changed: The rows would be read otherwise.
        reading_changed: The file itself would be read otherwise.
        asked: A problem whose row is to be seen.
    """

    changed = Signal()
    reading_changed = Signal()
    asked = Signal(object)

    def __init__(self, options: OptionsForm) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.mapping = MappingGrid()
        self.options = options
        self.reading = ReadingForm()
        self.result = ImportResult()
        self.remembered = label(N_("The columns are read as the last time."), "muted")
        self._fields: Sequence[ImportField] = ()
        self._top = self._upper_half()
        self.setChildrenCollapsible(False)
        self.addWidget(self._top)
        self.addWidget(self.result)
        self.setSizes([*_DECIDING])
        self.mapping.changed.connect(self.changed)
        self.options.changed.connect(self.changed)
        self.reading.changed.connect(self.reading_changed)
        self.result.asked.connect(self.asked)

    def show_table(
        self, kind: Kind[Any], table: Table, options: ImportOptions, *, is_remembered: bool
    ) -> None:
        """Show a file that was read, and how it seems to be meant."""
        self._fields = kind.fields
        self.mapping.show_table(table, options.columns, kind.fields)
        self.options.show_options(options)
        self.reading.show_table(table)
        self.remembered.setVisible(is_remembered)
        self.result.show_table(table)

    def show_plan(self, plan: Plan[Any] | None) -> None:
        """Show what would happen and what is wrong, or nothing."""
        self.result.show_plan(plan, self._fields)
        if plan is not None:
            self.setSizes([*(_LOOKING if plan.problems else _DECIDING)])

    def show_decisions(self, *, shown: bool) -> None:
        """Show the upper half, or give its room to the lower."""
        self._top.setVisible(shown)

    def decided(self) -> ImportOptions | None:
        """Return what the user has decided, or None after showing what cannot be taken."""
        return self.options.read(self.mapping.columns())

    def _upper_half(self) -> QWidget:
        half = QWidget()
        self.remembered.hide()
        columns = card(
            row(label(N_("What the columns mean"), "heading"), None, self.remembered),
            _scrolled(self.mapping),
        )
        settings = card(
            label(N_("For rows that do not say"), "heading"), _scrolled(self.options, self.reading)
        )
        settings.setFixedWidth(_SETTINGS_WIDTH)
        line = row(columns, settings)
        line.setStretch(0, 1)
        half.setLayout(line)
        return half


def _scrolled(*parts: QWidget) -> QScrollArea:
    """Return `parts` below each other, with a scroll bar where they are too long."""
    inside = QWidget()
    inside.setLayout(column(*parts, None, spacing=theme.SPACE_L))
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    inside.setAutoFillBackground(False)
    scroll.viewport().setAutoFillBackground(False)
    return scroll
