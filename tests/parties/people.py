"""Parties that the tests share, and the identifiers of three countries (MAGHREB.md 3.3)."""

from typing import Any, cast

from erp_desktop.core.commands import uuid7
from modules.parties.identifiers import IdentifierLaw
from modules.parties.selectors import AddressDraft, Choice, ContactDraft, PartySheet, Region
from modules.parties.services import PartyDraft

# Custom, no text of law says so.
CUSTOM = "pattern as it is used; no legal text"

LAWS: dict[str, tuple[IdentifierLaw, ...]] = {
    "DZ": (
        IdentifierLaw("NIF", "NIF", "ر.ت.ج", "[0-9]{15}([0-9]{5})?", "dz.nif"),
        IdentifierLaw("NIS", "NIS", "ر.ت.إ", "[0-9]{15}"),
        IdentifierLaw("RC", "RC", "س.ت", "[0-9]{2}/[0-9]{2}-[0-9]{7}[AB][0-9]{2}", "", CUSTOM),
        IdentifierLaw("AI", "AI", "", "[0-9]{11}", "", CUSTOM),
    ),
    "MA": (
        IdentifierLaw("ICE", "ICE", "م.و.م", "[0-9]{15}", "ma.ice"),
        IdentifierLaw("IF", "IF", "", "[0-9]{7,8}"),
        IdentifierLaw("RC", "RC", "", "[0-9]+"),
        IdentifierLaw("TP", "TP", "", "[0-9]{8}"),
        IdentifierLaw("CNSS", "CNSS", "", "[0-9]{7,8}"),
    ),
    "TN": (IdentifierLaw("MF", "Matricule fiscal", "المعرف الجبائي", "", "tn.mf"),),
}

REGIONS = (
    Region("DZ", "16", "Alger", "الجزائر"),
    Region("DZ", "31", "Oran", "وهران"),
    Region("MA", "01.051", "Al Hoceïma", "الحسيمة"),
)

SHEET = PartySheet(
    party=None,
    country="DZ",
    currency="DZD",
    next_codes={"customer": "C000001", "supplier": "F000001"},
    regions=REGIONS,
    terms=(Choice("CASH", "Au comptant", "نقدا"), Choice("D30", "30 jours", "30 يوما")),
    price_lists=(Choice("GROS", "Gros", "الجملة"),),
    laws=LAWS["DZ"],
)


def draft(code: str, name: str = "", **values: Any) -> PartyDraft:
    """Return a customer who can be kept as they are."""
    usual: dict[str, Any] = {"country": "DZ", "document_language": "fr"}
    return PartyDraft(code=code, name=name or code.title(), **{**usual, **values})


def address(**values: str) -> AddressDraft:
    """Return an address in Algiers."""
    usual: dict[str, Any] = {
        "id": str(uuid7()),
        "kind": "main",
        "street": "12 rue Didouche Mourad",
        "street_ar": "12 شارع ديدوش مراد",
        "city": "Alger",
        "city_ar": "الجزائر",
        "postal_code": "16000",
        "country": "DZ",
        "region": "16",
    }
    return cast("AddressDraft", {**usual, **values})


def contact(name: str, **values: str) -> ContactDraft:
    """Return somebody to call."""
    usual: dict[str, Any] = {"id": str(uuid7()), "position": "", "phone": "", "email": ""}
    return cast("ContactDraft", {**usual, "name": name, **values})
