"""Questions parties can answer. Nothing here changes anything."""

from modules.parties.selectors.documents import (
    DOCUMENT_PARTIES,
    PartyRef,
    get_party_for_document,
    identifiers_of,
)
from modules.parties.selectors.duplicates import (
    DuplicatePair,
    SimilarParty,
    find_duplicates,
    find_similar,
    known_parties,
)
from modules.parties.selectors.lists import (
    PAGE_SIZE,
    PARTY_LIST,
    Kind,
    Order,
    PartyFilter,
    PartyRow,
    list_parties,
)
from modules.parties.selectors.sheets import (
    AddressDraft,
    Choice,
    ContactDraft,
    PartyDetails,
    PartySheet,
    Region,
    compare_parties,
    get_party,
    read_sheet,
)

__all__ = [
    "DOCUMENT_PARTIES",
    "PAGE_SIZE",
    "PARTY_LIST",
    "AddressDraft",
    "Choice",
    "ContactDraft",
    "DuplicatePair",
    "Kind",
    "Order",
    "PartyDetails",
    "PartyFilter",
    "PartyRef",
    "PartyRow",
    "PartySheet",
    "Region",
    "SimilarParty",
    "compare_parties",
    "find_duplicates",
    "find_similar",
    "get_party",
    "get_party_for_document",
    "identifiers_of",
    "known_parties",
    "list_parties",
    "read_sheet",
]
