"""The form of a cost centre."""

from typing_extensions import override

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.books import CostCentreDraft, save_cost_centre
from modules.accounting.selectors import list_cost_centres


class CostCentreFormPage(WantedFormPage[CostCentreDraft]):
    """One cost centre; the code of one that is kept does not change."""

    title = N_("Cost centre")

    def __init__(self, backend: Backend) -> None:
        self._code = forms.CodeField("code", N_("Code"), required=True)
        fields = (
            self._code,
            forms.CheckField("is_active", N_("In use")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
        )
        super().__init__(backend, Form(fields))
        self._version: int | None = None

    @override
    async def show_wanted(self) -> None:
        """Show the cost centre that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such cost centre.
        """
        self._version = None
        if not self.wanted:
            self._show(CostCentreDraft())
            return
        centres = await self.backend.ask(list_cost_centres)
        found = next((each for each in centres if each.code == self.wanted), None)
        if found is None:
            raise NotFoundError
        self._version = found.version
        self._show(CostCentreDraft(found.code, found.name, found.name_ar, found.is_active))

    @override
    async def save(self, draft: CostCentreDraft) -> str:
        self._version = await self.backend.do(save_cost_centre, draft, version=self._version)
        self.wanted = draft.code
        self.forget_draft()
        self._show(draft)
        return _("Cost centre {code} is saved.").format(code=current().isolate(draft.code))

    def _show(self, draft: CostCentreDraft) -> None:
        key = f"accounting.cost_centre/{draft.code or 'new'}"
        self.show_draft(draft, key=key, name=current().isolate(draft.code))
        self._code.editor.setEnabled(not draft.code)
