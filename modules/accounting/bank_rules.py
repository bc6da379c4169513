"""Rules for bank movements: kept by hand, learned from choices, used by whoever accepts them.

await backend.execute(*accept_rules(bank_id, [Known(movement_id, rule_id)]))
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission
from modules.accounting.reconciling import Request

BOOK_BY_RULES = "accounting.book_by_rules_v1"
REFUSE_RULES = "accounting.refuse_bank_rules_v1"


@dataclass(frozen=True, slots=True)
class Known:
    """A movement and the rule that knows it, as it was proposed.

    Attributes:
        entry_id: The entry of the rule's partner that waits for it; None where one is booked.
    """

    movement_id: UUID
    rule_id: UUID
    entry_id: UUID | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return what the gate takes."""
        return {
            "movement_id": str(self.movement_id),
            "rule_id": str(self.rule_id),
            "entry_id": _text(self.entry_id),
        }


@dataclass(frozen=True, slots=True)
class BankRuleDraft:
    """A rule as it is to be kept.

    Attributes:
        branch_id: Whose bank accounts it is for, unless `bank_account_id` says which one.
        words: As typed; digits, months and small words are left out.
        direction: `in` is received, `out` paid, or `any`.
        tax: Code of a tax that the amount includes.
        label: Of the entry; empty is what the bank says.
        posts_itself: Whether "book what the rules know" takes it; else it only proposes.
    """

    id: UUID
    branch_id: UUID | None = None
    bank_account_id: UUID | None = None
    words: str = ""
    direction: str = "any"
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    account: str = ""
    tax: str = ""
    party_id: UUID | None = None
    cost_centre: str = ""
    label: str = ""
    posts_itself: bool = False
    is_active: bool = True


def save_bank_rule(ctx: Context, draft: BankRuleDraft, *, version: int | None = None) -> int:
    """Keep a rule and return its new version; a learned one is the user's from then on.

    Raises:
        NotAllowedError: The user may not edit rules.
        OtherBranchError: It is of a branch that the user may not see.
        BankRuleWordsError: No word tells one movement from another.
        AccountUnknownError: There is no account with this code.
        BankRuleAccountError: The account takes no entries.
        BankRuleAmountsError: No amount lies between the two.
        BankRuleBranchError: It would leave its branch.
        StaleRecordError: Somebody, or a choice that taught it, changed it after `version`.
    """
    ctx.require(Permission.EDIT_BANK_RULES)
    told = {
        "id": str(draft.id),
        "version": version,
        "branch_id": _text(draft.branch_id),
        "bank_account_id": _text(draft.bank_account_id),
        "words": draft.words,
        "direction": draft.direction,
        "amount_from": _text(draft.amount_from),
        "amount_to": _text(draft.amount_to),
        "account": draft.account,
        "tax_code": draft.tax,
        "party_id": _text(draft.party_id),
        "cost_centre": draft.cost_centre,
        "label": draft.label,
        "posts_itself": draft.posts_itself,
        "is_active": draft.is_active,
    }
    return int(ctx.call("accounting.save_bank_rule_v1", told))


def accept_rules(bank_account_id: UUID, known: Iterable[Known]) -> Request:
    """Return the request to book movements by rules, where that is still what they propose."""
    wanted = [each.as_json() for each in known]
    return BOOK_BY_RULES, {"bank_account_id": str(bank_account_id), "wanted": wanted}


def book_known(bank_account_id: UUID) -> Request:
    """Return the request to book all that is known by rules which may post by themselves."""
    return BOOK_BY_RULES, {"bank_account_id": str(bank_account_id), "wanted": "known"}


def refuse_rules(bank_account_id: UUID, known: Iterable[Known]) -> Request:
    """Return the request never to propose these rules for these movements again."""
    refused = [each.as_json() for each in known]
    return REFUSE_RULES, {"bank_account_id": str(bank_account_id), "refused": refused}


def _text(value: UUID | Decimal | None) -> str | None:
    return None if value is None else str(value)
