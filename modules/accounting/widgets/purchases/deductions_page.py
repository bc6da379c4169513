"""The statement of deductions: each purchase behind the deductible boxes of the tax return."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exporting import save_file
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.deductions import Deduction, deductions_xml
from modules.accounting.selectors.deductions import DeductionRow, Deductions, list_deductions
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.law_words import percent
from modules.accounting.widgets.months import last_day, month_choices
from modules.parties.api import identifiers_of

METHODS = {
    "cash": N_("Cash"),
    "cheque": N_("Cheque"),
    "bank": N_("Bank"),
    "bill": N_("Bill of exchange"),
    "offset": N_("Offset"),
    "other": N_("Other"),
}
USES = {
    "": N_("All"),
    "goods": N_("Goods and services"),
    "assets": N_("Fixed assets"),
    "other": N_("Other"),
}
_NOBODY = UUID(int=0)
_ZERO = Decimal(0)


def _amount(name: str) -> Column[DeductionRow]:
    title = {"base": N_("Net"), "tax": N_("Tax"), "whole": N_("With tax")}[name]

    def value(row: DeductionRow) -> Decimal:
        return row.base + row.tax if name == "whole" else Decimal(getattr(row, name))

    def text(row: DeductionRow) -> str:
        return current().amount(value(row), row.currency)

    return Column(title, text, RIGHT, width=102, value=value)


_COLUMNS: tuple[Column[DeductionRow], ...] = (
    Column(
        N_("Date"),
        lambda r: current().date(r.invoiced_on) if r.use else "",
        width=92,
        value=lambda r: r.invoiced_on,
    ),
    Column(
        N_("Number"),
        lambda r: current().isolate(r.number) if r.use else _("Total"),
        width=115,
        strong=True,
    ),
    Column(N_("Supplier"), lambda r: r.party_named(current().language)),
    Column(N_("Label"), lambda r: current().isolate(r.label), width=140),
    Column(N_("Use"), lambda r: _(USES[r.use]) if r.use else "", width=130, hidden=True),
    Column(N_("Rate"), lambda r: percent(r.rate) if r.rate is not None else "", RIGHT, 60),
    _amount("base"),
    _amount("tax"),
    _amount("whole"),
    Column(N_("Paid by"), lambda r: _(METHODS[r.method]) if r.method else "", width=90),
    Column(
        N_("Paid on"),
        lambda r: current().date(r.paid_on) if r.paid_on else "",
        width=92,
        value=lambda r: r.paid_on,
    ),
    Column(N_("Entry"), lambda r: current().isolate(r.entry), width=160, hidden=True),
)


def total_of(rows: Sequence[DeductionRow]) -> DeductionRow | None:
    """Return the sums of base and tax."""
    if not rows:
        return None
    base, tax = (sum(map(attrgetter(name), rows), _ZERO) for name in ("base", "tax"))
    return DeductionRow(
        *(_NOBODY, "", {}, None, "", "", "", date.min, "", "", None, ""),
        *(base, tax, None, "", rows[0].currency),
    )


def told_of(found: Deductions, numbers: Mapping[UUID, Mapping[str, str]]) -> list[Deduction]:
    """Return the rows that the tax office is told: those of purchases, with who sent them."""
    told = []
    for row in found.rows:
        if row.rate is None:
            continue
        known = numbers.get(row.party_id, {}) if row.party_id else {}
        told.append(
            Deduction(
                *(row.number, row.label, row.base, row.tax, row.rate, row.party),
                *(known.get("IF", ""), known.get("ICE", ""), row.method),
                *(row.paid_on or row.invoiced_on, row.invoiced_on),
            )
        )
    return told


class DeductionsPage(ReportPage[DeductionRow]):
    """What whole months deduct; a line opens its purchase."""

    title: ClassVar[str] = N_("Statement of deductions")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        months = month_choices(today)
        self._first = ChoiceField("first", N_("From month"), months, translate=False)
        self._last = ChoiceField("last", N_("To month"), months, translate=False)
        self._use = ChoiceField("use", N_("Use"), list(USES.items()))
        for each in (self._first, self._last):
            each.show_value(today.replace(day=1))
        self._use.show_value("")
        super().__init__(backend, (self._first, self._last, self._use))
        self.exporter.name = "deductions"
        self.found: Deductions | None = None
        self.asked: Mapping[str, Any] = {}
        self.xml = button(N_("XML for the tax office"), self._on_xml, icon="xml")
        self.xml.hide()
        self.header.add(self.xml)
        nothing = N_("Nothing is deducted in these months.")
        self.table.empty.tell(nothing, icon="file-document-outline")

    @override
    def open(self, argument: Any) -> None:
        """Show what a box deducts: `{"first", "last", "use"}`."""
        told: Mapping[str, Any] = argument
        self._first.show_value(date.fromisoformat(told["first"]))
        self._last.show_value(date.fromisoformat(told["last"]))
        self._use.show_value(told.get("use", ""))
        if self.isVisible():
            self.refresh()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[DeductionRow]:
        self.asked = parameters
        self.found = await self.backend.ask(
            list_deductions,
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
        )
        self.xml.setVisible(self.found.country == "MA")
        use = parameters["use"]
        rows = [row for row in self.found.rows if use in {"", row.use}]
        return Report(rows, total_of(rows))

    @override
    def on_open(self, row: DeductionRow) -> None:
        if row.use:
            page, fact = page_of(row.document) or ("accounting.entries", row.entry)
            self.opens.emit(page, fact)

    def _on_xml(self) -> None:
        self.start_once(self.save_xml)

    async def save_xml(self) -> None:
        """Ask where the file shall go and write it; rows without a tax code are not in it."""
        if self.found is None:
            return
        first, last = self.asked["first"], last_day(self.asked["last"])
        name = f"releve-deductions-{first:%Y-%m}"
        path = await choose_target(self, _("XML for the tax office"), name, ".xml")
        if path is None:
            return
        parties = {row.party_id for row in self.found.rows if row.party_id}
        told = told_of(self.found, await self.backend.ask(identifiers_of, parties))
        own = self.found.own_numbers.get("IF", "")
        await save_file(self, path, deductions_xml(told, own, first, last))
        self._remark(told, own)

    def _remark(self, told: Sequence[Deduction], own: str) -> None:
        """Say what the tax office will miss, with who can add it."""
        assert self.found is not None  # noqa: S101 - it was written a moment ago
        unnamed = len(self.found.rows) - len(told)
        missing = sorted({row.supplier for row in told if not (row.tax_id and row.ice)})
        words = current()
        if not own:
            self.say(_("The company has no IF yet. Add it on the page Company."), "warn")
        elif missing:
            names = ", ".join(words.isolate(name) for name in missing[:3])
            sentence = _("IF or ICE is missing of {names}. Add it on the page of the supplier.")
            self.say(sentence.format(names=names), "warn")
        elif unnamed:
            sentence = _(
                "Entries that name no tax are not in the file ({count}). Type them as purchase "
                "invoices."
            )
            self.say(sentence.format(count=words.number(unnamed)), "warn")
        else:
            self.say(_("Lines in the file: {count}.").format(count=words.number(len(told))))
