"""What can be wrong with a row of a file, in sentences that name the cure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from erp_desktop.core.i18n import N_, _

SENTENCES = {
    "code_missing": N_("There is neither code nor barcode. Give the product one of them."),
    "code_too_long": N_("A code has at most 40 characters. Shorten it."),
    "code_repeated": N_(
        "Row {row} has this code already. Keep one of the two, or choose one product per code."
    ),
    "code_taken": N_(
        "A product with this code exists already. Choose to change it, or type another code."
    ),
    "name_missing": N_("There is no name. Type one, or let the code be the name."),
    "name_too_long": N_("A name has at most 200 characters. Shorten it."),
    "barcode_unreadable": N_(
        "A barcode has up to 48 letters, digits and signs. Scan it into the file again."
    ),
    "barcode_shortened": N_(
        "The spreadsheet has shortened this barcode. Format its column as text and type it again."
    ),
    "barcode_check_digit": N_(
        "The last digit should be {digit}. Compare with the label; it is taken as it stands."
    ),
    "barcode_repeated": N_("Row {row} has this barcode already. Remove it from one of the two."),
    "barcode_taken": N_(
        "This barcode belongs to product {code}. Remove it here, or there before importing."
    ),
    "price_missing": N_("There is no price. Type one, or choose a price for all that have none."),
    "price_unreadable": N_("This is not a price. Write it like 1250,50."),
    "price_ambiguous": N_("This can be read in two ways. Write 1234 or 1,23."),
    "price_negative": N_("A price is not below zero. Correct it."),
    "price_rounded": N_("The currency has fewer decimals: {price} is taken."),
    "quantity_unreadable": N_("This is not a quantity. Write it like 12 or 2,5."),
    "unit_missing": N_("There is no unit. Type one, or choose one for all that have none."),
    "unit_unknown": N_("This unit does not exist. Write one of these: {known}."),
    "tax_missing": N_("There is no tax. Type one, or choose one for all that have none."),
    "tax_unknown": N_("This tax does not exist. Write one of these: {known}."),
    "too_many_cells": N_(
        "The row has more cells than there are headings. Put the text that contains the "
        "delimiter in quotes."
    ),
}

WARNINGS = frozenset({"barcode_check_digit", "price_rounded"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, in one row.

    Attributes:
        row: As a spreadsheet counts.
        about: What kind of value it is (`fields.FIELDS`).
        value: As it stands in the file.
        code: What is wrong (`SENTENCES`).
    """

    row: int
    about: str
    value: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """Whether the row is imported all the same."""
        return self.code in WARNINGS

    def sentence(self) -> str:
        """Say what is wrong and how to mend it."""
        return _(SENTENCES[self.code]).format(**self.details)
