"""The documents behind a box of the tax return: base and tax of each, down to the document."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField, CodeField
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors.returns import TaxDocument, list_tax_documents
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.months import last_day, month_choices

_ZERO = Decimal(0)


def _amount(name: str) -> Callable[[TaxDocument], str]:
    return lambda row: current().amount(getattr(row, name), row.currency)


def _document(row: TaxDocument) -> str:
    return current().isolate(str(row.document.get("number", ""))) if row.entry_id else _("Total")


_COLUMNS: tuple[Column[TaxDocument], ...] = (
    Column(
        N_("Date"),
        lambda r: current().date(r.dated_on) if r.dated_on else "",
        width=96,
        value=lambda r: r.dated_on,
    ),
    Column(N_("Document"), _document, width=170, strong=True),
    Column(N_("Partner"), lambda r: r.named(current().language)),
    Column(N_("Entry"), lambda r: current().isolate(r.number), width=170),
    Column(N_("Tax"), lambda r: current().isolate(r.tax_code), width=90),
    Column(N_("Base"), _amount("base"), RIGHT, width=130, value=attrgetter("base")),
    Column(N_("Amount of tax"), _amount("tax"), RIGHT, width=130, value=attrgetter("tax")),
)


def total_of(rows: Sequence[TaxDocument]) -> TaxDocument | None:
    """Return the sums of base and tax: what stands in the box."""
    if not rows:
        return None
    base, tax = (sum(map(attrgetter(name), rows), _ZERO) for name in ("base", "tax"))
    return TaxDocument(None, "", None, {}, "", "", "", base, tax, rows[0].currency)


class TaxDocumentsPage(ReportPage[TaxDocument]):
    """The documents of some taxes in whole months; a line opens its document."""

    title: ClassVar[str] = N_("Documents of a tax")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        months = month_choices(today)
        self._first = ChoiceField("first", N_("From month"), months, translate=False)
        self._last = ChoiceField("last", N_("To month"), months, translate=False)
        self._taxes = CodeField("taxes", N_("Codes of taxes"), required=True)
        for each in (self._first, self._last):
            each.show_value(today.replace(day=1))
        super().__init__(backend, (self._first, self._last, self._taxes))
        self.exporter.name = "tax-documents"
        self.table.empty.tell(
            N_("No document names these taxes in these months."), icon="file-document-outline"
        )

    @override
    def open(self, argument: Any) -> None:
        """Show the documents of a box: `{"first", "last", "taxes"}`."""
        told: Mapping[str, Any] = argument
        self._first.show_value(date.fromisoformat(told["first"]))
        self._last.show_value(date.fromisoformat(told["last"]))
        self._taxes.show_value(" ".join(told["taxes"]))
        if self.isVisible():
            self.refresh()

    @override
    def on_first_show(self) -> None:
        if self._taxes.read():
            super().on_first_show()
        else:
            self.show_report(Report(()))
            self._taxes.setFocus()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[TaxDocument]:
        rows = await self.backend.ask(
            list_tax_documents,
            parameters["taxes"].split(),
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
        )
        return Report(rows, total_of(rows))

    @override
    def on_open(self, row: TaxDocument) -> None:
        if row.entry_id is not None:
            page, fact = page_of(row.document) or ("accounting.entries", row.number)
            self.opens.emit(page, fact)
