"""The form of an account."""

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import button
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.chart import AccountDraft, save_account
from modules.accounting.selectors import get_account

# Before the code of the account beneath which a new one shall stand.
BENEATH = "new/"


class AccountFormPage(WantedFormPage[AccountDraft]):
    """One account; the code of one that is kept stands in entries and does not change."""

    title = N_("Account")

    def __init__(self, backend: Backend) -> None:
        self._code = forms.TextField(
            "code", N_("Code"), required=True, hint=N_("Digits; the first is the class")
        )
        fields = (
            self._code,
            forms.CheckField("is_active", N_("In use")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            forms.PairsField(
                "metadata", N_("Extra facts"), hint=N_("Sector: wholesale, one a line")
            ),
        )
        super().__init__(backend, Form(fields))
        self._version: int | None = None
        self._ledger = button(N_("Ledger"), self._on_ledger, icon="book-account-outline")
        self.header.add(self._ledger)

    @override
    async def show_wanted(self) -> None:
        """Show the account that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such account.
        """
        self._version = None
        if not self.wanted or self.wanted.startswith(BENEATH):
            self._show(AccountDraft(code=self.wanted.removeprefix(BENEATH)))
            return
        found = await self.backend.ask(get_account, self.wanted)
        self._version = found.version
        names = found.code, found.name, found.name_ar
        self._show(AccountDraft(*names, found.is_active, found.extra))

    @override
    async def save(self, draft: AccountDraft) -> str:
        self._version = await self.backend.do(save_account, draft, version=self._version)
        self.forget_draft()
        self.wanted = draft.code
        self._show(draft)
        return _("Account {code} is saved.").format(code=current().isolate(draft.code))

    def _show(self, draft: AccountDraft) -> None:
        is_kept = self._version is not None
        key = f"accounting.account/{draft.code if is_kept else 'new'}"
        self.show_draft(draft, key=key, name=current().isolate(draft.code) if is_kept else "")
        self._code.editor.setEnabled(not is_kept)
        self._ledger.setEnabled(is_kept)

    def _on_ledger(self) -> None:
        self.opens.emit("accounting.ledger", f"account:{self.wanted}")
