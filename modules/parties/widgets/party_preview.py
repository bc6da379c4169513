"""A party at the side of the list: all it has, without opening it."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.facts import Fact, Facts, scrolled, wrapped
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, column, row
from modules.parties.selectors import AddressDraft, Choice, ContactDraft, PartyDetails, PartySheet
from modules.parties.widgets.party_fields import COUNTRIES, LANGUAGES
from modules.parties.widgets.party_side import account_of

_LONGEST_FACT = 280


class PartyPreview(QWidget):
    """Names, and a list of facts."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: PartySheet | None = None
        self.name = wrapped("heading")
        self._other_name = wrapped("muted")
        self._facts = Facts(shares=(2, 3))
        self.edit = button(N_("Open"), icon="pencil-outline")
        inside = QWidget()
        inside.setLayout(column(self.name, self._other_name, self._facts, None))
        self.setLayout(column(scrolled(inside), row(self.edit, None)))
        follow(self, self._show)

    def show_party(self, sheet: PartySheet) -> None:
        """Show a party instead of the one before."""
        self._sheet = sheet
        self._show()

    def _show(self) -> None:
        if self._sheet is None or self._sheet.party is None:
            return
        party = self._sheet.party
        speaks_arabic = current().language == "ar" and bool(party.name_ar)
        names = (party.name, party.name_ar)
        self.name.setText(names[speaks_arabic])
        self._other_name.setText(names[not speaks_arabic])
        self._other_name.setVisible(bool(party.name_ar))
        self._facts.show_facts(facts_of(party, self._sheet))


def facts_of(party: PartyDetails, sheet: PartySheet) -> list[Fact]:
    """Return what is to be known of a party, in the user's words; what is empty is left out."""
    words = current()
    limit = "" if party.credit_limit is None else words.money(party.credit_limit, sheet.currency)
    names = {law.code: law.named(words.language) for law in sheet.laws}
    facts = [
        (_("Code"), words.isolate(party.code)),
        *((title, words.money(amount, sheet.currency)) for title, amount in account_of(party)),
        (_("Credit limit"), limit),
        (_("Payment terms"), _named(sheet.terms, party.terms)),
        (_("Price list"), _named(sheet.price_lists, party.price_list)),
        *((names.get(c, c), words.isolate(number)) for c, number in _in_order(party, names)),
        (_("Phone"), words.isolate(party.phone) if party.phone else ""),
        (_("E-mail"), words.isolate(party.email) if party.email else ""),
        (_("Addresses"), "\n".join(address_line(each, sheet) for each in party.addresses)),
        (_("Contacts"), "\n".join(contact_line(each) for each in party.contacts)),
        (_("Country"), _(dict(COUNTRIES).get(party.country, party.country))),
        (_("Language of documents"), _(dict(LANGUAGES)[party.document_language])),
        (_("State"), _("Active") if party.is_active else _("Inactive")),
        (_("Note"), _shortened(party.note)),
        *((name, _shortened(str(value))) for name, value in party.metadata.items()),
    ]
    return [(title, text) for title, text in facts if text]


def address_line(address: AddressDraft, sheet: PartySheet) -> str:
    """Return an address in one line, in the user's language where it is written so."""
    language = current().language
    in_arabic = language == "ar" and bool(address["street_ar"] or address["city_ar"])
    street = address["street_ar"] if in_arabic else address["street"]
    city = address["city_ar"] if in_arabic else address["city"]
    found = (r for r in sheet.regions_of(address["country"]) if r.code == address["region"])
    region = next((each.named(language) for each in found), "")
    parts = (street, f"{address['postal_code']} {city}".strip(), region)
    return ("، " if in_arabic else ", ").join(filter(None, parts))


def contact_line(contact: ContactDraft) -> str:
    """Return a contact in one line."""
    # A number that breaks in its middle is hard to dial.
    number = contact["phone"].replace(" ", "\u00a0")
    phone = current().isolate(number) if number else ""
    return " · ".join(filter(None, (contact["name"], contact["position"], phone)))


def _in_order(party: PartyDetails, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return identifiers as the law orders them; those it does not know come last."""
    order = [*names, *party.identifiers]
    return sorted(party.identifiers.items(), key=lambda each: order.index(each[0]))


def _named(choices: Sequence[Choice], code: str | None) -> str:
    found = (each.named(current().language) for each in choices if each.code == code)
    return next(found, code or "")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_FACT else f"{text[:_LONGEST_FACT]}…"
