"""The tax return: the boxes of the country's form, declared month by month."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.table_paper import StrongRow, TableColumn, render_table
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.returns import DECLARE_TAX, UNDO_TAX
from modules.accounting.selectors import BoxRow, ShownReturn, get_return, next_month
from modules.accounting.widgets.asking import ledger_of
from modules.accounting.widgets.months import last_day, month_choices

_STEP = "\u2003"


def _is_strong(row: BoxRow) -> bool:
    return row.kind != "line"


def _figure(title: str, name: str) -> Column[BoxRow]:
    def value(row: BoxRow) -> Decimal | None:
        amount: Decimal = getattr(row, name)
        return amount if row.kind != "head" and (amount or row.kind == "sum") else None

    def text(row: BoxRow) -> str:
        amount = value(row)
        return "" if amount is None else current().amount(amount, row.currency)

    return Column(title, text, RIGHT, width=150, value=value, strong=_is_strong)


_COLUMNS: tuple[Column[BoxRow], ...] = (
    Column(
        N_("Box"),
        lambda b: "" if b.kind == "head" else current().isolate(b.code),
        width=90,
    ),
    Column(
        N_("Name"),
        lambda b: (_STEP if b.kind == "line" else "") + b.named(current().language),
        strong=_is_strong,
    ),
    _figure(N_("Base"), "base"),
    _figure(N_("Tax"), "tax"),
    Column(N_("What is doubtful about it"), lambda b: b.doubt, width=220, hidden=True),
)


class TaxReturnPage(ReportPage[BoxRow]):
    """The return of some months; a box opens its documents, or the ledger of its account."""

    title: ClassVar[str] = N_("Tax return")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        months = month_choices(today)
        first = ChoiceField("first", N_("From month"), months, translate=False)
        last = ChoiceField("last", N_("To month"), months, translate=False)
        before = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        first.show_value(before)
        last.show_value(before)
        super().__init__(backend, (first, last))
        self.shown: ShownReturn | None = None
        self._asked: Mapping[str, Any] = {}
        self.declare = button(N_("Declare"), self._on_declare, icon="check-decagram-outline")
        self.undo = button(N_("Take back"), self._on_undo, icon="undo-variant", look="danger")
        for each in (self.declare, self.undo):
            each.hide()
            self.header.add(each)
        self.set_paper(self.paper, "tax-return.pdf")

    def paper(self, report: Report[BoxRow]) -> bytes:
        """Return the form as PDF, in the user's language."""
        words = current()
        shown = [column for column in self.columns if not column.hidden]
        columns = [TableColumn(_(c.title), is_figure=c.value is not None) for c in shown]
        rows = [
            (StrongRow if _is_strong(row) else tuple)(column.text(row) for column in shown)
            for row in report.rows
        ]
        about = [self._months(), self._state()]
        return render_table(_(self.title), about, columns, rows, None, words)

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._begin)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[BoxRow]:
        self.shown = await self.backend.ask(
            get_return, first_day=parameters["first"], last_day=last_day(parameters["last"])
        )
        self._asked = parameters
        self._offer(self.shown)
        return Report(self.shown.rows, None, None, "")

    @override
    def show_report(self, report: Report[BoxRow]) -> None:
        super().show_report(report)
        self.header.show_summary(self._state())

    @override
    def on_open(self, row: BoxRow) -> None:
        first, last = self._asked["first"], self._asked["last"]
        if row.taxes:
            about = {"first": first.isoformat(), "last": last.isoformat(), "taxes": row.taxes}
            self.opens.emit("accounting.tax_documents", about)
        elif row.use:
            about = {"first": first.isoformat(), "last": last.isoformat(), "use": row.use}
            self.opens.emit("accounting.deductions", about)
        elif row.account:
            self.opens.emit("accounting.ledger", ledger_of(row.account, (first, last_day(last))))

    async def _begin(self) -> None:
        wanted = await self.backend.ask(next_month)
        if wanted is not None:
            for field in self.parameters.values():
                field.show_value(wanted)
        super().on_first_show()

    def _offer(self, shown: ShownReturn) -> None:
        may = self.backend.user.may(Permission.DECLARE_TAXES)
        self.declare.setVisible(may and shown.id is None and shown.is_last)
        self.undo.setVisible(may and shown.id is not None and shown.is_last)

    def _on_declare(self) -> None:
        self.start_once(self.declare_now)

    async def declare_now(self) -> None:
        """Declare the months that are shown, once the user has agreed."""
        assert self.shown is not None  # noqa: S101 - the button shows only then
        question = _("Declare {months}? {state} The tax accounts are settled by an entry.")
        words = question.format(months=self._months(), state=self._state())
        if not await confirm(self, words, _("Declare")):
            return
        first, last = self._asked["first"], last_day(self._asked["last"])
        label = _("Tax return {months}").format(months=f"{first:%m/%Y}")
        payload = {"first": first.isoformat(), "last": last.isoformat(), "label": label}
        await self.backend.execute(DECLARE_TAX, payload)
        self.say(_("{months} is declared.").format(months=self._months()))
        self.refresh()

    def _on_undo(self) -> None:
        self.start_once(self.undo_now)

    async def undo_now(self) -> None:
        """Take the last return back, once the user has agreed."""
        assert self.shown is not None  # noqa: S101 - the button shows only then
        question = _("Take the return of {months} back? Its settlement is reversed.")
        if await confirm(self, question.format(months=self._months()), _("Take back")):
            await self.backend.execute(UNDO_TAX, {"return_id": str(self.shown.id)})
            self.say(_("The return of {months} is taken back.").format(months=self._months()))
            self.refresh()

    def _months(self) -> str:
        first, last = (f"{self._asked[name]:%m/%Y}" for name in ("first", "last"))
        return current().isolate(first if first == last else f"{first}–{last}")

    def _state(self) -> str:
        shown = self.shown
        if shown is None:
            return ""
        words = current()
        due = words.money(abs(shown.due), shown.currency)
        sentence = _("To pay: {amount}.") if shown.due >= 0 else _("To carry forward: {amount}.")
        parts = [sentence.format(amount=due)]
        if shown.declared_at is not None:
            day = words.date(wall_clock.local(shown.declared_at).date())
            told = _("Declared on {day} by {name}, entry {entry}.")
            entry = words.isolate(shown.entry)
            parts.append(told.format(day=day, name=shown.declared_by, entry=entry))
        return " ".join(parts)
