"""What states, ways to pay and languages are called; marked for translation."""

from collections.abc import Mapping

from erp_desktop.core.i18n import N_

KINDS: Mapping[str, str] = {"invoice": N_("Invoice"), "credit_note": N_("Credit note")}

# How an invoice is to be paid.
WAYS: Mapping[str, str] = {
    "account": N_("On account"),
    "cash": N_("Cash"),
    "card": N_("Card"),
    "cheque": N_("Cheque"),
    "transfer": N_("Bank transfer"),
}

# How money came in.
METHODS: Mapping[str, str] = {way: words for way, words in WAYS.items() if way != "account"}

# What settles: money, or what the customer keeps back for the state.
RECEIVED: Mapping[str, str] = {**METHODS, "withholding": N_("Withheld tax")}

LANGUAGES: Mapping[str, str] = {
    "fr": N_("French"),
    "ar": N_("Arabic"),
    "ar+fr": N_("Arabic and French"),
    "en": N_("English"),
}
