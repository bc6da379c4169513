"""Checks of the books: each with its state, and what differs; Enter opens where one looks."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import DateField
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors import BookCheck, check_books
from modules.accounting.widgets import asking
from modules.accounting.widgets.chart.role_words import words_of_role

# What each check is called.
_CHECKS = {
    "balances": N_("Balances kept are the sums of their lines"),
    "parties": N_("What partners owe is the sum of the lines that name them"),
    "open_lines": N_("What partners owe is what is not matched"),
    "stock": N_("The ledger holds what the stock is worth"),
    "numbers": N_("Numbers of entries have no gap"),
    "entries": N_("Entries balance"),
    "instruments": N_("The ledger holds the cheques and bills in the portfolio"),
}
_HOLDINGS = {
    "cheque": N_("Cheques received"),
    "bill": N_("Bills received"),
    "issued": N_("Bills issued"),
}


def _state(row: BookCheck) -> str:
    if row.found is None:
        return _("Only for those who see all branches")
    return _("Differs") if row.found else _("In order")


def _tone(row: BookCheck) -> Tone:
    if row.found is None:
        return "warn"
    return "bad" if row.found else "ok"


def _subject(row: BookCheck) -> str:
    """Say what differs: a partner, a month, or the number of an entry."""
    words = row.subject
    if row.check_id in {"parties", "open_lines"}:
        words = words_of_role(row.subject)
    elif row.check_id == "instruments":
        words = _(_HOLDINGS[row.subject]) if row.subject else ""
    else:
        words = current().isolate(words) if words else ""
    return " · ".join(filter(None, (row.named(current().language), words)))


def _figure(title: str, name: str, *, strong: bool = False) -> Column[BookCheck]:
    def text(row: BookCheck) -> str:
        figure: Decimal | None = getattr(row, name)
        if figure is None:
            return ""
        if row.check_id == "numbers":
            return current().number(int(figure))
        return current().amount(figure, row.currency)

    def value(row: BookCheck) -> Decimal:
        return getattr(row, name) or Decimal(0)

    return Column(title, text, RIGHT, width=124, value=value, strong=strong)


_COLUMNS: tuple[Column[BookCheck], ...] = (
    Column(N_("Check"), lambda row: _(_CHECKS[row.check_id]), width=430, strong=True),
    Column(N_("State"), _state, width=120, tone=_tone),
    Column(N_("Branch"), lambda row: current().isolate(row.branch), width=80),
    Column(N_("Account"), lambda row: current().isolate(row.account), width=90),
    Column(N_("Which"), _subject),
    _figure(N_("In the ledger"), "ledger"),
    _figure(N_("Kept beside it"), "other"),
    _figure(N_("Difference"), "difference", strong=True),
)


class BookChecksPage(ReportPage[BookCheck]):
    """Every check of the books; a line that differs opens its ledger, or the entry."""

    title: ClassVar[str] = N_("Checks of the books")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        self._day = DateField("day", N_("Until"), required=True)
        self._day.show_value(today)
        super().__init__(backend, (self._day,))
        self.exporter.name = "checks-of-the-books"

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[BookCheck]:
        rows = await self.backend.ask(check_books, parameters["day"])
        return Report(rows, None, None, _summary(rows))

    @override
    def on_open(self, row: BookCheck) -> None:
        day: date = self._day.check()
        if row.check_id in {"numbers", "entries"}:
            self.opens.emit("accounting.entries", row.subject or None)
        elif row.account:
            days = (day.replace(month=1, day=1), day)
            self.opens.emit("accounting.ledger", asking.ledger_of(row.account, days, row.branch))


def _summary(rows: list[BookCheck]) -> str:
    if any(row.found for row in rows):
        return N_("Figures differ. Note them, change nothing, and call the administrator.")
    return N_("All that was checked agrees.")
