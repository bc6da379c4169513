"""Duplicates: who may be one and the same, side by side; keep one and close the other."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Protocol
from uuid import UUID

from PySide6.QtWidgets import QMessageBox
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current, in_language
from erp_desktop.ui import keys, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column
from erp_desktop.ui.preview import PreviewSplit
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import CENTER, Column, TableModel
from modules.parties.selectors import (
    DuplicatePair,
    PartyDetails,
    PartySheet,
    compare_parties,
    find_duplicates,
    find_similar,
    get_party,
)
from modules.parties.services import merge_parties
from modules.parties.widgets.comparison import Comparison, Sheets


class DuplicatesView(Protocol):
    """All the presenter needs of whoever shows the duplicates."""

    def show_pairs(self, pairs: Sequence[DuplicatePair]) -> None:
        """Show these pairs instead of the ones before."""

    def show_comparison(self, sheets: Sheets) -> None:
        """Show two parties side by side."""

    def say(self, message: str) -> None:
        """Tell the user something."""


class DuplicatesPresenter:
    """What can be done with duplicates, told without a widget."""

    def __init__(self, view: DuplicatesView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def show(self, party_id: UUID | None) -> None:
        """Show who looks like a party; without one, all pairs that may be one."""
        if party_id is None:
            self._view.show_pairs(await self._backend.ask(find_duplicates))
            return
        sheet = await self._backend.ask(get_party, party_id)
        self._view.show_pairs(await self._like(sheet))

    async def show_pair(self, one: UUID, other: UUID) -> None:
        """Show two parties that somebody chose, alike or not."""
        sheets = await self._backend.ask(compare_parties, one, other)
        first, second = (sheet.party for sheet in sheets)
        if first is not None and second is not None:
            self._view.show_pairs([DuplicatePair(*_own(first), *_own(second), Decimal(0))])
            self._view.show_comparison(sheets)

    async def compare(self, one: UUID, other: UUID) -> None:
        """Show two parties side by side."""
        self._view.show_comparison(await self._backend.ask(compare_parties, one, other))

    async def merge(self, kept: PartyDetails, merged: PartyDetails) -> None:
        """Close the one that turned out to be the other."""
        await self._backend.do(merge_parties, kept.id, merged_id=merged.id)
        said = _("{merged} is now {kept}.")
        self._view.say(said.format(merged=called(merged), kept=called(kept)))
        await self.show(None)

    async def _like(self, sheet: PartySheet) -> list[DuplicatePair]:
        party = sheet.party
        if party is None:
            return []
        found = await self._backend.ask(
            find_similar,
            name=party.name,
            name_ar=party.name_ar,
            phone=party.phone,
            besides=party.id,
        )
        return [
            DuplicatePair(
                *_own(party), each.id, each.code, each.name, each.name_ar, each.phone, each.score
            )
            for each in found
        ]


def _own(party: PartyDetails) -> tuple[UUID, str, str, str, str]:
    return (party.id, party.code, party.name, party.name_ar, party.phone)


def called(party: PartyDetails) -> str:
    """Return how a party is named in a sentence: code and name."""
    words = current()
    return f"{words.isolate(party.code)} {party.named(words.language)}"


def _side(code: str, name: str, name_ar: str) -> str:
    words = current()
    return f"{in_language(words.language, name, name_ar)} ({words.isolate(code)})"


COLUMNS: tuple[Column[DuplicatePair], ...] = (
    Column(N_("Partner"), lambda p: _side(p.code, p.name, p.name_ar)),
    Column(N_("May be the same as"), lambda p: _side(p.other_code, p.other_name, p.other_name_ar)),
    Column(
        N_("Alike"),
        lambda p: current().isolate(f"{p.score:.0%}".replace("%", "\u00a0%")) if p.score else "—",
        CENTER,
        width=120,
        value=lambda p: p.score,
    ),
)


class DuplicatesPage(Page):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("Duplicates")

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._presenter = DuplicatesPresenter(self, backend)
        self._about: Mapping[str, Any] = {}
        self.header = Header(self.title)
        self.model: TableModel[DuplicatePair] = TableModel(COLUMNS, self)
        self.table = TableView(self.model)
        self.comparison = Comparison()
        self._swap = button(N_("Show all duplicates"), self._on_all, icon="format-list-bulleted")
        self._merge = button(N_("Merge"), self._on_merge, icon="call-merge", look="primary")
        self._lay_out()
        self.table.chosen.connect(self._on_chosen)
        keys.bind(self, "page.refresh", self.refresh)
        follow(self, self._word)

    def show_pairs(self, pairs: Sequence[DuplicatePair]) -> None:
        """Show these pairs instead of the ones before."""
        self.model.show_rows(pairs)
        self._split.show_side(shown=False)
        self._merge.setEnabled(False)
        self.table.select_row(0)
        self._word()

    def show_comparison(self, sheets: Sheets) -> None:
        """Show two parties side by side."""
        self.comparison.show_parties(sheets)
        self._split.show_side(shown=True)
        self._merge.setEnabled(True)

    def refresh(self) -> None:
        """Ask afresh."""
        pair, party = self._about.get("pair"), self._about.get("party")
        if pair:
            self.start_latest(self._presenter.show_pair, *map(UUID, pair))
        else:
            self.start_latest(self._presenter.show, UUID(party) if party else None)

    @override
    def on_first_show(self) -> None:
        self.refresh()

    @override
    def open(self, argument: Any) -> None:
        self._about = argument or {}
        self.refresh()

    @override
    def state(self) -> dict[str, Any]:
        return {"about": dict(self._about)}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._about = state.get("about") or {}

    def ask(self, kept: PartyDetails, merged: PartyDetails) -> QMessageBox:
        """Ask whether to merge, naming both; the answer starts it."""
        question = _(
            "Merge {merged} into {kept}? The first is closed for good; its documents stay, and "
            "lead to the second."
        ).format(merged=called(merged), kept=called(kept))
        box = QMessageBox(QMessageBox.Icon.Question, "", question)
        box.setParent(self, box.windowFlags())
        go = box.addButton(_("Merge"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole))
        go.clicked.connect(lambda: self._start_merge(kept, merged))
        box.finished.connect(box.deleteLater)
        box.open()
        return box

    def _lay_out(self) -> None:
        self.header.add(self._swap)
        self.header.set_primary(self._merge)
        self._merge.setEnabled(False)
        self.table.empty.tell(
            N_("Nobody looks like anybody else. Choose two lines of a list to merge them."),
            icon="account-multiple-check-outline",
        )
        self._split = PreviewSplit(card(self.table, margins=0))
        self._split.set_side(self.comparison, 560)
        self.setLayout(column(self.header, self.notices, self._split, margins=theme.SPACE_L))

    def _word(self) -> None:
        number = self.model.rowCount()
        self.header.show_summary(count("{n} pair", "{n} pairs", number))
        self._swap.setVisible(bool(self._about))

    def _start_merge(self, kept: PartyDetails, merged: PartyDetails) -> None:
        self._about = {}
        self.start_once(self._presenter.merge, kept, merged)

    def _on_chosen(self, pair: DuplicatePair | None) -> None:
        if pair is not None:
            self.start_latest(self._presenter.compare, pair.id, pair.other_id)

    def _on_merge(self) -> None:
        kept, merged = self.comparison.kept, self.comparison.merged
        if kept is not None and merged is not None:
            self.ask(kept, merged)

    def _on_all(self) -> None:
        self.open(None)
