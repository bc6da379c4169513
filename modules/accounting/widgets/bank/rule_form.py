"""The form of a rule: by which words a movement is known, and how it is booked then."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import Form
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.bank_rules import BankRuleDraft, save_bank_rule
from modules.accounting.selectors.bank_rules import BankRuleRow, BankRuleSetup, get_bank_rule
from modules.accounting.widgets.account_field import AccountField
from modules.accounting.widgets.bank.booking import tax_choices
from modules.accounting.widgets.bank.rule_list import DIRECTIONS
from modules.accounting.widgets.line_columns import cost_centres, partners

_BANK, _BRANCH = "bank:", "branch:"


@dataclass(frozen=True, slots=True)
class RuleForm:
    """A rule as its fields show it; `place` is a bank account, or a branch with all of its."""

    id: UUID
    place: str = ""
    words: str = ""
    direction: str = "any"
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    account: str = ""
    tax: str = ""
    party: LinkChoice | None = None
    centre: LinkChoice | None = None
    label: str = ""
    posts_itself: bool = False
    is_active: bool = True

    def as_draft(self) -> BankRuleDraft:
        """Return what is saved."""
        kind, _colon, key = self.place.partition(":")
        return BankRuleDraft(
            self.id,
            UUID(key) if kind == "branch" else None,
            UUID(key) if kind == "bank" else None,
            self.words,
            self.direction,
            self.amount_from,
            self.amount_to,
            self.account,
            self.tax,
            self.party.id if self.party else None,
            str(self.centre.id) if self.centre else "",
            self.label,
            self.posts_itself,
            self.is_active,
        )


def form_of(row: BankRuleRow) -> RuleForm:
    """Return what the fields show of a rule that is kept."""
    bank, centre = row.bank_account_id, row.cost_centre
    return RuleForm(
        row.id,
        f"{_BANK}{bank}" if bank else f"{_BRANCH}{row.branch_id}",
        " ".join(row.words),
        row.direction,
        row.amount_from,
        row.amount_to,
        row.account,
        row.tax,
        LinkChoice(row.party_id, "", row.party, row.party_ar) if row.party_id else None,
        LinkChoice(centre, centre, centre) if centre else None,
        row.label,
        row.posts_itself,
        row.is_active,
    )


class BankRuleFormPage(WantedFormPage[RuleForm]):
    """One rule; whoever edits a learned one makes it his own."""

    title = N_("Bank rule")

    def __init__(self, backend: Backend) -> None:
        self._place = forms.ChoiceField("place", N_("Bank account"), translate=False, required=True)
        self._account = AccountField("account", N_("Account"), required=True)
        self._tax = forms.ChoiceField("tax", N_("Tax in it"), [("", "")], translate=False)
        zero = Decimal(0)
        self._amounts = (
            forms.AmountField("amount_from", N_("Amount from"), least=zero),
            forms.AmountField("amount_to", N_("Amount to"), least=zero),
        )
        words = N_("Words of the bank's label, all of them; no digits")
        fields = (
            forms.TextField("words", N_("Words"), required=True, hint=words),
            forms.CheckField("is_active", N_("In use")),
            self._place,
            forms.ChoiceField("direction", N_("Which way"), list(DIRECTIONS.items())),
            *self._amounts,
            self._account,
            self._tax,
            LinkField("party", N_("Partner"), provider=partners),
            LinkField("centre", N_("Cost centre"), provider=cost_centres),
            forms.TextField("label", N_("Label"), hint=N_("Empty: what the bank says")),
            forms.CheckField("posts_itself", N_("Books when “Book what the rules know” is run")),
        )
        super().__init__(backend, Form(fields))
        self._version: int | None = None

    @override
    async def show_wanted(self) -> None:
        """Show the rule that was asked for, or an empty form.

        Raises:
            NotFoundError: There is no such rule.
        """
        wanted = UUID(self.wanted) if self.wanted else None
        setup = await self.backend.ask(get_bank_rule, wanted)
        self._offer(setup)
        found = setup.found
        self._version = None if found is None else found.version
        first = next((f"{_BANK}{bank.id}" for bank in setup.banks), "")
        self._show(RuleForm(uuid7(), first) if found is None else form_of(found))

    @override
    async def save(self, draft: RuleForm) -> str:
        self._version = await self.backend.do(
            save_bank_rule, draft.as_draft(), version=self._version
        )
        self.forget_draft()
        self.wanted = str(draft.id)
        self._show(draft)
        return _("The rule is saved.")

    def _offer(self, setup: BankRuleSetup) -> None:
        language = current().language
        for field in self._amounts:
            field.use(setup.currency)
        self._account.offer(setup.chart)
        self._tax.offer(tax_choices(setup.taxes))
        banks = [
            (f"{_BANK}{bank.id}", f"{bank.code} · {bank.named(language)}") for bank in setup.banks
        ]
        branches = [
            (
                f"{_BRANCH}{branch.id}",
                _("All of {branch}").format(
                    branch=in_language(language, branch.name, branch.name_ar)
                ),
            )
            for branch in self.backend.user.branches
        ]
        self._place.offer([*banks, *branches])

    def _show(self, form: RuleForm) -> None:
        key = f"accounting.bank_rule/{form.id if self._version else 'new'}"
        self.show_draft(form, key=key, name=current().isolate(form.words))
