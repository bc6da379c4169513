"""The form of a journal."""

from typing_extensions import override

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.books import JournalDraft, save_journal
from modules.accounting.selectors import list_journals


class JournalFormPage(WantedFormPage[JournalDraft]):
    """One journal; the code of one that is kept stands in numbers and does not change."""

    title = N_("Journal")

    def __init__(self, backend: Backend) -> None:
        self._code = forms.CodeField("code", N_("Code"), required=True)
        fields = (
            self._code,
            forms.CheckField("is_active", N_("In use")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
        )
        super().__init__(backend, Form(fields))

    @override
    async def show_wanted(self) -> None:
        """Show the journal that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such journal.
        """
        if not self.wanted:
            self._show(JournalDraft())
            return
        journals = await self.backend.ask(list_journals)
        found = next((each for each in journals if each.code == self.wanted), None)
        if found is None:
            raise NotFoundError
        self._show(JournalDraft(found.code, found.name, found.name_ar, found.is_active))

    @override
    async def save(self, draft: JournalDraft) -> str:
        await self.backend.do(save_journal, draft, is_new=not self.wanted)
        self.wanted = draft.code
        self.forget_draft()
        self._show(draft)
        return _("Journal {code} is saved.").format(code=current().isolate(draft.code))

    def _show(self, draft: JournalDraft) -> None:
        key = f"accounting.journal/{draft.code or 'new'}"
        self.show_draft(draft, key=key, name=current().isolate(draft.code))
        self._code.editor.setEnabled(not draft.code)
