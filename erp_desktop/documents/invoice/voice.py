"""In which languages an invoice speaks: one, or French and Arabic side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from erp_desktop.core.i18n import Words, words
from erp_desktop.core.money import CURRENCIES
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.invoice.paper import InvoicePaper, PaperLanguage, Worded

_words = lru_cache(maxsize=8)(words)


@dataclass(frozen=True, slots=True)
class Voice:
    """The languages of a paper.

    Attributes:
        first: The language in which it is laid out, and in which figures are written.
        second: Arabic beside it, or nothing.
    """

    first: Words
    second: Words | None
    currency: str

    @property
    def is_rtl(self) -> bool:
        """Whether the paper begins at its right edge."""
        return self.first.is_right_to_left

    @property
    def both(self) -> tuple[Words, ...]:
        """Its languages."""
        return (self.first,) if self.second is None else (self.first, self.second)

    def say(self, message: str) -> tuple[str, ...]:
        """Return a label in each language."""
        return tuple(words.say(message) for words in self.both)

    def own(self, text: Worded) -> tuple[str, ...]:
        """Return a name in each language, once where it has but one."""
        own, arabic = text.text.strip(), text.text_ar.strip()
        if self.second is not None:
            return tuple(dict.fromkeys(filter(None, (own, arabic))))
        chosen = (arabic or own) if self.is_rtl else (own or arabic)
        return (chosen,) if chosen else ()

    def amount(self, value: Decimal) -> str:
        """Write an amount without its currency."""
        return self.first.amount(value, self.currency)

    def price(self, value: Decimal) -> str:
        """Write a unit price with all its decimals, and at least those of the currency."""
        own = -int(value.normalize().as_tuple().exponent)
        return self.first.number(value, max(own, CURRENCIES[self.currency].decimals))

    def money(self, value: Decimal) -> tuple[str, ...]:
        """Write an amount with its currency, in each language."""
        return tuple(words.money(value, self.currency) for words in self.both)

    def number(self, value: Decimal) -> str:
        """Write a quantity."""
        return self.first.number(value)

    def rate(self, value: Decimal) -> str:
        """Write a rate such as 0.19 as `19 %`."""
        return f"{self.number(value * 100)}\u00a0%"

    def date(self, day: date) -> str:
        """Write a day."""
        return f"{day:%d/%m/%Y}"

    def sentence(self, message: str, value: Decimal) -> tuple[str, ...]:
        """Put an amount in words into a sentence, in each language."""
        return tuple(
            words.say(message).format(words=amount_in_words(value, self.currency, words.language))
            for words in self.both
        )


def voice_of(paper: InvoicePaper) -> Voice:
    """Return the languages of a paper."""
    languages: dict[PaperLanguage, tuple[str, ...]] = {"ar+fr": ("fr", "ar")}
    found = languages.get(paper.language, (paper.language,))
    first, *others = (_words(language, paper.country) for language in found)
    return Voice(first, others[0] if others else None, paper.currency)
