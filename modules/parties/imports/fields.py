"""What the columns of a file of partners can hold."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale

from erp_desktop.core.i18n import LANGUAGES, N_
from erp_desktop.core.search import fold
from erp_desktop.imports import reads
from erp_desktop.imports.cells import Figure
from erp_desktop.imports.fields import EXTRA, ImportField, Read
from erp_desktop.imports.problems import CHOICE_UNKNOWN, ZEROS_RESTORED, Note
from modules.parties.identifiers import IdentifierLaw, is_possible, squeezed
from modules.parties.imports import headings, problems
from modules.parties.selectors import PartySheet, Region

IDENTIFIER = "identifier."

_CODE, _NAME, _LINE = 40, 200, 200
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DIGITS = re.compile(r"\d+")
# What people write before the name of a region.
_REGION_OF = re.compile(
    r"^(?:\d+\s*[-–:.]?\s*)?(?:(?:wilaya|province|gouvernorat|prefecture)\s+(?:de\s+l'|de\s+|d'|du\s+)?"
    r"|ولايه\s+|اقليم\s+|عماله\s+)?"
)
# How many digits a telephone number has here once its zero is lost.
_WITHOUT_ZERO = {"DZ": (8, 9), "MA": (9,)}

_KINDS: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer", "client", "c", "زبون", "عميل", "حريف"),
    "supplier": ("supplier", "vendor", "fournisseur", "f", "مورد", "ممون", "مزود"),
    "both": ("both", "les deux", "client et fournisseur", "c/f", "زبون ومورد", "كلاهما"),
}
_COMPANIES: Mapping[str, tuple[str, ...]] = {
    "yes": (
        *("company", "entreprise", "société", "personne morale", "sarl", "eurl", "spa", "snc"),
        *("sa", "sas", "suarl", "pro", "professionnel", "oui", "yes", "true", "1", "x"),
        *("شركة", "مؤسسة", "مقاولة", "نعم", "شخص معنوي"),
    ),
    "no": (
        *("person", "particulier", "personne", "personne physique", "individual", "individu"),
        *("non", "no", "false", "0", "شخص", "فرد", "لا", "شخص طبيعي"),
    ),
}
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "fr": ("fr", "fra", "français", "french", "فرنسية", "الفرنسية"),
    "ar": ("ar", "ara", "arabe", "arabic", "عربية", "العربية"),
    "en": ("en", "eng", "anglais", "english", "إنجليزية", "الإنجليزية"),
    "ar+fr": ("ar+fr", "fr+ar", "bilingue", "both", "arabe et français", "عربية وفرنسية"),
}


def party_fields(sheet: PartySheet, *, may_set_credit: bool) -> tuple[ImportField, ...]:
    """Return what a column can hold, where these terms, lists and identifiers exist."""
    credit = ImportField(
        "credit_limit", N_("Credit limit"), headings.CREDIT_LIMIT, reads.amount(sheet.currency)
    )
    return (
        *_who(sheet),
        *(_identifier(law) for law in sheet.laws),
        *_where(sheet),
        *_how(sheet),
        *((credit,) if may_set_credit else ()),
        ImportField(EXTRA, N_("Extra fact"), repeats=True),
    )


def _who(sheet: PartySheet) -> tuple[ImportField, ...]:
    kinds = reads.choice(_words(_KINDS), CHOICE_UNKNOWN, "client (زبون), fournisseur (مورد)")
    companies = reads.choice(
        _words(_COMPANIES), CHOICE_UNKNOWN, "entreprise (شركة), particulier (فرد)"
    )
    return (
        ImportField("code", N_("Code"), headings.CODE, reads.code(_CODE), is_code=True),
        ImportField(
            "name", N_("Name"), headings.NAME, reads.text(_NAME), missing=problems.NAME_MISSING
        ),
        ImportField("name_ar", N_("Arabic name"), headings.NAME_AR, reads.text(_NAME)),
        ImportField(
            "kind",
            N_("Customer or supplier"),
            headings.KIND,
            kinds,
            missing=problems.KIND_MISSING,
        ),
        ImportField("is_company", N_("Company or person"), headings.IS_COMPANY, companies),
        ImportField("phone", N_("Phone"), headings.PHONE, _phone(sheet.country), is_code=True),
        ImportField("email", N_("E-mail"), headings.EMAIL, _email),
    )


def _where(sheet: PartySheet) -> tuple[ImportField, ...]:
    line = reads.text(_LINE)
    return (
        ImportField("country", N_("Country"), headings.COUNTRY, _country),
        ImportField("street", N_("Street"), headings.STREET, line),
        ImportField("street_ar", N_("Street in Arabic"), headings.STREET_AR, line),
        ImportField("city", N_("City"), headings.CITY, line),
        ImportField("city_ar", N_("City in Arabic"), headings.CITY_AR, line),
        ImportField(
            "postal_code", N_("Postal code"), headings.POSTAL_CODE, reads.code(12), is_code=True
        ),
        ImportField(
            "region", N_("Region"), headings.REGION, _region(sheet.regions_of(sheet.country))
        ),
    )


def _how(sheet: PartySheet) -> tuple[ImportField, ...]:
    terms = _by_number(sheet.terms) | reads.named(sheet.terms)
    lists = reads.named(sheet.price_lists)
    return (
        ImportField(
            "terms",
            N_("Payment terms"),
            headings.TERMS,
            reads.choice(terms, CHOICE_UNKNOWN, _codes(sheet.terms)),
        ),
        ImportField(
            "price_list",
            N_("Price list"),
            headings.PRICE_LIST,
            reads.choice(lists, CHOICE_UNKNOWN, _codes(sheet.price_lists)),
        ),
        ImportField(
            "language",
            N_("Language of documents"),
            headings.LANGUAGE,
            reads.choice(_words(_LANGUAGES), CHOICE_UNKNOWN, ", ".join(_LANGUAGES)),
        ),
    )


def _identifier(law: IdentifierLaw) -> ImportField:
    """Return the field of an identifier; those that are checked belong to one partner only."""
    known = headings.IDENTIFIERS.get(law.code, "")
    called = " · ".join(filter(None, (law.code, law.name, law.name_ar, known)))
    return ImportField(
        f"{IDENTIFIER}{law.code}",
        law.name,
        called,
        _number(law),
        marks=_squeezed if law.check else None,
        title_ar=law.name_ar,
        is_code=True,
    )


def _squeezed(number: str) -> Iterable[str]:
    return (squeezed(number),)


def _number(law: IdentifierLaw) -> Read:
    """Read an identifier; one that a spreadsheet took for a number gets its zeros back."""
    lengths = [int(digits) for digits in re.findall(r"\{(\d+)\}", law.pattern)] or [15]

    def read(cell: str, note: Note) -> str | None:
        if not reads.is_kept(cell, note):
            return None
        if isinstance(cell, Figure) and not is_possible(law, cell):
            wider = (cell.zfill(length) for length in lengths if length > len(cell))
            restored = next((each for each in wider if is_possible(law, each)), "")
            if restored:
                note(ZEROS_RESTORED, value=restored)
            return restored or str(cell)
        return str(cell)

    return read


def _phone(country: str) -> Read:
    lengths = _WITHOUT_ZERO.get(country, ())

    def read(cell: str, note: Note) -> str | None:
        if not reads.is_kept(cell, note):
            return None
        if isinstance(cell, Figure) and len(cell) in lengths:
            note(ZEROS_RESTORED, value=f"0{cell}")
            return f"0{cell}"
        return str(cell)

    return read


def _email(cell: str, note: Note) -> str | None:
    if not _EMAIL.fullmatch(cell):
        note(problems.EMAIL_UNUSUAL)
    return cell


def _region(regions: Iterable[Region]) -> Read:
    """Read a region by its name in French or Arabic, or by its number: `16`, `16 - Alger`."""
    by_name = {_bare(word): each.code for each in regions for word in (each.name_ar, each.name)}
    by_code = {each.code.lstrip("0"): each.code for each in regions}

    def read(cell: str, note: Note) -> str | None:
        written = fold(cell)
        meant = by_code.get(written.lstrip("0")) or by_name.get(_bare(written))
        if meant is None:
            note(problems.REGION_UNKNOWN)
        return meant

    return read


def _bare(name: str) -> str:
    words = _REGION_OF.sub("", fold(name).strip())
    return re.sub(r"[\s'-]+", " ", words).strip()


def _country(cell: str, note: Note) -> str | None:
    meant = _countries().get(fold(cell))
    if meant is None:
        note(problems.COUNTRY_UNKNOWN)
    return meant


@cache
def _countries() -> Mapping[str, str]:
    """Return what people call the countries of the world in three languages."""
    named = [(code, name) for language in LANGUAGES for code, name in _territories(language)]
    return {fold(word): code for code, name in named for word in (code, name)}


def _territories(language: str) -> list[tuple[str, str]]:
    territories = Locale(language).territories.items()
    return [(code, name) for code, name in territories if len(code) == 2 and code.isalpha()]


def _by_number(terms: Iterable[reads.Named]) -> dict[str, str]:
    """Return terms by the days in their names: `30` means the first with thirty."""
    found: dict[str, str] = {}
    for each in terms:
        days = _DIGITS.search(each.name)
        if days:
            found.setdefault(days[0], each.code)
    return found


def _words(choices: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(word): meant for meant, words in choices.items() for word in words}


def _codes(choices: Iterable[reads.Named]) -> str:
    return ", ".join(each.code for each in choices)
