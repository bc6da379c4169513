"""The page of a template: an entry that comes again, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.document_page import Action, Document
from erp_desktop.ui.forms import CheckField, ChoiceField, DateField, TextField
from modules.accounting.entries import EntryDraft
from modules.accounting.permissions import Permission
from modules.accounting.selectors import SheetKind
from modules.accounting.templates import TemplateDraft, save_template
from modules.accounting.widgets.entry_lines import Line
from modules.accounting.widgets.entry_sheet import SheetPage

INTERVALS: tuple[tuple[int | None, str], ...] = (
    (None, N_("Only by hand")),
    (1, N_("Every month")),
    (2, N_("Every two months")),
    (3, N_("Every quarter")),
    (6, N_("Every half-year")),
    (12, N_("Every year")),
)


@dataclass(frozen=True, slots=True)
class TemplateHead:
    """The head of a template; branch is the id as text."""

    journal: str = ""
    name: str = ""
    label: str = ""
    branch: str = ""
    every_months: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_automatic: bool = False
    is_active: bool = True


class TemplatePage(SheetPage[TemplateHead]):
    """One template. Opened with nothing, `template:<id>`, or `entry:<id>` to take its lines."""

    title: ClassVar[str] = N_("Template")
    new_title: ClassVar[str] = N_("New template")
    head_columns: ClassVar[int] = 5
    kinds: ClassVar[Mapping[str, SheetKind]] = {
        "template": "template",
        "entry": "entry",
        "draft": "draft",
    }

    def __init__(self, backend: Backend) -> None:
        fields = (
            TextField("name", N_("Name"), required=True),
            TextField("label", N_("Label")),
            ChoiceField("every_months", N_("Falls due"), INTERVALS),
            DateField("starts_on", N_("First on")),
            DateField("ends_on", N_("Not after")),
            CheckField("is_automatic", N_("Posted without a person")),
            CheckField("is_active", N_("In use")),
        )
        super().__init__(backend, fields)

    @override
    def show_sheet(self, content: Mapping[str, Any] | None, kind: SheetKind) -> None:
        told = content or {}
        is_kept = kind == "template"
        self.identity = UUID(told["id"]) if is_kept else uuid7()
        self.version = told.get("version") if is_kept else None
        head = TemplateHead(
            told.get("journal") or self.first_journal(),
            told.get("name", ""),
            told.get("label", ""),
            told.get("branch_id") or str(self.backend.user.branch.id),
            told.get("every_months"),
            _day(told.get("starts_on")),
            _day(told.get("ends_on")),
            told.get("is_automatic", False),
            told.get("is_active", True),
        )
        self._show(head, self.lines_told(content))

    @override
    async def save(self, head: TemplateHead, lines: Sequence[Line]) -> str:
        assert self.identity is not None  # noqa: S101 - shown before it is saved
        entry = EntryDraft(head.journal, UUID(head.branch), None, head.label, self.drafts(lines))
        when = (head.every_months, head.starts_on, head.ends_on)
        draft = TemplateDraft(head.name, entry, *when, head.is_automatic, head.is_active)
        self.version = await self.backend.do(
            save_template, self.identity, draft, version=self.version
        )
        self.forget_draft()  # of the name that it had until now
        self.wanted = f"template:{self.identity}"
        self._show(head, lines)
        return _("Template {name} is saved.").format(name=current().isolate(head.name))

    def _show(self, head: TemplateHead, lines: Sequence[Line]) -> None:
        is_kept = self.version is not None
        self.show_document(
            Document(
                f"accounting.template/{self.wanted or 'new'}",
                head,
                lines,
                number=head.name if is_kept else "",
                is_editable=self.backend.user.may(Permission.POST_ENTRIES),
            )
        )
        if is_kept and self.backend.user.may(Permission.POST_ENTRIES):
            self.offer(Action(N_("Use for an entry"), self._use, "pencil-plus-outline"))
        else:
            self.offer()

    async def _use(self) -> None:
        self.opens.emit("accounting.entry", f"template:{self.identity}")


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
