"""What a document must know of its customer: terms, price list, language, limit and balance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from modules.sales.drafts import Language
from modules.sales.permissions import Permission
from modules.sales.selectors.reading import typed


@dataclass(frozen=True, slots=True)
class CustomerAttestation:
    """By what a customer buys without some taxes.

    Attributes:
        taxes: Codes of the taxes that it suspends.
        left: What may still be bought, without taxes; None where nothing limits it.
    """

    id: UUID
    number: str
    authority: str
    valid_from: date
    valid_to: date
    taxes: tuple[str, ...]
    left: Decimal | None

    def covers(self, day: date) -> bool:
        """Whether something is left of it on a day."""
        return self.valid_from <= day <= self.valid_to and self.left != 0


@dataclass(frozen=True, slots=True)
class CustomerTerms(Bilingual):
    """A customer as a document needs them; of one that was merged, who they turned out to be.

    Attributes:
        lists_tax: Whether the prices of their list include taxes; false without a list.
        credit_limit: What they may owe; None means that nothing is sold on account.
        balance: What they owe now, in all branches; what we owe them is negative.
        attestations: That are not withdrawn, what ends first at the top.
    """

    id: UUID
    code: str
    name: str
    name_ar: str
    is_company: bool
    is_active: bool
    phone: str
    address: str
    address_ar: str
    identifiers: Mapping[str, str]
    document_language: Language
    price_list: str | None
    lists_tax: bool
    terms: str | None
    terms_days: int
    terms_end_of_month: bool
    credit_limit: Decimal | None
    balance: Decimal
    attestations: tuple[CustomerAttestation, ...] = ()

    @property
    def credit_left(self) -> Decimal:
        """What they may still buy on account; negative if they owe more than they may."""
        return (self.credit_limit or Decimal(0)) - self.balance

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "CustomerTerms":
        """Read what `sales.customer_v1` says."""
        limit = given["credit_limit"]
        return cls(
            **{
                **given,
                "id": UUID(given["id"]),
                "credit_limit": None if limit is None else Decimal(limit),
                "balance": Decimal(given["balance"]),
                "attestations": tuple(
                    typed(CustomerAttestation, each) for each in given["attestations"]
                ),
            }
        )


def customer_terms(ctx: Context, customer_id: UUID) -> CustomerTerms:
    """Return what a document must know of a customer.

    Raises:
        NotAllowedError: The user may see neither invoices nor payments.
        NotFoundError: There is no such party.
    """
    if not ctx.user.may(Permission.PAYMENT_VIEW):
        ctx.require(Permission.INVOICE_VIEW)
    found = ctx.call("sales.customer_v1", customer_id)
    if found is None:
        raise NotFoundError
    return CustomerTerms.from_json(found)
