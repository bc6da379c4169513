"""The cash book (livre de caisse) of a box: what it had, what came and went, what it has."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.table_paper import Carry, StrongRow, TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField, DateField
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors.petty_cash import (
    CashBook,
    CashBookLine,
    CashBoxRow,
    get_cash_book,
    list_cash_boxes,
)

_ZERO = Decimal(0)
_BALANCES = {"opening": N_("Opening balance"), "closing": N_("Closing balance")}


def _amount(name: str, *, is_always: bool = False) -> Callable[[CashBookLine], str]:
    def text(line: CashBookLine) -> str:
        amount: Decimal = getattr(line, name)
        return current().amount(amount, line.currency) if amount or is_always else ""

    return text


def _label(line: CashBookLine) -> str:
    if line.kind in _BALANCES:
        return _(_BALANCES[line.kind])
    counted = _("Difference found by counting") if line.kind == "cash_count" else ""
    return " · ".join(filter(None, (counted, line.label)))


_COLUMNS: tuple[Column[CashBookLine], ...] = (
    Column(N_("Date"), lambda r: current().date(r.dated_on), width=100, value=lambda r: r.dated_on),
    Column(N_("Voucher"), lambda r: current().isolate(r.piece), width=170, strong=True),
    Column(N_("Label"), _label, strong=lambda r: r.kind in _BALANCES),
    Column(N_("Counterpart"), lambda r: current().isolate(r.counterparts), width=110),
    Column(N_("Journal entry"), lambda r: current().isolate(r.number), width=160, hidden=True),
    Column(N_("Came in"), _amount("received"), RIGHT, width=120, value=attrgetter("received")),
    Column(N_("Went out"), _amount("spent"), RIGHT, width=120, value=attrgetter("spent")),
    Column(
        N_("Balance"),
        _amount("balance", is_always=True),
        RIGHT,
        width=120,
        value=attrgetter("balance"),
        strong=True,
    ),
)


def rows_of(book: CashBook, first_day: date) -> list[CashBookLine]:
    """Return what the box had as a line, and every line."""
    told = ("", "opening", "", "", "")
    opening = CashBookLine(first_day, *told, _ZERO, _ZERO, book.opening, book.currency)
    return [opening, *book.lines]


def total_of(book: CashBook, last_day: date) -> CashBookLine:
    """Return what came, what went, and what the box has."""
    came = sum((line.received for line in book.lines), _ZERO)
    went = sum((line.spent for line in book.lines), _ZERO)
    told = ("", "closing", "", "", "")
    return CashBookLine(last_day, *told, came, went, book.closing, book.currency)


def carried(rows: Sequence[CashBookLine]) -> Carry:
    """Return what came and went until the end of a page, and what was in the box then."""
    came = list(accumulate((row.received for row in rows), initial=_ZERO))
    went = list(accumulate((row.spent for row in rows), initial=_ZERO))

    def sums(title: str, end: int) -> list[str]:
        last = rows[end - 1]
        told = {"Came in": came[end], "Went out": went[end], "Balance": last.balance}
        texts = {name: current().amount(each, last.currency) for name, each in told.items()}
        texts["Label"] = _(title)
        return [texts.get(column.title, "") for column in _COLUMNS if not column.hidden]

    return Carry(
        lambda _first, end: [sums(N_("Carried forward"), end)],
        lambda first: sums(N_("Brought forward"), first),
        feet=1,
    )


class CashBookPage(ReportPage[CashBookLine]):
    """The report of a period; a line opens its entry."""

    title: ClassVar[str] = N_("Cash book")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        self._box = ChoiceField("box", N_("Cash box"), translate=False, required=True)
        self._wanted = ""
        first = DateField("first", N_("From"), required=True)
        last = DateField("last", N_("To"), required=True)
        first.show_value(today.replace(day=1))
        last.show_value(today)
        super().__init__(backend, (self._box, first, last))
        self._box.setMinimumWidth(240)
        self.set_paper(self.paper, "cash-book.pdf")
        self.table.empty.tell(N_("Choose a cash box and the days to look at."))

    def paper(self, report: Report[CashBookLine]) -> bytes:
        """Return the book as PDF, in the user's language; its sums are carried on."""
        shown = [column for column in self.columns if not column.hidden]
        columns = [TableColumn(_(c.title), is_figure=c.align == RIGHT) for c in shown]
        rows = [
            (StrongRow if row.kind in _BALANCES else tuple)(column.text(row) for column in shown)
            for row in report.rows
        ]
        total = report.totals
        totals = None if total is None else [column.text(total) for column in shown]
        about = [self._about(field) for field in self.parameters.values()]
        carry = carried(report.rows)
        return render_table(_(self.title), about, columns, rows, totals, current(), carry)

    @override
    def on_first_show(self) -> None:
        self.table.setFocus()
        self.start_latest(self._begin)

    @override
    def open(self, argument: Any) -> None:
        """Show the book of a box by its code."""
        self._wanted = str(argument)
        if self.isVisible():
            self.start_latest(self._begin)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[CashBookLine]:
        first, last = parameters["first"], parameters["last"]
        book = await self.backend.ask(get_cash_book, parameters["box"], (first, last))
        return Report(rows_of(book, first), total_of(book, last))

    @override
    def on_open(self, row: CashBookLine) -> None:
        if row.number:
            self.opens.emit("accounting.entries", row.number)

    async def _begin(self) -> None:
        boxes = await self.backend.ask(list_cash_boxes)
        self._offer(boxes)
        if boxes:
            self.refresh()
        else:
            self.say(_("There is no cash box yet. Add one on the page Cash boxes."), "warn")

    def _offer(self, boxes: Sequence[CashBoxRow]) -> None:
        language = current().language
        self._box.offer([(b.id, f"{b.code} · {b.named(language)}") for b in boxes])
        chosen = next((box.id for box in boxes if box.code == self._wanted), None)
        if chosen is not None or (self._box.read() is None and boxes):
            self._box.show_value(chosen or boxes[0].id)
