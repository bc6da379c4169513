"""Enrolling this computer: it gets a branch, a series of numbers and a login of its own."""

from dataclasses import dataclass
from typing import ClassVar, Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.facts import wrapped
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.form_page import FormPage
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import card, label


@dataclass(frozen=True, slots=True)
class EnrolDraft:
    """How this computer is to be called, and where it stands."""

    name: str = ""
    branch_id: UUID | None = None


class EnrolView(Protocol):
    """All the presenter needs of whoever shows the form."""

    def show_enrolled(self, prefix: str) -> None:
        """Show what this computer is now; nothing more can be typed."""


class EnrolPresenter:
    """What enrolling does, told without a widget."""

    def __init__(self, view: EnrolView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def enrol(self, draft: EnrolDraft) -> str:
        """Enrol this computer and return what to do next.

        Raises:
            NotFoundError: It is a workstation already.
        """
        enrol, branch = self._backend.enrol_here, draft.branch_id
        if enrol is None or branch is None:
            raise NotFoundError
        made = await enrol(draft.name, branch)
        self._backend.enrol_here = None
        prefix = current().isolate(made.prefix)
        self._view.show_enrolled(prefix)
        said = _("This computer is {prefix} now. Sign out and sign in again to work with it.")
        return said.format(prefix=prefix)


class EnrolPage(FormPage[EnrolDraft]):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("Enrol this computer")

    def __init__(self, backend: Backend) -> None:
        self._branch = forms.ChoiceField("branch_id", N_("Branch"), translate=False, required=True)
        name = forms.TextField("name", N_("Name"), required=True, hint=N_("Such as Till 1"))
        super().__init__(backend, Form[EnrolDraft]((name, self._branch)))
        self._presenter = EnrolPresenter(self, backend)
        worded(self._save, N_("Enrol"))
        self.side.addWidget(self._explanation())
        self.side.addStretch(1)
        follow(self, self._word)
        self.show_draft(EnrolDraft(branch_id=backend.user.branch.id), key="admin.enrol")

    def show_enrolled(self, prefix: str) -> None:
        """Show what this computer is now; nothing more can be typed."""
        self.form.setEnabled(False)
        self.header.show_state(prefix, "ok")

    @override
    def on_first_show(self) -> None:
        if self.backend.enrol_here is None:
            self.form.setEnabled(False)
            self.say(_("This computer is a workstation already."), "warn")

    @override
    async def save(self, draft: EnrolDraft) -> str:
        sentence = await self._presenter.enrol(draft)
        self.form.show_draft(draft)
        return sentence

    def _explanation(self) -> QWidget:
        text = wrapped("muted")
        worded(
            text,
            N_(
                "An enrolled computer sells and counts without a line to head office. It gets a "
                "series of numbers of its own, so no two tickets ever have the same one."
            ),
        )
        made = card(label(N_("What this does"), "heading"), text)
        made.setFixedWidth(280)
        return made

    def _word(self) -> None:
        language = current().language
        branches = self.backend.user.branches
        self._branch.offer([(b.id, in_language(language, b.name, b.name_ar)) for b in branches])
