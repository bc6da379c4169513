"""One price list: its prices in a grid, what it is called, and copies of other lists into it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.drafts import BROUGHT_BACK
from erp_desktop.ui.filter_bar import FilterBar
from erp_desktop.ui.filters import Chip
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, column, row
from modules.catalog.permissions import Permission
from modules.catalog.selectors import PriceListRow, PriceRow
from modules.catalog.services import CopyDraft
from modules.catalog.widgets.list_drafts import ListDrafts
from modules.catalog.widgets.price_grid import PriceGrid
from modules.catalog.widgets.price_list_presenter import PriceListPresenter
from modules.catalog.widgets.price_list_side import PriceListSide

_TYPING_PAUSE = 150


class PriceListPage(Page):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("New price list")

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self._presenter = PriceListPresenter(self, backend)
        self._code: str | None = None
        self._may_edit = backend.user.may(Permission.EDIT_PRODUCTS)
        self.header = Header(self.title)
        self.filter = FilterBar(N_("Name, code, barcode"), (Chip("today", N_("Valid today")),))
        self.prices = PriceGrid(may_edit=self._may_edit)
        self.side = PriceListSide(may_edit=self._may_edit)
        self._drafts = ListDrafts(self.prices, self.side.form)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._lay_out()
        self._connect()

    def show_list(self, price_list: PriceListRow | None, others: Sequence[PriceListRow]) -> None:
        """Show a list, none for a new one, and those that can be copied."""
        self._code = price_list.code if price_list else None
        self.side.show_list(price_list, others)
        self._prices.setVisible(price_list is not None)
        self._save.setVisible(price_list is not None and self._may_edit)
        if self._drafts.begin(self._code):
            self.say(_(BROUGHT_BACK), "warn")
        self._word()

    def show_prices(self, rows: Sequence[PriceRow], *, has_more: bool) -> None:
        """Show these prices instead of the ones before."""
        self.prices.show_prices(rows, has_more=has_more)

    def add_prices(self, rows: Sequence[PriceRow], *, has_more: bool) -> None:
        """Show these below."""
        self.prices.add_prices(rows, has_more=has_more)

    def forget_changes(self) -> None:
        """Keep nothing of what was typed into the grid: it is saved."""
        self.prices.forget()
        self._drafts.prices.forget()
        self._word()

    def forget_name(self) -> None:
        """Keep nothing of what was typed beside it: it is saved."""
        self._drafts.name.forget()

    @override
    def forget_draft(self) -> None:
        self._drafts.forget()

    @override
    def unsaved(self) -> str:
        is_changed = self.prices.is_changed or self.side.form.is_changed
        return self.header.title.text() if is_changed else ""

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._presenter.show, self._code)

    @override
    def open(self, argument: Any) -> None:
        self._code = str(argument) if argument else None
        self.start_latest(self._presenter.show, self._code)

    @override
    def refuse(self, error: UserError) -> None:
        if not self.side.form.show_refusal(error):
            super().refuse(error)

    @override
    def state(self) -> dict[str, Any]:
        self._drafts.save()
        return {"list": self._code}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._code = state.get("list")

    def _lay_out(self) -> None:
        words, icon = N_("Save prices"), "content-save-outline"
        self._save = button(words, self._on_save, icon=icon, look="primary", key="page.save")
        self.header.set_primary(self._save)
        self._prices = QWidget()
        self._prices.setLayout(column(self.filter, self.prices))
        body = row(self._prices, self.side, spacing=theme.SPACE_M)
        body.setStretch(0, 1)
        body.setAlignment(self.side, Qt.AlignmentFlag.AlignLeading)
        self.setLayout(column(self.header, self.notices, body, margins=theme.SPACE_L))
        self.filter.column_menu(self.prices.grid.columns.fill_menu)

    def _connect(self) -> None:
        self.filter.changed.connect(self._typing.start)
        self._typing.timeout.connect(self._on_filter)
        self.prices.changed.connect(self._word)
        more = self._presenter.more
        self.prices.grid.lines.wants_more.connect(lambda: self.start_once(more))
        self.side.saves.connect(lambda draft: self.start_once(self._presenter.save_list, draft))
        self.side.copies.connect(lambda draft: self.start_once(self._copy, draft))
        keys.bind(self, "page.refresh", self._on_refresh)
        keys.bind(self, "page.filter", self.filter.focus)
        follow(self, self._word)

    def _on_filter(self) -> None:
        query = self.filter.query()
        day = wall_clock.today() if query.has("today") else None
        self.start_latest(self._presenter.find, query.text, day)

    def _on_refresh(self) -> None:
        """Ask afresh; what is being typed beside the prices stays."""
        if self.side.form.is_changed:
            self._on_filter()
        else:
            self.start_latest(self._presenter.show, self._code)

    def _on_save(self) -> None:
        if self.prices.is_changed:
            self.start_once(self._save_prices)

    async def _save_prices(self) -> None:
        try:
            await self._presenter.save_prices(self.prices.changes)
        except ValueError as error:
            self.say(str(error), "warn")

    async def _copy(self, draft: CopyDraft) -> None:
        """A copy replaces prices by the thousand: it asks first."""
        question = _("Copy prices into {list} from {day} on?").format(
            list=self.header.title.text(), day=current().date(draft.valid_from)
        )
        if await confirm(self, question, _("Copy prices")):
            await self._presenter.copy(draft)

    def _word(self) -> None:
        shown, changes = self._presenter.shown, self.prices.changes
        self.header.show_title(shown.named(current().language) if shown else "")
        if shown is not None:
            self.renamed.emit(shown.named(current().language))
        self.header.show_state("" if shown is None or shown.is_active else _("No longer used"))
        number = len(changes.lines()) + len(changes.removed)
        unsaved = count("{n} change is not saved", "{n} changes are not saved", number)
        self.header.show_summary(unsaved if number else "")
        self._save.setEnabled(bool(changes))
