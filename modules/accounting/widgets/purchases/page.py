"""The page of a purchase invoice: typed in a grid, compared with the paper, posted."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.attachments import Subject
from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.attachments import AttachmentsSide
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import Action, Reckoned
from modules.accounting.permissions import Permission
from modules.accounting.selectors.purchases import PurchaseRow, PurchaseSheet
from modules.accounting.widgets.purchases.head import (
    HeadFields,
    PurchaseHead,
    document_of,
    new_document,
    totals_of,
)
from modules.accounting.widgets.purchases.lines import COLUMNS, Line
from modules.accounting.widgets.purchases.presenter import PurchasePresenter
from modules.accounting.widgets.wanted_page import WantedPage


class PurchasePage(WantedPage[PurchaseHead, Line]):
    """One purchase. Opened with nothing for a new one, or with its id."""

    title: ClassVar[str] = N_("Purchase invoice")
    new_title: ClassVar[str] = N_("New purchase invoice")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS
    placeholder: ClassVar[str] = N_("Type an account…")
    head_columns: ClassVar[int] = 5
    keeps_drafts: ClassVar[bool] = False

    def __init__(self, backend: Backend) -> None:
        self.presenter = PurchasePresenter(backend)
        self.fields = HeadFields(backend)
        super().__init__(backend, self.fields.parts())
        self.files = AttachmentsSide(self, backend)
        self.add_side(N_("Attachments"), self.files)
        self._split.show_side(shown=False)

    @override
    async def show_wanted(self) -> None:
        """Show the purchase that was asked for, or a new one."""
        sheet = await self.presenter.show(UUID(self.wanted) if self.wanted else None)
        self.fields.use(sheet.choices.currency)
        if sheet.row is None:
            self._show_new()
        else:
            self._show_booked(sheet.row, sheet)

    @override
    def new_line(self) -> Line:
        lines = self.body.grid.lines.lines if hasattr(self, "body") else ()
        if not lines:
            return Line(currency=self.presenter.currency)
        last = lines[-1]
        return Line(label=last.label, tax=last.tax, use=last.use, currency=last.currency)

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[Line]) -> Reckoned[Line]:
        if not self.presenter.is_told:
            return Reckoned(lines)
        return Reckoned(lines, totals_of(head, lines, self.presenter.sheet.choices))

    @override
    def on_head(self, name: str) -> None:
        if self.document is not None and self.document.is_editable:
            if name == "party":
                self.start_latest(self._follow_supplier)
            elif name == "dated_on":
                self.start_latest(self._follow_day)

    @override
    async def save(self, head: PurchaseHead, lines: Sequence[Line]) -> str:
        sentence = await self.presenter.post(head, lines)
        self.forget_draft()
        self.wanted = str(self.presenter.identity)
        await self.show_wanted()
        return sentence

    def _show_new(self) -> None:
        self.show_document(new_document(wall_clock.today(), str(self.backend.user.branch.id)))
        self.files.show_subject(None, may_edit=False)
        may_post = self.backend.user.may(Permission.POST_PURCHASES)
        self.offer(*((Action(N_("Post"), self._post, "check"),) if may_post else ()))
        self.fields.party.setFocus()

    def _show_booked(self, row: PurchaseRow, sheet: PurchaseSheet) -> None:
        self.show_document(document_of(row, sheet))
        may_post = self.backend.user.may(Permission.POST_PURCHASES)
        subject = Subject("accounting.purchase", row.id, row.branch_id)
        self.files.show_subject(subject, may_edit=may_post)
        again = Action(N_("New purchase invoice"), self._new, "plus", key="page.new")
        entry = Action(N_("Entry"), self._open_entry, "book-open-variant")
        files = Action(N_("Attachments"), self._toggle_files, "paperclip")
        question = N_("Take {name} back? Its entry is reversed.")
        undo = Action(N_("Take the invoice back"), self._undo, "undo-variant", question=question)
        may_undo = may_post and not row.is_undone
        keep = Action(N_("Withhold…"), self._withhold, "hand-coin-outline")
        may_keep = self.backend.user.may(Permission.WITHHOLD) and row.open > 0
        self.offer(
            *((again,) if may_post else ()),
            *((keep,) if may_keep else ()),
            *(entry, files),
            *((undo,) if may_undo else ()),
        )

    async def _post(self) -> None:
        # Whatever happens on the way, what is typed waits here.
        self.state()
        await self.save_typed()

    async def _new(self) -> None:
        self.wanted = ""
        self.renamed.emit(_(self.new_title))
        await self.show_wanted()

    async def _open_entry(self) -> None:
        row = self.presenter.sheet.row
        if row is not None:
            self.opens.emit("accounting.entry", f"entry:{row.entry_id}")

    async def _toggle_files(self) -> None:
        self.toggle_side()

    async def _withhold(self) -> str | None:
        """Make the certificate of what is kept back of the invoice for the state."""
        sentence = await self.presenter.withhold(self)
        if sentence is not None:
            await self.show_wanted()
        return sentence

    async def _undo(self) -> str:
        sentence = await self.presenter.undo()
        await self.show_wanted()
        return sentence

    async def _follow_supplier(self) -> None:
        """Take the terms of the supplier, and the lines of the last purchase if there are none."""
        typed = self.body.form.values()
        if typed.get("party") is None:
            return
        habits = await self.presenter.habits(typed["party"], typed.get("dated_on"))
        if habits.due_on is not None:
            self.body.form.type_values({"due_on": habits.due_on})
        if all(line.is_empty for line in self.body.grid.lines.lines):
            self.change_lines(habits.lines)

    async def _follow_day(self) -> None:
        day = self.body.form.values().get("dated_on")
        if day is not None:
            await self.presenter.date(day)
            await self._follow_supplier()
