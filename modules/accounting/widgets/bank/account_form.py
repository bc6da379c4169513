"""The form of a bank account."""

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.bank import BankAccountDraft, save_bank_account
from modules.accounting.selectors.bank import BankAccountRow, BankAccountSetup, get_bank_account
from modules.accounting.widgets.account_field import AccountField


class BankAccountFormPage(WantedFormPage[BankAccountDraft]):
    """One bank account: whose it is, its keys, and the account of the ledger that mirrors it."""

    title = N_("Bank account")

    def __init__(self, backend: Backend) -> None:
        self._account = AccountField("account", N_("Account"), required=True)
        self._journal = forms.ChoiceField("journal", N_("Journal"), translate=False, required=True)
        self._branch = forms.ChoiceField("branch_id", N_("Branch"), translate=False, required=True)
        fields = (
            forms.CodeField("code", N_("Code"), required=True, hint=N_("Such as BADR-1")),
            forms.CheckField("is_active", N_("In use")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            forms.TextField("bank", N_("Bank")),
            self._branch,
            forms.CodeField("rib", N_("RIB")),
            forms.CodeField("iban", N_("IBAN")),
            self._account,
            self._journal,
            forms.CodeField("currency", N_("Currency"), hint=N_("Empty: the company's")),
        )
        super().__init__(backend, Form(fields))
        self._version: int | None = None

    @override
    async def show_wanted(self) -> None:
        """Show the bank account that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such bank account.
        """
        setup = await self.backend.ask(get_bank_account, self.wanted)
        self._offer(setup)
        found = setup.found
        self._version = None if found is None else found.version
        self._show(self._new() if found is None else _draft(found))

    @override
    async def save(self, draft: BankAccountDraft) -> str:
        self._version = await self.backend.do(save_bank_account, draft, version=self._version)
        self.forget_draft()
        self.wanted = draft.code
        self._show(draft)
        return _("Bank account {code} is saved.").format(code=current().isolate(draft.code))

    def _offer(self, setup: BankAccountSetup) -> None:
        language = current().language
        self._account.offer(setup.chart)
        self._journal.offer(
            [(j.code, f"{j.code} · {j.named(language)}") for j in setup.journals if j.is_active]
        )
        self._branch.offer(
            [
                (b.id, b.name_ar if language == "ar" and b.name_ar else b.name)
                for b in self.backend.user.branches
            ]
        )

    def _new(self) -> BankAccountDraft:
        branches = self.backend.user.branches
        return BankAccountDraft(uuid7(), branch_id=branches[0].id if branches else None)

    def _show(self, draft: BankAccountDraft) -> None:
        key = f"accounting.bank_account/{draft.code or 'new'}"
        self.show_draft(draft, key=key, name=current().isolate(draft.code))


def _draft(row: BankAccountRow) -> BankAccountDraft:
    return BankAccountDraft(
        id=row.id,
        code=row.code,
        name=row.name,
        account=row.account,
        journal=row.journal,
        branch_id=row.branch_id,
        currency=row.currency,
        name_ar=row.name_ar,
        bank=row.bank,
        rib=row.rib,
        iban=row.iban,
        is_active=row.is_active,
    )
