"""Certificates of withholding tax: the list, its total, the kinds of the law, and one on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual, in_language
from erp_desktop.core.models import view
from modules.accounting import models
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import newest_page

_COMPANY = text("select name, name_ar, address, address_ar, identifiers, country from core.company")


@dataclass(frozen=True, slots=True)
class WithholdingRow(Bilingual):
    """A certificate.

    Attributes:
        side: `issued` by us to a supplier, or `received` from a customer.
        name: Of the partner.
        kind_base: Of what it is a part: `total`, `net` or `vat`.
        rate: A part of one.
        payment_id: Of the payment that it came with, if it did.
    """

    id: UUID
    branch: str
    side: str
    number: str
    party_id: UUID
    name: str
    name_ar: str
    party_tax_id: str
    document: str
    document_on: date
    dated_on: date
    kind: str
    kind_name: str
    kind_name_ar: str
    kind_base: str
    legal_ref: str
    total: Decimal
    vat: Decimal
    base: Decimal
    rate: Decimal
    amount: Decimal
    attestation: str
    attested_until: date | None
    made_by: str
    is_undone: bool
    currency: str
    payment_id: str | None

    def kind_named(self, language: str) -> str:
        """Return what was withheld, in a language."""
        return in_language(language, self.kind_name, self.kind_name_ar)


@dataclass(frozen=True, slots=True)
class WithholdingFilter:
    """Which certificates a list shows.

    Attributes:
        text: Part of number, document, partner or kind.
        side: `issued`, `received`, or all.
        days: First and last day of the certificates, both included.
        to_come: Only those of customers that have not come yet.
    """

    text: str = ""
    side: str = ""
    days: tuple[date | None, date | None] = (None, None)
    to_come: bool = False


@dataclass(frozen=True, slots=True)
class WithholdingSum:
    """What the certificates that stand amount to, each side for itself."""

    issued: Decimal
    received: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class WithholdingKind(Bilingual):
    """What the law withholds between two days."""

    code: str
    valid_from: date
    valid_to: date | None
    name: str
    name_ar: str
    law: Mapping[str, Any]

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class WithholdingChoices:
    """What a form offers: the kinds of all days, and the company's currency."""

    kinds: tuple[WithholdingKind, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class WithholdingPaper:
    """A certificate with the company that makes or gets it: names and addresses by language."""

    row: WithholdingRow
    names: tuple[str, str]
    address: tuple[str, str]
    identifiers: dict[str, str]
    country: str


WITHHOLDING_LIST: Any = view("accounting.withholding_list", WithholdingRow).c


def list_withholdings(
    ctx: Context, wanted: WithholdingFilter, *, after: WithholdingRow | None = None
) -> list[WithholdingRow]:
    """Return one page of certificates, the newest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    place = (WITHHOLDING_LIST.dated_on, WITHHOLDING_LIST.id)
    return newest_page(
        ctx, WithholdingRow, _matching(select(*WITHHOLDING_LIST), wanted), place, after
    )


def sum_withholdings(ctx: Context, wanted: WithholdingFilter) -> WithholdingSum:
    """Return what the certificates of a filter amount to; undone ones count nothing.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    columns = WITHHOLDING_LIST
    query = select(columns.side, func.sum(columns.amount).label("amount")).where(~columns.is_undone)
    sums = ctx.connection.execute(_matching(query, wanted).group_by(columns.side))
    found: dict[str, Decimal] = {each.side: each.amount for each in sums}
    zero = Decimal(0)
    return WithholdingSum(found.get("issued", zero), found.get("received", zero), _currency(ctx))


def get_withholding_choices(ctx: Context) -> WithholdingChoices:
    """Return what a certificate can be about.

    Raises:
        NotAllowedError: The user may not make certificates.
    """
    ctx.require(Permission.WITHHOLD)
    law = models.LawValue
    query = select(law.code, law.valid_from, law.valid_to, law.value)
    found = ctx.connection.execute(query.where(law.kind == "withholding").order_by(law.code))
    kinds = tuple(
        WithholdingKind(code, first, last, said.get("name", code), said.get("name_ar", ""), said)
        for code, first, last, said in found
    )
    return WithholdingChoices(kinds, _currency(ctx))


def get_withholding_paper(ctx: Context, wanted: UUID) -> WithholdingPaper | None:
    """Return a certificate for paper; none if it is of another branch.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    query = select(*WITHHOLDING_LIST).where(WITHHOLDING_LIST.id == wanted)
    rows = ctx.rows(WithholdingRow, query)
    if not rows:
        return None
    name, name_ar, address, address_ar, numbers, country = ctx.connection.execute(_COMPANY).one()
    told = {code: value for code, value in numbers.items() if value}
    return WithholdingPaper(rows[0], (name, name_ar), (address, address_ar), told, country)


def _matching(query: Select[Any], wanted: WithholdingFilter) -> Select[Any]:
    columns = WITHHOLDING_LIST
    if wanted.side:
        query = query.where(columns.side == wanted.side)
    if wanted.to_come:
        query = query.where(columns.number == "", ~columns.is_undone)
    first, last = wanted.days
    if first is not None:
        query = query.where(columns.dated_on >= first)
    if last is not None:
        query = query.where(columns.dated_on <= last)
    if wanted.text.strip():
        words = wanted.text.strip()
        texts = (columns.number, columns.document, columns.name, columns.name_ar)
        kinds = (columns.kind_name, columns.kind_name_ar)
        query = query.where(or_(*(t.icontains(words, autoescape=True) for t in (*texts, *kinds))))
    return query


def _currency(ctx: Context) -> str:
    return str(ctx.connection.execute(text("select currency from core.company")).scalar_one())
