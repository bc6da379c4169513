"""The document: head, lines, totals, its path and history; saved as a draft, posted by one key.

    class InvoicePage(DocumentPage[InvoiceHead, InvoiceLine]):
        title, new_title = N_("Invoice"), N_("New invoice")
        columns = (NUMBER, LineColumn(N_("Product"), …, cell=LinkCell(…), put=…), …)

        def __init__(self, backend):
            super().__init__(backend, [LinkField("customer", …), DateField("dated", …)])

        def new_line(self): …              # an empty line
        def reckon(self, head, lines): …   # totals after each change: pure, no waiting
        async def save(self, head, lines): …   # keep the draft; show it as saved; say what to say

A page shows a `Document` with `show_document`, and says by `offer` what can be done in its state.
The first action is the next state (Ctrl+Enter); an action that is dangerous asks by naming the
document. Typing survives a crash; what is posted can be read and copied only.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, memory, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_actions import Action, DocumentActions
from erp_desktop.ui.document_body import DocumentBody
from erp_desktop.ui.document_parts import (
    Document,
    Happening,
    PathBar,
    Reckoned,
    SideTabs,
    Step,
    Total,
)
from erp_desktop.ui.drafts import BROUGHT_BACK, DraftKeeper
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import column
from erp_desktop.ui.preview import PreviewSplit

__all__ = ["Action", "Document", "DocumentPage", "Happening", "Reckoned", "Step", "Total"]

H = TypeVar("H")
L = TypeVar("L")
_SIDE_WIDTH = 360


class DocumentPage(Page, Generic[H, L]):
    """The base of all documents.

    Attributes:
        title: What such a document is called, marked `N_`; its number follows.
        new_title: Heading of one without a number, marked `N_`.
        columns: The grid.
        placeholder: What the empty line says, marked `N_`.
        head_columns: How many fields stand beside each other.
        grows: Whether lines can be added; those of a payment are what is open.
        keeps_drafts: Whether it can be saved before its next state.
    """

    title: ClassVar[str]
    new_title: ClassVar[str]
    columns: ClassVar[tuple[LineColumn[Any], ...]]
    placeholder: ClassVar[str] = N_("Type a product…")
    head_columns: ClassVar[int] = 5
    grows: ClassVar[bool] = True
    keeps_drafts: ClassVar[bool] = True

    def __init__(self, backend: Backend, head: Sequence[Field]) -> None:
        super().__init__()
        self.backend = backend
        self.header = Header(self.new_title)
        self.path = PathBar()
        self.body: DocumentBody[H, L] = DocumentBody(self, head)
        self.side = SideTabs()
        self.document: Document[H, L] | None = None
        self._split = PreviewSplit(self.body)
        self._keeper: DraftKeeper | None = None
        self._actions = DocumentActions(self)
        self._split.set_side(self.side, _SIDE_WIDTH)
        self.setLayout(
            column(self.header, self.notices, self.path, self._split, margins=theme.SPACE_L)
        )
        self._connect()

    @abstractmethod
    def new_line(self) -> L:
        """Return an empty line."""

    def reckon(self, head: Mapping[str, Any], lines: Sequence[L]) -> Reckoned[L]:
        """Return the lines as reckoned, and the totals; called after each change: be quick."""
        del head
        return Reckoned(lines)

    def on_head(self, name: str) -> None:
        """Follow a change of the head's field `name`: another customer has other prices."""

    def on_step(self, steps: int) -> None:
        """Show the next document (1) or the one before (-1)."""

    @abstractmethod
    async def save(self, head: H, lines: Sequence[L]) -> str:
        """Save what is typed and return the sentence to say; then show it by `show_document`."""

    def show_document(self, document: Document[H, L]) -> None:
        """Show a document; what was typed before is gone."""
        self.document = document
        self.body.show_document(document)
        self.path.show_path(document.path)
        if self._keeper is None:
            self._keeper = DraftKeeper(self.body, memory.current().drafts, document.key)
        self._keeper.key = document.key
        if document.is_editable and self._keeper.bring_back():
            self.say(_(BROUGHT_BACK), "warn")
        self._word()
        if document.number:
            self.renamed.emit(document.number)
        self._actions.follow_changes()

    def change_lines(self, lines: Sequence[L]) -> None:
        """Take these lines as if the user had typed them: other prices, lines of an order."""
        self.body.grid.lines.change(lines)

    def add_side(self, title: str, widget: QWidget) -> None:
        """Show `widget` at the side under a tab; title marked `N_`."""
        self.side.add(title, widget)
        self._split.show_side(shown=True)

    def toggle_side(self) -> None:
        """Show what stands at the side, or give its room to the lines."""
        self._split.show_side(shown=not self.side.isVisible())

    def offer(self, *actions: Action) -> None:
        """Say what can be done now: the first is the next state, the others stand beside it."""
        self._actions.offer(actions)

    def save_now(self) -> None:
        """Check the head and save."""
        self.start_once(self.save_typed)

    def name(self) -> str:
        """Return what the document is called: its kind and number, or that it is new."""
        shown = self.document
        if shown is None or not shown.number:
            return _(self.new_title)
        return f"{_(shown.title or self.title)} {current().isolate(shown.number)}"

    @override
    def unsaved(self) -> str:
        return self.name() if self.body.is_changed else ""

    @override
    def forget_draft(self) -> None:
        if self._keeper is not None:
            self._keeper.forget()

    @override
    def state(self) -> dict[str, Any]:
        if self._keeper is not None:
            self._keeper.save()
        return {}

    @override
    def refuse(self, error: UserError) -> None:
        if not self.body.form.show_refusal(error):
            super().refuse(error)

    async def save_typed(self) -> bool:
        """Check the head and save; whether it could be."""
        head = self.body.form.read()
        if head is None:
            self.say(_("Some fields cannot be saved yet. Look for the red ones."), "warn")
            return False
        sentence = await self.save(head, self.body.grid.lines.lines)
        self.forget_draft()
        self.say(sentence)
        self._actions.follow_changes()
        return True

    def _connect(self) -> None:
        self.body.changed.connect(self._actions.follow_changes)
        self.body.head_changed.connect(self.on_head)
        _bind_keys(self)
        follow(self, self._word)

    def _word(self) -> None:
        self.header.show_title(self.name() if self.document and self.document.number else "")
        if self.document is not None:
            self.header.show_state(_(self.document.state), self.document.tone)
        self.body.reckon()


def _bind_keys(page: DocumentPage[Any, Any]) -> None:
    grid = page.body.grid
    for identity, deed in (
        ("page.add_line", grid.add_line),
        ("page.remove_line", grid.remove_lines),
        ("document.undo", grid.lines.undo),
        ("document.redo", grid.lines.redo),
        ("page.previous_record", lambda: page.on_step(-1)),
        ("page.next_record", lambda: page.on_step(1)),
        ("page.back", lambda: None if page.unsaved() else page.closes.emit()),
    ):
        keys.bind(page, identity, deed)
