"""The filter line of a list: plain words, `field:value`, `field:a..b`; and the chips beside it."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from erp_desktop.core.search import fold
from erp_desktop.ui.entry import parse_amount

_TERM = re.compile(r'(?:(\w+):)?("[^"]*"|\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One `field:value` of a filter; a range has `until` too, either end may be open ("")."""

    field: str
    value: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What a list is asked for.

    Attributes:
        text: The words that belong to no field.
        terms: Each `field:value`; field names are folded: lower case, no accents.
        chips: Ids of the chips that are pressed.
        order: Name of the column's `order`; empty for the list's own.
    """

    text: str = ""
    terms: tuple[Term, ...] = ()
    chips: frozenset[str] = field(default_factory=frozenset)
    order: str = ""
    descending: bool = False

    def value(self, *names: str) -> str:
        """Return the value typed for a field, by any of its names; empty if none."""
        return next((term.value for term in self.terms if term.field in names), "")

    def amounts(self, *names: str) -> tuple[Decimal | None, Decimal | None]:
        """Return both ends of `price:10..20`; `price:15` is both; nonsense asks nothing."""
        term = next((term for term in self.terms if term.field in names), None)
        if term is None:
            return None, None
        return _amount(term.value), _amount(term.value if term.until is None else term.until)

    def has(self, chip: str) -> bool:
        """Whether a chip is pressed."""
        return chip in self.chips


@dataclass(frozen=True, slots=True)
class Chip:
    """A saved filter beside the filter line; title marked `N_`."""

    id: str
    title: str
    is_pressed: bool = False


def _amount(text: str) -> Decimal | None:
    try:
        return parse_amount(text) if text else None
    except ValueError:
        return None


def parse_filter(text: str) -> tuple[str, tuple[Term, ...]]:
    """Return the plain words of a filter line and its terms."""
    words: list[str] = []
    terms: list[Term] = []
    for name, value in _TERM.findall(text):
        bare = value.strip('"')
        if not name:
            words.append(bare)
        elif ".." in bare:
            start, _dots, end = bare.partition("..")
            terms.append(Term(fold(name), start, end))
        else:
            terms.append(Term(fold(name), bare))
    return " ".join(words), tuple(terms)
