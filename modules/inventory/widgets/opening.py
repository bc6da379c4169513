"""Opening stock: scan or import what the branch has to begin with, and book it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy
from typing_extensions import override

from erp_desktop.core.commands import Answer
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import forms, keys, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column, row
from erp_desktop.ui.table_files import READABLE
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.inventory.opening import OpeningLine
from modules.inventory.widgets.opening_presenter import OpeningPresenter


def _amount(value: Decimal | None) -> str:
    return "" if value is None else current().number(value)


_COLUMNS: tuple[Column[OpeningLine], ...] = (
    Column(N_("Code"), lambda line: current().isolate(line.text), width=150),
    Column(
        N_("Product"),
        lambda line: line.product.named(current().language) if line.product else "",
    ),
    Column(
        N_("Quantity"),
        lambda line: _amount(line.quantity),
        RIGHT,
        width=110,
        value=lambda line: line.quantity,
        strong=True,
    ),
    Column(N_("Unit"), lambda line: line.product.unit if line.product else "", width=64),
    Column(
        N_("Unit cost"),
        lambda line: _amount(line.unit_cost),
        RIGHT,
        width=120,
        value=lambda line: line.unit_cost,
    ),
    Column(
        N_("Value"),
        lambda line: current().amount(line.value, line.currency),
        RIGHT,
        width=130,
        value=lambda line: line.value,
    ),
    Column(
        N_("State"),
        lambda line: line.problem() or _("Ready"),
        width=300,
        tone=lambda line: "bad" if line.wrong else "ok",
    ),
)


class OpeningPage(Page):
    """The presenter's hands and face."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._presenter = OpeningPresenter(self, backend)
        self._booked: Answer | None = None
        self._header = Header(N_("Opening stock"))
        self._code = forms.CodeField("code", N_("Code or barcode"), required=True)
        self._quantity = forms.AmountField(
            "quantity", N_("Quantity"), required=True, least=Decimal("0.001")
        )
        self._cost = forms.AmountField("cost", N_("Unit cost"), required=True, least=Decimal(0))
        self._model: TableModel[OpeningLine] = TableModel(_COLUMNS, self)
        self._table = TableView(self._model)
        self._make_actions()
        self._lay_out()
        self._connect()
        self._model.show_rows(())
        follow(self, self._show_state)

    def show_lines(self, lines: Sequence[OpeningLine]) -> None:
        """Show these lines instead of the ones before."""
        self._model.show_rows(lines)
        self._show_state()

    def show_booked(self, answer: Answer) -> None:
        """Offer to look at what was booked."""
        self._booked = answer
        self._show_state()

    @override
    def on_first_show(self) -> None:
        self._code.setFocus()

    @override
    def unsaved(self) -> str:
        return _("Opening stock") if self._model.rowCount() else ""

    @override
    def on_scan(self, text: str) -> bool:
        self._code.show_value(text)
        self._quantity.setFocus()
        return True

    @override
    def state(self) -> dict[str, Any]:
        lines = [
            [line.text, str(line.quantity), str(line.unit_cost)]
            for line in self._presenter.lines
            if line.quantity is not None and line.unit_cost is not None
        ]
        return {"lines": lines}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        kept = [
            OpeningLine(text, Decimal(quantity), Decimal(cost))
            for text, quantity, cost in state.get("lines", ())
        ]
        if kept:
            self.start_once(self._presenter.take, kept)

    def import_file(self, path: Path) -> None:
        """Take the lines of a file."""
        self.start_once(self._presenter.import_file, path)

    def add(self) -> None:
        """Add what is typed as a line, and wait for the next code."""
        try:
            text, quantity, cost = (f.check() for f in (self._code, self._quantity, self._cost))
        except ValueError:
            return
        self.start_once(self._presenter.add, text, quantity, cost)
        for field in (self._code, self._quantity, self._cost):
            field.show_value(None)
        self._code.setFocus()

    def _make_actions(self) -> None:
        self._review = button(N_("Look at what was booked"), self._on_review, icon="eye-outline")
        self._drop = button(N_("Remove wrong lines"), self._presenter.remove_wrong, icon="broom")
        self._import = button(N_("Import a file…"), self._on_import, icon="file-import-outline")
        self._book = button(N_("Book"), self._on_book, look="primary", icon="check")
        for action in (self._review, self._drop, self._import):
            self._header.add(action)
        self._header.set_primary(self._book)

    def _lay_out(self) -> None:
        add = button(N_("Add"), self.add, icon="plus", key="page.add_line")
        entry = row(self._code, self._quantity, self._cost, column(None, add), None)
        entry.setStretch(0, 3)
        entry.setStretch(1, 2)
        entry.setStretch(2, 2)
        self._table.empty.tell(
            N_("Scan what the branch begins with, or import a file with code, quantity and cost."),
            N_("Import a file…"),
            self._on_import,
            icon="clipboard-list-outline",
        )
        form = card()
        form.layout().addLayout(entry)  # type: ignore[union-attr] # a card has a column
        form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        lines = card(self._table, margins=0)
        self.setLayout(column(self._header, self.notices, form, lines, margins=theme.SPACE_L))

    def _connect(self) -> None:
        for field in (self._code, self._quantity, self._cost):
            field.editor.returnPressed.connect(self._on_return)  # type: ignore[attr-defined]
        self._table.extra_actions = self._fill_menu
        keys.bind(self, "page.remove_line", self._on_remove)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction(_("Remove the line"), self._on_remove)

    def _show_state(self) -> None:
        lines = self._presenter.lines
        good = [line for line in lines if not line.wrong]
        self._book.setEnabled(bool(good))
        self._book.setText(count("Book {n} line", "Book {n} lines", len(good)))
        self._drop.setVisible(len(good) < len(lines))
        self._review.setVisible(self._booked is not None)
        self._header.show_summary(_("Value {total}").format(total=_total(good)) if good else "")

    def _on_return(self) -> None:
        """Enter goes to the next field, and from the last one adds the line."""
        fields = [self._code, self._quantity, self._cost]
        empty = [field for field in fields if not _is_filled(field)]
        if empty:
            empty[0].setFocus()
        else:
            self.add()

    def _on_remove(self) -> None:
        self._presenter.remove(self._table.selected_rows())

    def _on_import(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Import a file…"), "", READABLE)
        if path:
            self.import_file(Path(path))

    def _on_book(self) -> None:
        self.start_once(self._presenter.book)

    def _on_review(self) -> None:
        if self._booked is not None:
            about = {"command": str(self._booked.id), "name": _("What was booked")}
            self.opens.emit("inventory.movements", about)


def _total(lines: Sequence[OpeningLine]) -> str:
    return current().money(sum((line.value for line in lines), Decimal(0)), lines[0].currency)


def _is_filled(field: forms.Field) -> bool:
    try:
        return field.read() not in {None, ""}
    except ValueError:
        return True
