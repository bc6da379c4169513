"""Rates as they are typed or pasted: a currency, a day, a rate in each line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import NUMBER, AmountCell, DateCell, LineColumn, TextCell
from erp_desktop.ui.grid import Grid
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column
from erp_desktop.ui.tables import RIGHT
from modules.accounting.currencies import RateDraft, save_rates
from modules.accounting.currency_errors import RateJumpsError


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate while it is typed."""

    currency: str = ""
    rated_on: date | None = None
    rate: Decimal | None = None
    source: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it can be kept."""
        return bool(self.currency and self.rated_on and self.rate)


COLUMNS: tuple[LineColumn[RateLine], ...] = (
    NUMBER,
    LineColumn(
        N_("Currency"),
        lambda line: line.currency,
        width=120,
        cell=TextCell(is_code=True),
        put=lambda line, code: replace(line, currency=code.strip().upper()),
    ),
    LineColumn(
        N_("Date"),
        lambda line: current().date(line.rated_on) if line.rated_on else "",
        width=140,
        value=lambda line: line.rated_on,
        cell=DateCell(),
        put=lambda line, day: replace(line, rated_on=day),
    ),
    LineColumn(
        N_("Exchange rate"),
        lambda line: current().number(line.rate) if line.rate else "",
        RIGHT,
        width=160,
        value=lambda line: line.rate,
        cell=AmountCell(least=Decimal(0)),
        put=lambda line, rate: replace(line, rate=rate),
    ),
    LineColumn(
        N_("Source"),
        lambda line: line.source,
        cell=TextCell(),
        put=lambda line, source: replace(line, source=source),
    ),
)


class RateSheetPage(Page):
    """A sheet of rates; each line begins with the day and the source of the one above."""

    title: ClassVar[str] = N_("Type rates")

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self.header = Header(self.title)
        self.grid = Grid(COLUMNS, self._new_line, N_("Type a currency…"))
        self.grid.lines.show_lines((), is_open=True)
        self.header.set_primary(button(N_("Save"), self.save_now, look="primary", key="page.save"))
        parts = (self.header, self.notices, card(self.grid, margins=0))
        self.setLayout(column(*parts, margins=theme.SPACE_L))
        keys.bind(self, "page.add_line", self.grid.add_line)
        keys.bind(self, "page.remove_line", self.grid.remove_lines)

    @override
    def on_first_show(self) -> None:
        self.grid.start()

    @override
    def open(self, argument: Any) -> None:
        """Begin with a rate that is to be corrected: `EUR 2026-03-31 145.2 source`."""
        if argument:
            currency, day, rate, source = (*str(argument).split(" ", 3), "")[:4]
            known = RateLine(currency, date.fromisoformat(day), Decimal(rate), source)
            self.grid.lines.show_lines((known,), is_open=True)

    @override
    def unsaved(self) -> str:
        return _(self.title) if self.grid.lines.lines else ""

    @override
    def state(self) -> dict[str, Any]:
        return {"lines": [_packed(line) for line in self.grid.lines.lines]}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        lines = [_unpacked(each) for each in state.get("lines", ())]
        self.grid.lines.show_lines(lines, is_open=True)

    def save_now(self) -> None:
        """Save what is typed."""
        self.start_once(self.save)

    async def save(self) -> None:
        """Keep all lines; a rate that is far from the one before is asked for first."""
        lines = self.grid.lines.lines
        if not lines or not all(line.is_whole for line in lines):
            self.say(
                _("Each line needs a currency, a day and a rate. Fill in what is missing."), "warn"
            )
            return
        drafts = [
            RateDraft(line.currency, line.rated_on, line.rate, line.source)
            for line in lines
            if line.rated_on and line.rate
        ]
        try:
            await self.backend.do(save_rates, drafts)
        except RateJumpsError as jump:
            if not await confirm(self, str(jump), _("Confirm")):
                return
            await self.backend.do(save_rates, drafts, is_confirmed=True)
        self.grid.lines.show_lines((), is_open=True)
        self.say(count("{n} rate is kept.", "{n} rates are kept.", len(drafts)))

    def _new_line(self) -> RateLine:
        lines = self.grid.lines.lines if hasattr(self, "grid") else ()
        if not lines:
            return RateLine(rated_on=wall_clock.today())
        return RateLine(rated_on=lines[-1].rated_on, source=lines[-1].source)


def _packed(line: RateLine) -> list[str]:
    day = line.rated_on.isoformat() if line.rated_on else ""
    return [line.currency, day, str(line.rate or ""), line.source]


def _unpacked(told: list[str]) -> RateLine:
    currency, day, rate, source = told
    return RateLine(
        currency,
        date.fromisoformat(day) if day else None,
        Decimal(rate) if rate else None,
        source,
    )
