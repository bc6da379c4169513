"""The seals of a year: whether every entry is still what it was when it was posted."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors import SealRow, list_seals

_YEARS = 6


def _state(row: SealRow) -> str:
    if row.broken:
        return _("Broken at {number}").format(number=current().isolate(row.broken))
    return _("Holds; the rest waits for the worker") if row.waiting else _("Holds")


def _tone(row: SealRow) -> Tone:
    if row.broken:
        return "bad"
    return "warn" if row.waiting else "ok"


_COLUMNS: tuple[Column[SealRow], ...] = (
    Column(N_("Journal"), lambda r: current().isolate(r.journal), width=90, strong=True),
    Column(N_("Branch"), lambda r: current().isolate(r.branch), width=80),
    Column(
        N_("Sealed"),
        lambda r: current().number(r.sealed),
        RIGHT,
        width=100,
        value=lambda r: r.sealed,
    ),
    Column(
        N_("Waiting"),
        lambda r: current().number(r.waiting),
        RIGHT,
        width=100,
        value=lambda r: r.waiting,
    ),
    Column(N_("State"), _state, width=260, tone=_tone),
    Column(N_("Last seal"), lambda r: current().isolate(r.last_hash)),
)


class SealsPage(ReportPage[SealRow]):
    """The series of a year; the last seal of each is what an auditor notes."""

    title: ClassVar[str] = N_("Seals of the ledger")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        this_year = date.today().year  # noqa: DTZ011 - the desk's year
        years = [(year, str(year)) for year in range(this_year, this_year - _YEARS, -1)]
        self._year = ChoiceField("year", N_("Year"), years, translate=False)
        self._year.show_value(this_year)
        super().__init__(backend, (self._year,))
        self.exporter.name = "seals"
        self.table.empty.tell(N_("Nothing was posted in this year."), icon="shield-outline")

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[SealRow]:
        rows = await self.backend.ask(list_seals, parameters["year"])
        return Report(rows, None, None, _summary(rows))

    @override
    def on_open(self, row: SealRow) -> None:
        self.opens.emit("accounting.entries", row.broken or f"journal:{row.journal}")


def _summary(rows: list[SealRow]) -> str:
    if any(row.broken for row in rows):
        return N_("An entry was changed or taken out behind the program's back. Call the auditor.")
    return N_("Every sealed entry is what it was when it was posted.") if rows else ""
