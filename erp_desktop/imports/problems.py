"""What can be wrong with a row of a file, in sentences that name the cure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from erp_desktop.core.i18n import N_, _


@dataclass(frozen=True, slots=True)
class What:
    """One thing that can be wrong.

    Attributes:
        code: Its name in tests and logs.
        message: The sentence, marked `N_`, with the cure; `{placeholders}` are details.
        is_doubt: It is worth a look, and keeps no row out.
    """

    code: str
    message: str
    is_doubt: bool = False


class Note(Protocol):
    """Notes what is wrong with the cell that is being read."""

    def __call__(self, what: What, **details: Any) -> None:
        """Note it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, in one row.

    Attributes:
        row: As a spreadsheet counts.
        place: Which cell, counted from 0; -1 if no column holds what is missing.
        about: What kind of value it is (`ImportField.id`).
        value: As it stands in the file.
    """

    row: int
    place: int
    about: str
    value: str
    what: What
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """What is wrong, as one word."""
        return self.what.code

    @property
    def is_doubt(self) -> bool:
        """Whether the row is imported all the same."""
        return self.what.is_doubt

    def sentence(self) -> str:
        """Say what is wrong and how to mend it."""
        return _(self.what.message).format(**self.details)


TOO_MANY_CELLS = What(
    "too_many_cells",
    N_(
        "The row has more cells than there are headings. Put the text that contains the "
        "delimiter in quotes."
    ),
)
CODE_TOO_LONG = What("code_too_long", N_("A code has at most {most} characters. Shorten it."))
TEXT_TOO_LONG = What("text_too_long", N_("There is room for {most} characters here. Shorten it."))
CODE_SHORTENED = What(
    "code_shortened",
    N_("The spreadsheet has shortened this number. Format its column as text and type it again."),
)
CODE_DATED = What(
    "code_dated",
    N_("The spreadsheet has made a date of this. Format its column as text and type it again."),
)
ZEROS_LOST = What(
    "zeros_lost",
    N_("The spreadsheet may have dropped zeros at the beginning. Compare; it is taken as it is."),
    is_doubt=True,
)
ZEROS_RESTORED = What(
    "zeros_restored",
    N_("The spreadsheet has dropped zeros at the beginning: {value} is taken. Compare."),
    is_doubt=True,
)
AMOUNT_UNREADABLE = What("amount_unreadable", N_("This is not an amount. Write it like 1250,50."))
AMOUNT_AMBIGUOUS = What("amount_ambiguous", N_("This can be read in two ways. Write 1234 or 1,23."))
AMOUNT_NEGATIVE = What("amount_negative", N_("This amount is not below zero. Correct it."))
AMOUNT_ROUNDED = What(
    "amount_rounded", N_("The currency has fewer decimals: {amount} is taken."), is_doubt=True
)
QUANTITY_UNREADABLE = What(
    "quantity_unreadable", N_("This is not a quantity. Write it like 12 or 2,5.")
)
CHOICE_UNKNOWN = What("choice_unknown", N_("This is not known here. Write one of these: {known}."))
CODE_REPEATED = What("code_repeated", N_("Row {row} has this code already. Keep one of the two."))
