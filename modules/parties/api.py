"""The front door of parties: what other modules may ask of them.

The functions that take a workstation read its replica and never the network; the others read
head office, inside the caller's transaction.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.search import fold
from erp_desktop.imports.writing import ImportReport
from erp_desktop.workstation.sets import Row
from erp_desktop.workstation.workstation import Workstation
from modules.parties.events import PartiesMerged
from modules.parties.identifiers import IdentifierLaw, squeezed, what_is_wrong
from modules.parties.replica import CUSTOMERS
from modules.parties.selectors import (
    AddressDraft,
    ContactDraft,
    Kind,
    PartyFilter,
    PartyRef,
    PartyRow,
    PartySheet,
    get_party,
    get_party_for_document,
    identifiers_of,
    known_parties,
    list_parties,
)
from modules.parties.services import PartyDraft, import_parties, save_party
from modules.parties.terms import due_date

__all__ = [
    "AddressDraft",
    "ContactDraft",
    "IdentifierLaw",
    "ImportReport",
    "PartiesMerged",
    "PartyDraft",
    "PartyFilter",
    "PartyRef",
    "PartyRow",
    "PartySheet",
    "ReplicaCustomer",
    "customer_by_id",
    "due_date",
    "find_customer",
    "find_parties_for_link",
    "get_party",
    "get_party_for_document",
    "identifiers_of",
    "import_parties",
    "known_parties",
    "list_parties",
    "save_party",
    "squeezed",
    "what_is_wrong",
]


@dataclass(frozen=True, slots=True)
class ReplicaCustomer(Bilingual):
    """A customer as this workstation knows them."""

    id: UUID
    code: str
    name: str
    name_ar: str
    phone: str
    price_list: str | None
    credit_limit: Decimal | None
    terms_days: int
    document_language: str
    is_company: bool
    identifiers: Mapping[str, str]
    address: str
    address_ar: str
    is_active: bool


class Door(Protocol):
    """As much of `erp_desktop.ui.backend.Backend` as a search needs."""

    @property
    def ask(self) -> Callable[..., Awaitable[Any]]:
        """Await the answer of a selector."""


def find_customer(workstation: Workstation, text: str, *, limit: int = 50) -> list[ReplicaCustomer]:
    """Return the customers that a search means, best first: telephone, code, words."""
    called = [_customer(row) for row in _by_phone(workstation, text)]
    rows = workstation.replica.find(CUSTOMERS.id, text, limit)
    found = [*called, *(_customer(row) for row in rows)]
    return list({customer.id: customer for customer in found}.values())[:limit]


def customer_by_id(workstation: Workstation, customer_id: UUID) -> ReplicaCustomer | None:
    """Return a customer, if this workstation knows one with this id who is active."""
    row = workstation.replica.get(CUSTOMERS.id, str(customer_id))
    return _customer(row) if row else None


async def find_parties_for_link(
    backend: Door, text: str, *, kind: Kind = "customer", limit: int = 20
) -> Sequence[PartyRow]:
    """Return the active parties that a field for a customer or a supplier offers, best first."""
    wanted = PartyFilter(kind=kind, text=text, is_active=True)
    found: list[PartyRow] = await backend.ask(list_parties, wanted)
    return found[:limit]


def _by_phone(workstation: Workstation, text: str) -> list[Row]:
    digits = "".join(sign for sign in fold(text) if sign.isdigit())
    if len(digits) < 8 or any(sign.isalpha() for sign in text):
        return []
    return workstation.replica.by(CUSTOMERS.id, phone_key=digits[-8:])


def _customer(row: Row) -> ReplicaCustomer:
    values = {name: row[name] for name in ReplicaCustomer.__dataclass_fields__}
    return ReplicaCustomer(
        **{**values, "id": UUID(row["id"]), "identifiers": json.loads(row["identifiers"] or "{}")}
    )
