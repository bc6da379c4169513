"""What the pages of an entry and of a template share: the grid that helps whoever types in it."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import Reckoned, Total
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField
from modules.accounting.entries import LineDraft
from modules.accounting.selectors import Sheet, SheetKind, get_sheet
from modules.accounting.widgets.entry_lines import (
    COLUMNS,
    CREDIT,
    DEBIT,
    Line,
    balancing,
    choice_of,
    line_of,
    missing,
    total,
)
from modules.accounting.widgets.wanted_page import WantedPage

H = TypeVar("H")
_SIDES = {DEBIT: "debit", CREDIT: "credit"}
_EMPTY = Sheet("DZD", (), {})


class SheetPage(WantedPage[H, Line]):
    """A document of debits and credits.

    Each line begins with the label of the one above and the account that usually stands against
    it in this journal; Tab on an empty amount takes what is missing on that side.

    Attributes:
        kinds: What the page can be opened with, and as which kind that is asked for.
    """

    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS
    placeholder: ClassVar[str] = N_("Type an account…")
    kinds: ClassVar[Mapping[str, SheetKind]] = {}

    def __init__(self, backend: Backend, head: Sequence[Field]) -> None:
        self.sheet = _EMPTY
        self.journal = ChoiceField("journal", N_("Journal"), [("", "")], translate=False)
        self.branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        super().__init__(backend, (self.journal, *head, self.branch))
        self.version: int | None = None
        self.identity: UUID | None = None
        self.body.grid.installEventFilter(self)
        follow(self.journal, self._offer_choices)

    @abstractmethod
    def show_sheet(self, content: Mapping[str, Any] | None, kind: SheetKind) -> None:
        """Show what was asked for; none for a new one."""

    @override
    async def show_wanted(self) -> None:
        """Ask for what the page was opened with, such as `draft:<id>`, and show it."""
        name, _colon, key = self.wanted.partition(":")
        kind = self.kinds.get(name, "new")
        await self.load(kind, UUID(key) if kind != "new" else None)
        if self.document is not None and self.document.is_editable:
            self.body.grid.start()

    async def load(self, kind: SheetKind, source: UUID | None) -> None:
        """Ask for a draft, template or entry with all that the page needs, and show it."""
        self.sheet = await self.backend.ask(get_sheet, kind, source)
        self._offer_choices()
        self.show_sheet(self.sheet.content, kind)

    def lines_told(self, content: Mapping[str, Any] | None) -> list[Line]:
        """Return the lines of what PostgreSQL told."""
        return [line_of(each, self.sheet.currency) for each in (content or {}).get("lines", ())]

    def drafts(self, lines: Sequence[Line]) -> tuple[LineDraft, ...]:
        """Return what is saved or posted of the lines."""
        return tuple(line.as_draft() for line in lines)

    def first_journal(self) -> str:
        """Return the journal of most entries by hand."""
        open_journals = [each.code for each in self.sheet.journals if each.is_open]
        return "OD" if "OD" in open_journals else next(iter(open_journals), "")

    @override
    def new_line(self) -> Line:
        lines = self.body.grid.lines.lines if hasattr(self, "body") else ()
        if not lines:
            return Line(home=self.sheet.currency)
        account = self._counterpart(lines) if missing(lines) else None
        return Line(account, lines[-1].label, home=self.sheet.currency)

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[Line]) -> Reckoned[Line]:
        debit, credit = (
            current().amount(total(lines, side), self.sheet.currency)
            for side in ("debit", "credit")
        )
        lack = missing(lines)
        totals = [Total(_("Debit"), debit), Total(_("Credit"), credit)]
        if lack:
            words = _("Missing in credit") if lack > 0 else _("Missing in debit")
            other = self._counterpart(lines)
            if other is not None:  # the account that the next line begins with
                words = f"{words} · {other.code} {other.named(current().language)}"
            figure = current().money(abs(lack), self.sheet.currency)
            totals.append(Total(words, figure, is_due=True))
        return Reckoned(lines, totals)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab take what is missing, before it goes on."""
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() == QEvent.Type.KeyPress and watched is self.body.grid:
            self._balance()
        return super().eventFilter(watched, event)

    def _balance(self) -> None:
        grid = self.body.grid
        place, side = grid.currentIndex().row(), _SIDES.get(grid.currentIndex().column())
        if side is None or not grid.lines.is_open:
            return
        before = grid.lines.line_at(place)
        lines = grid.lines.lines
        after = balancing(before, side, lines)
        if after != before:
            grid.lines.change([*lines[:place], after, *lines[place + 1 :]])

    def _counterpart(self, lines: Sequence[Line]) -> LinkChoice | None:
        """Return the account that usually stands against the last lines, and is not there yet."""
        known = self.sheet.counterparts.get(str(self.journal.read()), {})
        used = {line.account.code for line in lines if line.account}
        for line in reversed(lines):
            usual = known.get(line.account.code) if line.account else None
            if usual is not None and usual["code"] not in used:
                return choice_of(usual)
        return None

    def _offer_choices(self) -> None:
        language = current().language
        self.journal.offer(
            [(j.code, j.named(language)) for j in self.sheet.journals if self._fits(j)]
        )
        branches = self.backend.user.branches
        named = [(str(b.id), in_language(language, b.name, b.name_ar)) for b in branches]
        self.branch.offer(named)

    def _fits(self, journal: Any) -> bool:
        shown = (self.sheet.content or {}).get("journal")
        return bool(journal.is_open or journal.code == shown)
