"""Words, numbers, dates and money in the user's language.

`N_` marks a constant for translation, `_` translates when something is shown. Each module has a
catalogue of its own; a word is looked up in all of them. Digits are Western in all languages;
grouping is a no-break space, never a plain one, or bidi turns the number round (UX.md 5).
"""

import gettext
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from erp_desktop import house
from erp_desktop.core.money import CURRENCIES, Currency, round_money

LANGUAGES = ("ar", "fr", "en")
RIGHT_TO_LEFT = frozenset({"ar"})

# U+2066 … U+2069: what stands between keeps its left-to-right order inside Arabic text.
_LTR_ISOLATE, _POP_ISOLATE = "\u2066", "\u2069"

_CURRENCY_NAMES = {
    "ar": {"DZD": "دج", "MAD": "د.م.", "TND": "د.ت"},
    "fr": {"DZD": "DA", "MAD": "DH", "TND": "DT"},
    "en": {"DZD": "DZD", "MAD": "MAD", "TND": "TND"},
}

# Arabic months are called otherwise in Morocco than in Algeria and Tunisia.
_MONTHS = {
    "ar": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar_MA": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


def in_language(language: str, name: str, name_ar: str | None) -> str:
    """Return the Arabic name for Arabic readers, where there is one; else the other."""
    return name_ar if language == "ar" and name_ar else name


class Bilingual:
    """Something with a name and, perhaps, one in Arabic."""

    __slots__ = ()
    name: str
    name_ar: str

    def named(self, language: str) -> str:
        """Return its name in a language; without an Arabic one it keeps its own."""
        return in_language(language, self.name, self.name_ar)


def N_(message: str) -> str:
    """Mark `message` for translation, to be translated when it is shown."""
    return message


@dataclass(frozen=True)
class Words:
    """One language in one country: how it words, writes numbers and dates."""

    language: str
    country: str = "DZ"
    _catalogue: gettext.NullTranslations = field(
        default_factory=gettext.NullTranslations, repr=False, compare=False
    )

    @property
    def locale(self) -> str:
        """The regional locale, such as `ar_DZ`; plain `ar` formats differently."""
        return f"{self.language}_{self.country}"

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language in RIGHT_TO_LEFT

    def say(self, message: str) -> str:
        """Translate `message`."""
        return self._catalogue.gettext(message) if message else ""

    def count(self, singular: str, plural: str, number: int) -> str:
        """Translate a sentence that counts, `{n}` being the number."""
        return self._catalogue.ngettext(singular, plural, number).format(n=self.number(number))

    def number(self, value: Decimal | int, decimals: int | None = None) -> str:
        """Write a number; `decimals=None` keeps those it has, without trailing zeros."""
        amount = Decimal(value)
        if decimals is not None:
            amount = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        whole, _dot, fraction = f"{amount.copy_abs():f}".partition(".")
        fraction = fraction.rstrip("0") if decimals is None else fraction
        sign = "-" if amount < 0 else ""
        comma, group = (".", ",") if self.language == "en" else (",", "\u00a0")
        head = f"{int(whole):,}".replace(",", group)
        return f"{sign}{head}{comma}{fraction}" if fraction else f"{sign}{head}"

    def amount(self, value: Decimal, currency: str | Currency) -> str:
        """Write an amount with its currency's decimals, without the currency."""
        money = CURRENCIES[currency] if isinstance(currency, str) else currency
        return self.number(round_money(value, money), money.decimals)

    def money(self, value: Decimal, currency: str | Currency) -> str:
        """Write an amount with its currency behind it."""
        code = currency if isinstance(currency, str) else currency.code
        name = _CURRENCY_NAMES.get(self.language, {}).get(code, code)
        return f"{self.isolate(self.amount(value, currency))}\u00a0{name}"

    def month(self, day: date) -> str:
        """Write the month of a date by its name, with the year."""
        names = _MONTHS.get(self.locale) or _MONTHS[self.language]
        return f"{names.split()[day.month - 1]}\u00a0{day.year}"

    def date(self, day: date) -> str:
        """Write a date as day/month/year, as all three countries do."""
        return self.isolate(f"{day:%d/%m/%Y}")

    def time(self, moment: datetime) -> str:
        """Write hours and minutes."""
        return f"{moment:%H:%M}"

    def moment(self, moment: datetime) -> str:
        """Write a date with its time."""
        return self.isolate(f"{moment:%d/%m/%Y %H:%M}")

    def isolate(self, text: str) -> str:
        """Keep numbers, codes, phones, dates and e-mail left to right inside Arabic text."""
        return f"{_LTR_ISOLATE}{text}{_POP_ISOLATE}" if text and self.is_right_to_left else text


def words(language: str, country: str = "DZ") -> Words:
    """Return the words of a language; unknown languages are English."""
    catalogue = gettext.NullTranslations()
    for path in sorted((house.folder("translations") / language / "LC_MESSAGES").glob("*.po")):
        with _compiled(path).open("rb") as compiled:
            translations = gettext.GNUTranslations(compiled)
        translations.add_fallback(catalogue)
        catalogue = translations
    return Words(language if language in LANGUAGES else "en", country, catalogue)


def _compiled(source: Path) -> Path:
    """Return the binary catalogue of a `.po` file, compiled once per content."""
    import platformdirs  # noqa: PLC0415 - a window in English needs neither

    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    cache = Path(platformdirs.user_cache_dir("erp-desktop")) / "catalogues"
    target = cache / f"{source.parts[-3]}-{source.stem}-{digest}.mo"
    if not target.exists():
        from babel.messages import mofile, pofile  # noqa: PLC0415 - only when a text has changed

        cache.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{id(content)}")
        with source.open("rb") as po, draft.open("wb") as mo:
            mofile.write_mo(mo, pofile.read_po(po))
        draft.replace(target)
    return target


_current = Words("en")
_listeners: list[Callable[[], None]] = []


def current() -> Words:
    """Return the words that the user reads now."""
    return _current


def use(language: str, country: str = "DZ") -> None:
    """Speak `language` from now on and tell everybody who shows words."""
    global _current  # noqa: PLW0603 - one window, one language
    _current = words(language, country)
    for listener in tuple(_listeners):
        listener()


def on_change(listener: Callable[[], None]) -> Callable[[], None]:
    """Call `listener` after each change of language; the returned function ends that."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


@contextmanager
def speaking(language: str, country: str = "DZ") -> Iterator[Words]:
    """Speak another language for a while, as documents and tests do."""
    global _current  # noqa: PLW0603 - put back below
    before = _current
    _current = words(language, country)
    try:
        yield _current
    finally:
        _current = before


def _(message: str) -> str:
    """Translate `message` into the user's language, now."""
    return _current.say(message)


def count(singular: str, plural: str, number: int) -> str:
    """Translate a sentence that counts, `{n}` being the number."""
    return _current.count(singular, plural, number)
