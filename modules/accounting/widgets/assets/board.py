"""The board of assets: cost and depreciation of a year, as the statements want it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.documents.table_paper import TableColumn, render_table
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors.assets import AssetBoard, BoardRow, get_asset_board

_YEARS_BACK = 8


def _amount(of: Callable[[BoardRow], Decimal]) -> Callable[[BoardRow], str]:
    def text(row: BoardRow) -> str:
        value = of(row)
        return current().amount(value, row.currency) if value or not row.category else ""

    return text


def _figure(title: str, name: str, *, strong: bool = False) -> Column[BoardRow]:
    of = attrgetter(name)
    return Column(title, _amount(of), RIGHT, width=112, value=of, strong=strong)


_COLUMNS: tuple[Column[BoardRow], ...] = (
    Column(
        N_("Category"),
        lambda r: r.named(current().language) if r.category else _("Total"),
        strong=True,
    ),
    Column(N_("Account"), lambda r: current().isolate(r.account), width=76, hidden=True),
    _figure(N_("Cost at the beginning"), "opening"),
    _figure(N_("Acquired"), "added"),
    _figure(N_("Cost of what went"), "gone"),
    _figure(N_("Cost at the end"), "closing", strong=True),
    _figure(N_("Depreciated at the beginning"), "used_before"),
    _figure(N_("Charge of the year"), "charged"),
    _figure(N_("Depreciation of what went"), "used_gone"),
    _figure(N_("Depreciated at the end"), "used", strong=True),
    _figure(N_("Net value"), "left", strong=True),
)


class AssetBoardPage(ReportPage[BoardRow]):
    """The board of a year; it says whether the ledger agrees."""

    title: ClassVar[str] = N_("Board of fixed assets")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        this_year = wall_clock.today().year
        years = [(year, str(year)) for year in range(this_year, this_year - _YEARS_BACK, -1)]
        year = ChoiceField("year", N_("Year"), years, translate=False)
        year.show_value(this_year)
        self._branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        self._branches = [(str(b.id), b.name, b.name_ar) for b in backend.user.branches]
        follow(self._branch, self._offer_branches)
        self._branch.show_value("")
        super().__init__(backend, (year, self._branch))
        self.board: AssetBoard | None = None
        self._asked: Mapping[str, Any] = {}
        self.set_paper(self.paper, "board-of-assets.pdf")
        self.table.empty.tell(N_("No fixed asset served in this year."))

    def paper(self, report: Report[BoardRow]) -> bytes:
        """Return the board as PDF, in the user's language."""
        words = current()
        shown = [column for column in self.columns if not column.hidden]
        columns = [TableColumn(_(c.title), is_figure=c.align == RIGHT) for c in shown]
        rows = [[column.text(row) for column in shown] for row in report.rows]
        totals = [c.text(report.totals) for c in shown] if report.totals else None
        about = [
            words.isolate(str(self._asked["year"])),
            dict(self._offered())[self._asked["branch"]],
            self.check_words(),
        ]
        return render_table(_(self.title), about, columns, rows, totals, words)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[BoardRow]:
        year, branch = parameters["year"], parameters["branch"]
        self.board = await self.backend.ask(
            get_asset_board,
            date(year, 1, 1),
            date(year, 12, 31),
            branch_id=UUID(branch) if branch else None,
        )
        self._asked = parameters
        return Report(self.board.rows, self.board.totals)

    @override
    def show_report(self, report: Report[BoardRow]) -> None:
        super().show_report(report)
        self.header.show_summary(self.check_words())

    @override
    def on_open(self, row: BoardRow) -> None:
        if row.account:
            self.opens.emit("accounting.ledger", f"account:{row.account}")

    def check_words(self) -> str:
        """Say whether register and ledger agree, or where they do not."""
        if self.board is None or not (self.board.rows or self.board.differing):
            return ""
        if not self.board.differing:
            return _("The ledger agrees.")
        words, currency = current(), self.board.currency
        told = _("{account}: register {register}, ledger {ledger}")
        parts = [
            told.format(
                account=words.isolate(code),
                register=words.amount(register, currency),
                ledger=words.amount(ledger, currency),
            )
            for code, register, ledger in self.board.differing
        ]
        return _("The ledger differs. {accounts}").format(accounts=" · ".join(parts))

    def _offered(self) -> list[tuple[str, str]]:
        language = current().language
        named = [(key, in_language(language, name, ar)) for key, name, ar in self._branches]
        return [("", _("All branches")), *named]

    def _offer_branches(self) -> None:
        self._branch.offer(self._offered())
