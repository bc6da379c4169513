"""What a document says of a party: names, identifiers, address and terms, in one row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.models import view
from modules.parties.permissions import Permission


@dataclass(frozen=True, slots=True)
class PartyRef(Bilingual):
    """A party as documents name it: of an id that was merged, the party it turned out to be.

    Attributes:
        id: The party's own id today, whatever id was asked for.
        address: Where bills go, in one line; `address_ar` is empty where nobody wrote it in Arabic.
        terms_days: After how many days it pays; counted from the end of the month if so agreed.
    """

    id: UUID
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
    price_list: str | None
    credit_limit: Decimal | None
    terms: str | None
    terms_name: str
    terms_name_ar: str
    terms_days: int
    terms_end_of_month: bool
    address: str
    address_ar: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class _DocumentParty(PartyRef):
    """The columns of `parties.document_parties`."""

    current_id: UUID


DOCUMENT_PARTIES = view("parties.document_parties", _DocumentParty).c


def get_party_for_document(ctx: Context, party_id: UUID) -> PartyRef:
    """Return what a document says of a party, also inside another module's transaction.

    Raises:
        NotFoundError: There is no such party.
    """
    names = [name for name in PartyRef.__dataclass_fields__ if name != "id"]
    columns = [DOCUMENT_PARTIES.current_id, *(DOCUMENT_PARTIES[name] for name in names)]
    return ctx.row(PartyRef, select(*columns).where(DOCUMENT_PARTIES.id == party_id))


def identifiers_of(ctx: Context, parties: Iterable[UUID]) -> dict[UUID, Mapping[str, str]]:
    """Return the legal identifiers of parties by code, such as `{"ICE": …}`, of those it knows.

    Raises:
        NotAllowedError: The user may not see parties.
    """
    ctx.require(Permission.VIEW_PARTIES)
    columns = (DOCUMENT_PARTIES.id, DOCUMENT_PARTIES.identifiers)
    query = select(*columns).where(DOCUMENT_PARTIES.id.in_(list(parties)))
    return {row.id: row.identifiers for row in ctx.connection.execute(query)}
