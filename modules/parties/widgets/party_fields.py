"""The fields of a party, in the order in which the form shows them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.fields import Field
from erp_desktop.ui.forms import Section
from modules.parties.selectors import PartySheet
from modules.parties.widgets.identifiers_field import IdentifiersField
from modules.parties.widgets.rows_field import Cell, Line, RowsField

_RTL, _LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight

# Those we trade with; a party of another country keeps its two letters.
COUNTRIES: tuple[tuple[str, str], ...] = (
    ("DZ", N_("Algeria")),
    ("MA", N_("Morocco")),
    ("TN", N_("Tunisia")),
    ("LY", N_("Libya")),
    ("MR", N_("Mauritania")),
    ("EG", N_("Egypt")),
    ("SN", N_("Senegal")),
    ("FR", N_("France")),
    ("ES", N_("Spain")),
    ("IT", N_("Italy")),
    ("DE", N_("Germany")),
    ("BE", N_("Belgium")),
    ("PT", N_("Portugal")),
    ("GB", N_("United Kingdom")),
    ("TR", N_("Türkiye")),
    ("CN", N_("China")),
    ("AE", N_("United Arab Emirates")),
    ("SA", N_("Saudi Arabia")),
    ("US", N_("United States")),
)
LANGUAGES: tuple[tuple[str, str], ...] = (
    ("fr", N_("French")),
    ("ar", N_("Arabic")),
    ("ar+fr", N_("Arabic and French")),
    ("en", N_("English")),
)
KINDS: tuple[tuple[str, str], ...] = (
    ("main", N_("Main")),
    ("billing", N_("Billing")),
    ("delivery", N_("Delivery")),
)


class Named(Protocol):
    """Something with a code and a name in each language."""

    @property
    def code(self) -> str:
        """Its code."""

    def named(self, language: str) -> str:
        """Return its name in a language."""


class PartyFields:
    """Makes the fields, and fills those that depend on what can be chosen."""

    def __init__(self) -> None:
        self.country = forms.ChoiceField("country", N_("Country"), COUNTRIES, required=True)
        self.identifiers = IdentifiersField("identifiers", N_("Legal identifiers"))
        self.terms = forms.ChoiceField("terms", N_("Payment terms"), translate=False)
        self.price_list = forms.ChoiceField("price_list", N_("Price list"), translate=False)
        self.credit_limit = forms.AmountField(
            "credit_limit", N_("Credit limit"), least=Decimal(0), hint=N_("Nothing on account")
        )
        self.name = forms.TextField("name", N_("Name"), required=True)
        self.phone = forms.CodeField("phone", N_("Phone"))
        self.addresses = self._addresses()
        self.contacts = self._contacts()

    def parts(self) -> Sequence[Field | Section]:
        """Return all of it, in order."""
        return (
            Section(N_("Identity")),
            forms.CodeField("code", N_("Code"), required=True),
            forms.CheckField("is_active", N_("Active")),
            self.name,
            forms.ArabicField("name_ar", N_("Arabic name")),
            forms.CheckField("is_customer", N_("Customer")),
            forms.CheckField("is_supplier", N_("Supplier")),
            self.phone,
            forms.CodeField("email", N_("E-mail")),
            Section(N_("Legal identifiers")),
            self.country,
            forms.CheckField("is_company", N_("A company, not a person")),
            self.identifiers,
            Section(N_("Terms of trade")),
            self.terms,
            self.price_list,
            self.credit_limit,
            forms.ChoiceField("document_language", N_("Language of documents"), LANGUAGES),
            self.addresses,
            self.contacts,
            Section(N_("More")),
            forms.TextField("note", N_("Note"), lines=3),
            forms.PairsField(
                "metadata", N_("Extra facts"), hint=N_("Sector: wholesale, one a line")
            ),
        )

    def offer(self, sheet: PartySheet, country: str) -> None:
        """Offer what can be chosen, in the user's language."""
        known = dict(COUNTRIES)
        extra = [] if country in known else [(country, country)]
        self.country.offer([*COUNTRIES, *extra])
        self.terms.offer([(None, "—"), *offered(sheet.terms)])
        self.price_list.offer([(None, "—"), *offered(sheet.price_lists)])
        self.offer_country(sheet, country)

    def offer_country(self, sheet: PartySheet, country: str) -> None:
        """Offer the identifiers and the regions of a country."""
        language = current().language
        regions = sheet.regions_of(country)
        self.identifiers.offer(sheet.laws_of(country))
        self.addresses.offer("kind", [(kind, _(words)) for kind, words in KINDS])
        self.addresses.offer(
            "region", [("", "—"), *((each.code, each.named(language)) for each in regions)]
        )

    def move_to(self, sheet: PartySheet, country: str) -> None:
        """Let the addresses follow the party into another country."""
        known = {region.code for region in sheet.regions_of(country)}

        def moved(line: Line) -> Line:
            region = line["region"] if line["region"] in known else ""
            return {"country": country, "region": region}

        self.addresses.change_lines(moved)

    def _addresses(self) -> RowsField:
        cells = (
            Cell("kind", N_("Kind"), 92, is_choice=True),
            Cell("street", N_("Street")),
            Cell("street_ar", N_("Arabic street"), 132, _RTL),
            Cell("city", N_("City"), 92),
            Cell("city_ar", N_("Arabic city"), 96, _RTL),
            Cell("postal_code", N_("Postcode"), 74, _LTR),
            Cell("region", N_("Region"), 104, is_choice=True),
        )
        return RowsField("addresses", N_("Addresses"), cells, self._new_address, N_("Add address"))

    def _contacts(self) -> RowsField:
        cells = (
            Cell("name", N_("Name")),
            Cell("position", N_("Position"), 200),
            Cell("phone", N_("Phone"), 180, _LTR),
            Cell("email", N_("E-mail"), 220, _LTR),
        )
        return RowsField("contacts", N_("Contacts"), cells, _new_contact, N_("Add contact"))

    def _new_address(self) -> Line:
        has_main = any(line["kind"] == "main" for line in self.addresses.model.lines)
        texts = dict.fromkeys(
            ("street", "street_ar", "city", "city_ar", "postal_code", "region"), ""
        )
        kind = "delivery" if has_main else "main"
        return {"id": str(uuid7()), "kind": kind, "country": self.country.read() or "", **texts}


def _new_contact() -> Line:
    return {"id": str(uuid7()), "name": "", "position": "", "phone": "", "email": ""}


def offered(choices: Sequence[Named]) -> list[tuple[str, str]]:
    """Return choices as a choice field offers them, in the user's language."""
    language = current().language
    return [(each.code, each.named(language)) for each in choices]


def when_left(field: Field, deed: object) -> None:
    """Call `deed` when the user leaves a field of one line."""
    if isinstance(field.editor, QLineEdit):
        field.editor.editingFinished.connect(deed)
