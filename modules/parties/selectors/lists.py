"""Lists of customers and suppliers, page by page, with what they owe or are owed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.keyset import Keyset, begins_words
from erp_desktop.core.models import view
from erp_desktop.core.search import fold
from modules.parties.identifiers import squeezed
from modules.parties.models import TaxNumber
from modules.parties.permissions import Permission

PAGE_SIZE = 200

Kind = Literal["customer", "supplier", "any"]
Order = Literal["code", "name", "balance"]


@dataclass(frozen=True, slots=True)
class PartyRow(Bilingual):
    """One line of a list of customers or suppliers.

    Attributes:
        tax_number: The tax identifier of its country.
        balance: What a customer owes, or what a supplier is owed.
        is_exact: The search was its whole code, its telephone or one of its tax identifiers.
    """

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    phone: str
    city: str
    region: str
    tax_number: str
    terms: str | None
    price_list: str | None
    credit_limit: Decimal | None
    balance: Decimal
    currency: str
    is_customer: bool
    is_active: bool
    is_exact: bool = False

    @property
    def is_over_limit(self) -> bool:
        """Whether more is owed than was allowed; without a limit nothing is."""
        return self.balance > (self.credit_limit or 0)


@dataclass(frozen=True, slots=True)
class _ListedParty:
    """The columns of `parties.party_list`."""

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    is_customer: bool
    is_supplier: bool
    phone: str
    phone_key: str
    city: str
    region: str
    tax_number: str
    terms: str | None
    price_list: str | None
    credit_limit: Decimal | None
    receivable: Decimal
    payable: Decimal
    currency: str
    is_active: bool
    words: str


PARTY_LIST = view("parties.party_list", _ListedParty).c


@dataclass(frozen=True, slots=True)
class PartyFilter:
    """Which parties are asked for, and in which order; what is None or empty does not matter."""

    kind: Kind = "customer"
    text: str = ""
    code: str = ""
    region: str = ""
    terms: str = ""
    price_list: str = ""
    balance_from: Decimal | None = None
    balance_to: Decimal | None = None
    is_active: bool | None = None
    has_balance: bool | None = None
    is_over_limit: bool | None = None
    order: Order = "code"
    descending: bool = False


def list_parties(
    ctx: Context, wanted: PartyFilter, *, after: PartyRow | None = None
) -> list[PartyRow]:
    """Return one page of parties; whose code, telephone or tax identifier was typed comes first.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row, the last of the page before.
    """
    ctx.require(Permission.VIEW_PARTIES)
    return ctx.rows(PartyRow, _page(wanted, after))


def _page(wanted: PartyFilter, after: PartyRow | None) -> Select[Any]:
    exact = _is_exact(wanted.text)
    order = _keyset(wanted, exact)
    query = select(*_columns(wanted), exact).where(*_conditions(wanted, exact))
    if after is not None:
        last = getattr(after, wanted.order)
        query = query.where(order.below(last, after.id, is_exact=after.is_exact))
    return query.order_by(*order.ordering()).limit(PAGE_SIZE)


def _columns(wanted: PartyFilter) -> tuple[Any, ...]:
    names = [name for name in PartyRow.__dataclass_fields__ if name != "is_exact"]
    return tuple(_balance(wanted) if name == "balance" else PARTY_LIST[name] for name in names)


def _balance(wanted: PartyFilter) -> ColumnElement[Decimal]:
    return PARTY_LIST.payable if wanted.kind == "supplier" else PARTY_LIST.receivable


def _is_exact(text: str) -> ColumnElement[bool]:
    """Whether the text is the whole code, the telephone or a tax identifier."""
    typed = text.strip()
    if not typed:
        return false()
    digits = "".join(sign for sign in fold(typed) if sign.isdigit())
    owner = select(TaxNumber.party_id).where(TaxNumber.number == squeezed(typed))
    found: list[ColumnElement[bool]] = [
        PARTY_LIST.code.in_({typed, typed.upper(), typed.lower()}),
        PARTY_LIST.id.in_(owner),
    ]
    if len(digits) >= 8 and not any(sign.isalpha() for sign in typed):
        found.append(PARTY_LIST.phone_key == digits[-8:])
    return or_(*found)


def _conditions(wanted: PartyFilter, exact: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    balance = _balance(wanted)
    over = balance > func.coalesce(PARTY_LIST.credit_limit, 0)
    pairs: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.kind == "customer", PARTY_LIST.is_customer),
        (wanted.kind == "supplier", PARTY_LIST.is_supplier),
        (wanted.code, PARTY_LIST.code.startswith(wanted.code, autoescape=True)),
        (wanted.region, PARTY_LIST.region == wanted.region),
        (wanted.terms, func.upper(PARTY_LIST.terms) == wanted.terms.upper()),
        (wanted.price_list, func.upper(PARTY_LIST.price_list) == wanted.price_list.upper()),
        (wanted.balance_from is not None, balance >= literal(wanted.balance_from)),
        (wanted.balance_to is not None, balance <= literal(wanted.balance_to)),
        (wanted.is_active is not None, PARTY_LIST.is_active.is_(wanted.is_active)),
        (wanted.has_balance is not None, (balance != 0).is_(wanted.has_balance)),
        (wanted.is_over_limit is not None, over.is_(wanted.is_over_limit)),
        (wanted.text.strip(), or_(begins_words(PARTY_LIST.words, wanted.text), exact)),
    ]
    return [condition for asked, condition in pairs if asked]


def _keyset(wanted: PartyFilter, exact: ColumnElement[bool]) -> Keyset:
    """Return in which order parties come."""
    searched = exact if wanted.text.strip() else None
    return Keyset(_ordering(wanted), PARTY_LIST.id, searched, wanted.descending)


def _ordering(wanted: PartyFilter) -> ColumnElement[Any]:
    return _balance(wanted) if wanted.order == "balance" else PARTY_LIST[wanted.order]
