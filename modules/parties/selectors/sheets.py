"""One party with all it has, and what can be chosen for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.parties.identifiers import IdentifierLaw
from modules.parties.permissions import Permission


class AddressDraft(TypedDict):
    """Where a party is; all texts, so that what is being typed can be kept anywhere."""

    id: str
    kind: str
    street: str
    street_ar: str
    city: str
    city_ar: str
    postal_code: str
    country: str
    region: str


class ContactDraft(TypedDict):
    """A person to call."""

    id: str
    name: str
    position: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Choice(Bilingual):
    """A term or a price list that a party can have."""

    code: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class Region(Bilingual):
    """A wilaya, a province or a governorate."""

    country: str
    code: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class PartyDetails(Bilingual):
    """A party with all it has; `receivable` is what it owes, `payable` what it is owed."""

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    is_customer: bool
    is_supplier: bool
    is_company: bool
    country: str
    identifiers: Mapping[str, str]
    phone: str
    email: str
    document_language: str
    terms: str | None
    price_list: str | None
    credit_limit: Decimal | None
    note: str
    is_active: bool
    metadata: Mapping[str, Any]
    addresses: tuple[AddressDraft, ...]
    contacts: tuple[ContactDraft, ...]
    receivable: Decimal = Decimal(0)
    payable: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PartySheet:
    """What the form of a party shows: the party, none for a new one, and what can be chosen."""

    party: PartyDetails | None
    country: str
    currency: str
    next_codes: Mapping[str, str]
    regions: tuple[Region, ...]
    terms: tuple[Choice, ...]
    price_lists: tuple[Choice, ...]
    laws: tuple[IdentifierLaw, ...]

    def laws_of(self, country: str) -> tuple[IdentifierLaw, ...]:
        """Return the identifiers of a country; those of other countries are anybody's guess."""
        return self.laws if country == self.country else ()

    def regions_of(self, country: str) -> tuple[Region, ...]:
        """Return the regions of a country."""
        return tuple(region for region in self.regions if region.country == country)


def get_party(ctx: Context, party_id: UUID | None) -> PartySheet:
    """Return a party, or none, with what can be chosen; of a merged one what it was merged into."""
    ctx.require(Permission.VIEW_PARTIES)
    return read_sheet(ctx.call("parties.party_form_v1", party_id))


def compare_parties(ctx: Context, one: UUID, other: UUID) -> tuple[PartySheet, PartySheet]:
    """Return two parties, to be looked at side by side."""
    return get_party(ctx, one), get_party(ctx, other)


def read_sheet(answer: Mapping[str, Any]) -> PartySheet:
    """Read what `parties.party_form_v1` says."""
    given = answer["party"]
    return PartySheet(
        party=_details(given) if given else None,
        country=answer["country"],
        currency=answer["currency"],
        next_codes=answer["next_codes"],
        regions=tuple(Region(**region) for region in answer["regions"]),
        terms=tuple(Choice(**each) for each in answer["terms"]),
        price_lists=tuple(Choice(**each) for each in answer["price_lists"]),
        laws=tuple(_law(each) for each in answer["laws"]),
    )


def _details(given: Mapping[str, Any]) -> PartyDetails:
    limit = given["credit_limit"]
    kept = {name: given[name] for name in PartyDetails.__dataclass_fields__}
    exact = {
        "id": UUID(given["id"]),
        "credit_limit": None if limit is None else Decimal(limit),
        "receivable": Decimal(given["receivable"]),
        "payable": Decimal(given["payable"]),
        "addresses": tuple({**each, "region": each["region"] or ""} for each in given["addresses"]),
        "contacts": tuple(given["contacts"]),
    }
    return PartyDetails(**{**kept, **exact})


def _law(given: Mapping[str, Any]) -> IdentifierLaw:
    """Read an identifier; what a pack does not say is empty."""
    said = {name: str(value) for name, value in given.items() if value}
    return IdentifierLaw(**{"name": said["code"], **said})
