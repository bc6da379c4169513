"""Changes parties can make. Each runs inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.writing import ImportReport, write_chunks
from modules.parties.identifiers import IdentifierLaw, written
from modules.parties.permissions import Permission
from modules.parties.selectors import AddressDraft, ContactDraft, PartyDetails


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A party as it is to be kept.

    What is empty in an import stays as it is, or becomes the usual: the company's country, French.
    An empty code becomes the next free one.
    """

    code: str = ""
    name: str = ""
    name_ar: str = ""
    is_customer: bool = True
    is_supplier: bool = False
    is_company: bool = False
    country: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    document_language: str = ""
    terms: str | None = None
    price_list: str | None = None
    credit_limit: Decimal | None = None
    note: str = ""
    is_active: bool = True
    metadata: Mapping[str, Any] = field(default_factory=dict)
    addresses: tuple[AddressDraft, ...] = ()
    contacts: tuple[ContactDraft, ...] = ()

    @classmethod
    def of(cls, party: PartyDetails) -> "PartyDraft":
        """Return a party as it is kept now."""
        return cls(**{name: getattr(party, name) for name in cls.__dataclass_fields__})

    def as_json(self, party_id: UUID, version: int | None = None) -> dict[str, Any]:
        """Return what PostgreSQL reads: amounts travel as text, and what is usual is left out."""
        limit = None if self.credit_limit is None else str(self.credit_limit)
        usual = {name for name in ("country", "document_language") if not getattr(self, name)}
        lists = {"addresses": list(self.addresses), "contacts": list(self.contacts)}
        told = {**asdict(self), **lists, "credit_limit": limit}
        kept = {name: value for name, value in told.items() if name not in usual}
        return {**kept, "id": str(party_id), "version": version}

    def as_import_row(self) -> dict[str, Any]:
        """Return only what is said: an import leaves the rest as it is."""
        told = self.as_json(uuid7())
        said = {
            name: value for name, value in told.items() if value not in ("", None, False, {}, [])
        }
        return said if self.is_active else {**said, "is_active": False}

    def written_by(self, laws: Sequence[IdentifierLaw]) -> "PartyDraft":
        """Return it with its identifiers as their laws write them."""
        by_code = {law.code: law for law in laws}
        numbers = {
            code: written(by_code[code], number) if code in by_code else number
            for code, number in self.identifiers.items()
        }
        return replace(self, identifiers=numbers)


def save_party(
    ctx: Context, party_id: UUID, draft: PartyDraft, *, version: int | None = None
) -> int:
    """Keep a party with its addresses and contacts, and return its new version.

    Args:
        ctx: The transaction to write in.
        party_id: Its id; a new one for a new party.
        draft: How it is to be.
        version: What the user saw; None creates it.

    Raises:
        NotAllowedError: The user may not edit parties, or not change credit limits.
        StaleRecordError: Somebody changed it after the user read `version`.
        MergedError: It was merged into another.
        CodeTakenError: Another party has the code.
        IdentifierTakenError: Another active party has one of the tax identifiers.
        IdentifierImpossibleError: An identifier cannot be right.
        NameMissingError: Code or name is missing or too long.
        RoleMissingError: It is neither customer nor supplier.
        CreditImpossibleError: The credit limit is no amount.
        ChoiceUnknownError: Terms, price list, country or language do not exist.
        RegionUnknownError: An address has a region that does not exist.
        TwoMainAddressesError: Two addresses are called the main one.
        ContactNamelessError: A contact has no name.
    """
    ctx.require(Permission.EDIT_PARTIES)
    return int(ctx.call("parties.save_party_v1", draft.as_json(party_id, version)))


def merge_parties(ctx: Context, kept_id: UUID, *, merged_id: UUID) -> None:
    """Close a party that turned out to be another, which takes what it lacked.

    Raises:
        NotAllowedError: The user may not merge parties.
        NotFoundError: One of them does not exist.
        MergedWithItselfError: They are one already.
        MergedError: One of them was merged before.
        KeptInactiveError: The one to keep is inactive.
        BalanceOpenError: The one to close still has a balance.
        IdentifierTakenError: A third party has one of its tax identifiers.
    """
    ctx.require(Permission.MERGE_PARTIES)
    ctx.call("parties.merge_parties_v1", kept_id, merged_id)


def import_parties(
    ctx: Context,
    drafts: Sequence[PartyDraft],
    *,
    may_change: bool,
    progress: Progress = lambda _done, _total, _doing: None,
) -> ImportReport:
    """Write parties, each code once, all or none of them; what a draft does not say stays.

    Args:
        ctx: The transaction to write in.
        drafts: What to write.
        may_change: Change parties whose code exists already, instead of refusing.
        progress: Told how many are written; may raise to end the work.

    Raises:
        NotAllowedError: The user may not import parties, or not change credit limits.
        CodeTakenError: A code exists already, and `may_change` is not set.
        IdentifierTakenError: Another active party has one of the tax identifiers.
        CancelledError: The user cancelled; nothing is written.
        UserError: As `save_party`.
    """
    ctx.require(Permission.IMPORT_PARTIES)

    def write(some: Sequence[PartyDraft]) -> dict[str, int]:
        rows = [draft.as_import_row() for draft in some]
        told: dict[str, int] = ctx.call("parties.import_parties_v1", rows, may_change)
        return told

    return write_chunks(drafts, write, progress, N_("Writing partners…"))
