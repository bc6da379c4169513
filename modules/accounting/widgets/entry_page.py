"""The page of an entry by hand: typed in a grid, kept as a draft, posted, and reversed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.attachments import Subject
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.attachments import AttachmentsSide
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.document_page import Action, Document, Step
from erp_desktop.ui.forms import DateField, TextField
from modules.accounting.entries import POST_ENTRY, EntryDraft, discard_draft, save_draft
from modules.accounting.permissions import Permission
from modules.accounting.selectors import SheetKind
from modules.accounting.widgets.entry_history import history_of
from modules.accounting.widgets.entry_lines import Line
from modules.accounting.widgets.entry_sheet import SheetPage
from modules.accounting.widgets.reversal import ask_reversal, reverse_entry

_DRAFT, _POSTED, _REVERSED = N_("Draft"), N_("Posted"), N_("Reversed")


@dataclass(frozen=True, slots=True)
class EntryHead:
    """The head of an entry; branch is the id as text."""

    journal: str = ""
    dated: date | None = None
    label: str = ""
    branch: str = ""


class EntryPage(SheetPage[EntryHead]):
    """One entry. Opened with nothing, or with `draft:<id>`, `template:<id>` or `entry:<id>`.

    A template fills a new entry; `copy:<id>` does the same with an entry that was posted.
    """

    title: ClassVar[str] = N_("Journal entry")
    new_title: ClassVar[str] = N_("New entry")
    head_columns: ClassVar[int] = 4
    kinds: ClassVar[Mapping[str, SheetKind]] = {
        "draft": "draft",
        "template": "template",
        "entry": "entry",
        "copy": "entry",
    }

    def __init__(self, backend: Backend) -> None:
        label = TextField("label", N_("Label"), required=True)
        super().__init__(backend, (DateField("dated", N_("Date"), required=True), label))
        self._shows_entry = False
        self.files = AttachmentsSide(self, backend)
        self.add_side(N_("Attachments"), self.files)
        self._split.show_side(shown=False)

    @override
    def show_sheet(self, content: Mapping[str, Any] | None, kind: SheetKind) -> None:
        is_copy = self.wanted.startswith("copy:")
        told = content or {}
        self._shows_entry = kind == "entry" and not is_copy
        is_same = kind == "draft" or self._shows_entry
        self.identity = UUID(told["id"]) if is_same else uuid7()
        self.version = told.get("version") if kind == "draft" else None
        day = told.get("on") if is_same else None
        head = EntryHead(
            told.get("journal") or self.first_journal(),
            date.fromisoformat(day) if day else date.today(),  # noqa: DTZ011 - the desk's day
            told.get("label", ""),
            told.get("branch_id") or str(self.backend.user.branch.id),
        )
        self._show(head, self.lines_told(content), told)

    @override
    async def save(self, head: EntryHead, lines: Sequence[Line]) -> str:
        assert self.identity is not None  # noqa: S101 - shown before it is saved
        draft = self._draft(head, lines)
        self.version = await self.backend.do(save_draft, self.identity, draft, version=self.version)
        self.forget_draft()  # of the name that it had until now
        self.wanted = f"draft:{self.identity}"
        self._show(head, lines, {})
        return _("The draft is saved. Nothing is posted yet.")

    def _draft(self, head: EntryHead, lines: Sequence[Line]) -> EntryDraft:
        branch = UUID(head.branch)
        return EntryDraft(head.journal, branch, head.dated, head.label, self.drafts(lines))

    def _show(self, head: EntryHead, lines: Sequence[Line], told: Mapping[str, Any]) -> None:
        """Show a draft, or what was posted: `told` says number, author and reversal."""
        number = told.get("number") if self._shows_entry else ""
        mirror = told.get("reversed_by") if number else None
        state = (_REVERSED if mirror else _POSTED) if number else _DRAFT
        path = (Step(_DRAFT, "ok"), Step(_POSTED, "ok" if number else ""))
        self.show_document(
            Document(
                f"accounting.entry/{self.wanted or 'new'}",
                head,
                lines,
                number=number or "",
                state=state,
                tone="ok" if number and not mirror else "warn" if mirror else "",
                path=path,
                history=history_of(told) if number else (),
                is_editable=not number,
            )
        )
        self._show_files(head.branch, is_kept=bool(number or self.version))
        self._offer(is_posted=bool(number), is_reversed=bool(mirror))

    def _show_files(self, branch: str, *, is_kept: bool) -> None:
        """Show the files of the entry; a draft has its id already."""
        subject = None
        if is_kept and self.identity is not None:
            subject = Subject("accounting.entry", self.identity, UUID(branch))
        self.files.show_subject(subject, may_edit=self.backend.user.may(Permission.POST_ENTRIES))

    def _offer(self, *, is_posted: bool, is_reversed: bool) -> None:
        files = Action(N_("Attachments"), self._toggle_files, "paperclip")
        if not self.backend.user.may(Permission.POST_ENTRIES):
            self.offer(*((files,) if is_posted else ()))
        elif not is_posted:
            discard = Action(N_("Discard"), self._discard, question=N_("Discard {name}?"))
            post = Action(N_("Post"), self._post, "check")
            self.offer(post, discard, files) if self.version else self.offer(post)
        else:
            copy = Action(N_("Copy"), self._copy, "content-copy")
            reverse = Action(N_("Reverse"), self._reverse, "undo-variant")
            again = Action(N_("New entry"), self._new, "plus", key="page.new")
            keep = Action(N_("Make a template"), self._keep, "calendar-sync-outline")
            self.offer(again, keep, copy, files, *(() if is_reversed else (reverse,)))

    async def _toggle_files(self) -> None:
        self.toggle_side()

    async def _post(self) -> str | None:
        head = self.body.form.read()
        if head is None:
            self.say(_("Some fields cannot be saved yet. Look for the red ones."), "warn")
            return None
        lines = self.body.grid.lines.lines
        payload = {**self._draft(head, lines).as_json(), "id": str(self.identity)}
        answer = await self.backend.execute(POST_ENTRY, payload)
        self.forget_draft()
        number = str(answer.result["number"])
        self.wanted, self._shows_entry, self.version = f"entry:{self.identity}", True, None
        told = {
            "number": number,
            "posted_by": self.backend.user.login,
            "posted_at": datetime.now().astimezone().isoformat(),
        }
        self._show(head, lines, told)
        return _("Posted as {number}.").format(number=current().isolate(number))

    async def _discard(self) -> str | None:
        assert self.identity is not None  # noqa: S101 - only what is kept can be discarded
        await self.backend.do(discard_draft, self.identity)
        self.forget_draft()
        await self._new()
        return _("The draft is discarded.")

    async def _new(self) -> None:
        self.wanted = ""
        self.renamed.emit(_(self.new_title))
        await self.show_wanted()

    async def _keep(self) -> None:
        self.opens.emit("accounting.template", f"entry:{self.identity}")

    async def _copy(self) -> None:
        self.opens.emit("accounting.entry", f"copy:{self.identity}")

    async def _reverse(self) -> str | None:
        assert self.identity is not None and self.document is not None  # noqa: PT018, S101
        day = await ask_reversal(self, self.document.number)
        if day is None:
            return None
        sentence = await reverse_entry(self.backend, self.identity, day.value)
        await self.load("entry", self.identity)
        return sentence
