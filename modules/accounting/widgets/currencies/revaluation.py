"""Revaluation: what is open and held in other currencies, at the rate of a month's last day."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.currencies import REVALUE, UNDO_REVALUATION
from modules.accounting.permissions import Permission
from modules.accounting.selectors.currencies import ShownRevaluation, WorthRow, get_revaluation
from modules.accounting.widgets.months import last_day, months_until

_ZERO = Decimal(0)


def _money(name: str) -> Callable[[WorthRow], str]:
    def text(row: WorthRow) -> str:
        return current().amount(getattr(row, name), row.home)

    return text


def _document(row: WorthRow) -> str:
    return current().isolate(row.number) if row.number else row.named(current().language)


_COLUMNS: tuple[Column[WorthRow], ...] = (
    Column(N_("Branch"), lambda r: current().isolate(r.branch), width=70, hidden=True),
    Column(N_("Account"), lambda r: current().isolate(r.account), width=84),
    Column(N_("Partner"), lambda r: in_language(current().language, r.party, r.party_ar)),
    Column(N_("Document"), _document, strong=True),
    Column(N_("Currency"), lambda r: current().isolate(r.currency), width=76),
    Column(
        N_("Amount"),
        lambda r: current().number(r.amount, 2) if r.currency else "",
        RIGHT,
        width=110,
        value=attrgetter("amount"),
    ),
    Column(N_("In the books"), _money("value"), RIGHT, width=130, value=attrgetter("value")),
    Column(
        N_("Exchange rate"),
        lambda r: current().number(r.rate) if r.rate else "",
        RIGHT,
        width=104,
        value=attrgetter("rate"),
    ),
    Column(
        N_("Rate of"),
        lambda r: current().date(r.rated_on) if r.currency else "",
        width=100,
        value=attrgetter("rated_on"),
    ),
    Column(
        N_("Difference"),
        _money("difference"),
        RIGHT,
        width=130,
        value=attrgetter("difference"),
        strong=True,
    ),
)


class RevaluationPage(ReportPage[WorthRow]):
    """A month: what it would post, and posting it or taking it back."""

    title: ClassVar[str] = N_("Revaluation of currencies")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        months = [(month, f"{month:%m/%Y}") for month in months_until(today)]
        month = ChoiceField("month", N_("Month"), months, translate=False)
        month.show_value((today.replace(day=1) - timedelta(days=1)).replace(day=1))
        super().__init__(backend, (month,))
        self.shown: ShownRevaluation | None = None
        self.day = today
        self.exporter.name = "revaluation"
        self.post = button(N_("Post"), self._on_post, icon="check-decagram-outline")
        self.undo = button(N_("Reverse"), self._on_undo, icon="undo-variant", look="danger")
        for each in (self.post, self.undo):
            each.hide()
            self.header.add(each)
        self.table.empty.tell(
            N_("Nothing is open or held in another currency at the end of this month."),
            icon="check-circle-outline",
        )

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[WorthRow]:
        self.day = last_day(parameters["month"])
        self.shown = await self.backend.ask(get_revaluation, self.day)
        may = self.backend.user.may(Permission.REVALUE) and self.shown.is_last
        self.post.setVisible(may and bool(self.shown.rows))
        self.undo.setVisible(may and bool(self.shown.posted))
        return Report(self.shown.rows, _totals(self.shown))

    @override
    def show_report(self, report: Report[WorthRow]) -> None:
        super().show_report(report)
        self.header.show_summary(self.state_words())

    @override
    def on_open(self, row: WorthRow) -> None:
        if row.number:
            self.opens.emit("accounting.entries", row.number)
        elif row.account:
            self.opens.emit("accounting.ledger", f"account:{row.account}")

    def state_words(self) -> str:
        """Say whether the month is posted, by whom and as which entries."""
        if self.shown is None or not self.shown.posted:
            return _("Not posted yet.") if self.shown and self.shown.rows else ""
        words = current()
        _branch, who, moment, _entries = self.shown.posted[0]
        numbers = ", ".join(n for _b, _w, _m, entries in self.shown.posted for n in entries)
        return _("Posted on {day} by {name}: {entries}.").format(
            day=words.date(wall_clock.local(moment).date()),
            name=who,
            entries=words.isolate(numbers),
        )

    def _on_post(self) -> None:
        self.start_once(self.post_now)

    async def post_now(self) -> None:
        """Post the month, once the user has agreed; what stands is reversed first."""
        month = current().isolate(f"{self.day:%m/%Y}")
        question = _(
            "Revalue {month}? Documents are taken back on the first day of the next month."
        ).format(month=month)
        if not await confirm(self, question, _("Post")):
            return
        label = _("Revaluation of currencies {month}").format(month=f"{self.day:%m/%Y}")
        await self.backend.execute(REVALUE, {"on": self.day.isoformat(), "label": label})
        self.say(_("{month} is revalued.").format(month=month))
        self.refresh()

    def _on_undo(self) -> None:
        self.start_once(self.undo_now)

    async def undo_now(self) -> None:
        """Take the month back, once the user has agreed."""
        month = current().isolate(f"{self.day:%m/%Y}")
        question = _("Take the revaluation of {month} back? Its entries are reversed.")
        if await confirm(self, question.format(month=month), _("Reverse")):
            await self.backend.execute(UNDO_REVALUATION, {"on": self.day.isoformat()})
            self.say(_("The revaluation of {month} is taken back.").format(month=month))
            self.refresh()


def _totals(shown: ShownRevaluation) -> WorthRow | None:
    if not shown.rows:
        return None
    value, difference = (
        sum((getattr(row, name) for row in shown.rows), _ZERO) for name in ("value", "difference")
    )
    words = ("", "", _("Total"), _("Total"), "", "", "", "", "")
    return WorthRow(
        *words, _ZERO, value, _ZERO, shown.rows[0].rated_on, difference,
        is_money=False, home=shown.currency,
    )  # fmt: skip
