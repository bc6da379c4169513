"""Rules for bank movements, and what they propose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import in_language
from modules.accounting.permissions import Permission
from modules.accounting.selectors.bank import BankAccountRow, list_bank_accounts
from modules.accounting.selectors.chart import AccountRow, list_chart
from modules.accounting.selectors.partners import OfPartner
from modules.accounting.selectors.reconciling import BankProposal, list_bank_proposals
from modules.accounting.selectors.vat import VatChoice, list_vat

_RULES = """
    select r.id, r.version, r.branch_id, r.branch, r.bank_account_id, r.bank, r.words, r.direction,
           r.amount_from, r.amount_to, r.account, r.account_name, r.account_name_ar, r.tax,
           r.party_id, r.party, r.party_ar, r.cost_centre, r.label, r.posts_itself,
           r.is_learned, r.is_active, r.made_by, r.made_at, r.taught, r.accepted, r.refused,
           r.since, r.currency
      from accounting.bank_rules_v1() r
"""
_PROPOSALS = text("""
    select p.bank_account_id, p.movement_id, p.rule_id, p.booked_on, p.reference, p.movement,
           p.amount, p.currency, p.account, p.account_name, p.account_name_ar, p.party, p.party_ar,
           p.tax, p.cost_centre, p.label, p.words, p.posts_itself, p.uses, p.since,
           p.entry_id, p.entry, p.entry_on, p.entry_label
      from accounting.bank_rule_proposals_v1(:code, :paired, :entries) p
""").bindparams(bindparam("paired", type_=ARRAY(Uuid())), bindparam("entries", type_=ARRAY(Uuid())))
_CURRENCY = text("select c.currency from core.company c")


@dataclass(frozen=True, slots=True)
class BankRuleRow(OfPartner):
    """A rule, and how often it was right.

    Attributes:
        bank: Code of its bank account; empty for all of the branch.
        taught: How often people chose so by hand.
        accepted: How often they took what it proposed.
        since: The day of the first of both that still stands.
    """

    id: UUID
    version: int
    branch_id: UUID
    branch: str
    bank_account_id: UUID | None
    bank: str
    words: list[str]
    direction: str
    amount_from: Decimal | None
    amount_to: Decimal | None
    account: str
    account_name: str
    account_name_ar: str
    tax: str
    party_id: UUID | None
    party: str
    party_ar: str
    cost_centre: str
    label: str
    posts_itself: bool
    is_learned: bool
    is_active: bool
    made_by: str
    made_at: datetime
    taught: int
    accepted: int
    refused: int
    since: date | None
    currency: str

    def account_named(self, language: str) -> str:
        """Return the account's name in a language."""
        return in_language(language, self.account_name, self.account_name_ar)


@dataclass(frozen=True, slots=True)
class RuleProposal(OfPartner):
    """A movement that a rule knows.

    Attributes:
        uses: How many choices of people say the same.
        entry: Number of the partner's entry that waits for it; empty where one is to be booked.
    """

    bank_account_id: UUID
    movement_id: UUID
    rule_id: UUID
    booked_on: date
    reference: str
    movement: str
    amount: Decimal
    currency: str
    account: str
    account_name: str
    account_name_ar: str
    party: str
    party_ar: str
    tax: str
    cost_centre: str
    label: str
    words: list[str]
    posts_itself: bool
    uses: int
    since: date | None
    entry_id: UUID | None
    entry: str
    entry_on: date | None
    entry_label: str

    def account_named(self, language: str) -> str:
        """Return the account's name in a language."""
        return in_language(language, self.account_name, self.account_name_ar)


@dataclass(frozen=True, slots=True)
class BankAdvice:
    """What is proposed for a bank account: pairs first, rules for the other movements."""

    pairs: list[BankProposal]
    known: list[RuleProposal]


@dataclass(frozen=True, slots=True)
class BankRuleSetup:
    """A rule, if it is there, and what can be chosen for one."""

    found: BankRuleRow | None
    banks: list[BankAccountRow]
    chart: list[AccountRow]
    taxes: list[VatChoice]
    currency: str


def list_bank_rules(ctx: Context) -> list[BankRuleRow]:
    """Return the rules of the user's branches."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(BankRuleRow, text(_RULES))


def get_bank_rule(ctx: Context, rule: UUID | None) -> BankRuleSetup:
    """Return all that the form of a rule shows; None is a new one.

    Raises:
        NotFoundError: No rule of the user's branches has this id.
    """
    ctx.require(Permission.VIEW_LEDGER)
    found = ctx.rows(BankRuleRow, text(f"{_RULES} where r.id = :id").bindparams(id=rule))
    if rule is not None and not found:
        raise NotFoundError
    currency = str(ctx.connection.execute(_CURRENCY).scalar_one())
    return BankRuleSetup(
        next(iter(found), None), list_bank_accounts(ctx), list_chart(ctx), list_vat(ctx), currency
    )


def list_rule_proposals(
    ctx: Context, code: str, pairs: Sequence[BankProposal]
) -> list[RuleProposal]:
    """Return which movements of a bank account are known by rules, but for those of `pairs`."""
    ctx.require(Permission.VIEW_LEDGER)
    paired = [each.movement_id for each in pairs]
    entries = [each.entry_id for each in pairs]
    query = _PROPOSALS.bindparams(code=code, paired=paired, entries=entries)
    return ctx.rows(RuleProposal, query)


def list_bank_advice(ctx: Context, code: str) -> BankAdvice:
    """Return all that is proposed for a bank account."""
    pairs = list_bank_proposals(ctx, code)
    return BankAdvice(pairs, list_rule_proposals(ctx, code, pairs))
