"""The values of the law in words: what a rule says, as the user reads it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from erp_desktop.core.i18n import N_, _, current, in_language

# The kinds of rules, in the order in which a person would look for them.
KINDS: Mapping[str, str] = {
    "tax": N_("Tax"),
    "stamp": N_("Stamp duty"),
    "cash_rounding": N_("Cash rounding"),
    "denominations": N_("Notes and coins"),
    "identifier": N_("Identifier"),
    "mention": N_("Mention on invoices"),
    "holiday": N_("Public holiday"),
    "depreciation": N_("Depreciation"),
    "withholding": N_("Withholding tax"),
    "payment_delay": N_("Payment delay"),
    "tax_point": N_("When tax is due"),
    "cheque_issue": N_("Cheques that we write"),
    "cash_limit": N_("Limit of payments in cash"),
}

# What the parts of a value are called.
PARTS: Mapping[str, str] = {
    "rate": N_("Rate, %"),
    "amount": N_("Amount"),
    "slice": N_("For each slice of"),
    "free_up_to": N_("Free up to"),
    "minimum": N_("At least"),
    "brackets": N_("Brackets, such as 30000: 1"),
    "progressive": N_("Each bracket at its own rate"),
    "borne_by": N_("Borne by"),
    "unit": N_("Round to"),
    "notes": N_("Banknotes"),
    "coins": N_("Coins"),
    "name": N_("Name"),
    "name_ar": N_("Arabic name"),
    "pattern": N_("Pattern"),
    "check": N_("Check digit"),
    "of": N_("Whose"),
    "on_invoice": N_("Printed on invoices"),
    "order": N_("Place in the list"),
    "fr": N_("In French"),
    "ar": N_("In Arabic"),
    "en": N_("In English"),
    "when": N_("When"),
    "on": N_("Day, such as 05-01"),
    "provisional": N_("Depends on the moon"),
    "article": N_("Legal article"),
    "days": N_("Days"),
    "due": N_("Due with the: invoice, payment"),
    "debit": N_("The bank falls when they are: written, paid"),
    "prorata": N_("First year counted by"),
    "coefficient": N_("Coefficient"),
    "years_4": N_("Coefficient up to 4 years"),
    "years_6": N_("Coefficient up to 6 years"),
    "more": N_("Coefficient above"),
    "base": N_("Of the: total, net, vat"),
    "attested": N_("Rate with an attestation, %"),
    "per_day": N_("For a day"),
    "per_month": N_("For a month"),
}

# Of what a withholding is a part.
BASES: Mapping[str, str] = {
    "total": N_("{rate} of the total with tax, without stamp"),
    "net": N_("{rate} of the net amount"),
    "vat": N_("{rate} of the VAT"),
}


def percent(rate: str | Decimal) -> str:
    """Write a part of one as people do: 0.19 is 19 %."""
    words = current()
    return words.isolate(f"{words.number(Decimal(rate) * 100)}\u00a0%")


def number(text: str) -> str:
    """Write a number of the law."""
    words = current()
    return words.isolate(words.number(Decimal(text)))


def value_words(kind: str, value: Mapping[str, Any]) -> str:
    """Say in one line what a rule says."""
    say = _SAYINGS.get(kind, _say_parts)
    return say(value)


def _say_tax(value: Mapping[str, Any]) -> str:
    rate = percent(value["rate"])
    base = value.get("base_taxes") or ()
    if not base:
        return rate
    taxes = current().isolate(", ".join(base))
    return _("{rate} of the price with {taxes}").format(rate=rate, taxes=taxes)


def _say_stamp(value: Mapping[str, Any]) -> str:
    if value["type"] == "amount":
        return _("{amount} for each document").format(amount=number(value["amount"]))
    if value["type"] == "part":
        return _("{rate} of what is paid in cash").format(rate=percent(value["rate"]))
    brackets = " · ".join(_brackets(value["brackets"]))
    return _("for each {slice}: {brackets}; at least {minimum}, free up to {free}").format(
        slice=number(value["slice"]),
        brackets=brackets,
        minimum=number(value["minimum"]),
        free=number(value["free_up_to"]),
    )


def _brackets(brackets: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        _("{rate} up to {amount}").format(
            rate=number(each["per_slice"]), amount=number(each["up_to"])
        )
        if each.get("up_to")
        else _("{rate} above").format(rate=number(each["per_slice"]))
        for each in brackets
    ]


def _say_rounding(value: Mapping[str, Any]) -> str:
    return _("to the nearest {unit}").format(unit=number(value["unit"]))


def _say_money(value: Mapping[str, Any]) -> str:
    notes, coins = (
        " · ".join(number(each) for each in value.get(name) or ()) for name in ("notes", "coins")
    )
    return _("notes {notes}; coins {coins}").format(notes=notes, coins=coins)


def _say_name(value: Mapping[str, Any]) -> str:
    name: str = in_language(current().language, value.get("name", ""), value.get("name_ar"))
    return name


def _say_mention(value: Mapping[str, Any]) -> str:
    return str(value.get(current().language) or value.get("fr") or "")


def _say_holiday(value: Mapping[str, Any]) -> str:
    month_and_day = current().isolate("/".join(reversed(str(value["on"]).split("-"))))
    name = _say_name(value)
    if value.get("provisional"):
        return _("{day} · {name} (depends on the moon)").format(day=month_and_day, name=name)
    return f"{month_and_day} · {name}"


def _say_tax_point(value: Mapping[str, Any]) -> str:
    return _("with the payment") if value["due"] == "payment" else _("with the invoice")


def _say_cheque_issue(value: Mapping[str, Any]) -> str:
    if value["debit"] == "paid":
        return _("the bank falls when it pays")
    return _("the bank falls when they are written")


def _say_withholding(value: Mapping[str, Any]) -> str:
    sentence = BASES.get(value["base"], BASES["total"])
    said = f"{_say_name(value)} · {_(sentence).format(rate=percent(value['rate']))}"
    if "attested" not in value:
        return said
    words = _("{rate} with an attestation")
    return f"{said} · {words.format(rate=percent(value['attested']))}"


def _say_parts(value: Mapping[str, Any]) -> str:
    """Say what no program reckons with yet, part by part."""
    return " · ".join(f"{_(PARTS.get(name, name))}: {part}" for name, part in value.items())


_SAYINGS = {
    "tax": _say_tax,
    "stamp": _say_stamp,
    "cash_rounding": _say_rounding,
    "denominations": _say_money,
    "identifier": _say_name,
    "mention": _say_mention,
    "holiday": _say_holiday,
    "tax_point": _say_tax_point,
    "withholding": _say_withholding,
    "cheque_issue": _say_cheque_issue,
}
