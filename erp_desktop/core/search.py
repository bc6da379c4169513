"""Folding of Arabic and French, the same for every search box and for PostgreSQL's `core.fold`.

Rules: MAGHREB.md 7.4, after Lucene's ArabicNormalizer, with the letters that the Maghreb adds.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئ", "ي"),
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "گ": "ك",
        "ݣ": "ك",
        "ڨ": "ق",
        "ڤ": "ف",
        "پ": "ب",
        "œ": "oe",
        "æ": "ae",
        "’": "'",
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
        **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
    }
)
# Tashkeel, superscript alef, tatweel, joiners and direction marks say nothing to a search.
_SILENT = re.compile("[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return what a search compares: no accents, no tashkeel, one form of each letter."""
    plain = _SILENT.sub("", unicodedata.normalize("NFKC", text).casefold())
    marked = unicodedata.normalize("NFD", plain.translate(_LETTERS))
    bare = "".join(char for char in marked if not unicodedata.combining(char))
    # Once more: an accent may have hidden a letter, as in ǽ.
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def terms(text: str) -> list[str]:
    """Return the folded words of a search, in order."""
    return _WORD.findall(fold(text))


def has_words(text: str, searched: str) -> bool:
    """Whether every word of a search begins a word of a text."""
    words = terms(text)
    return all(any(word.startswith(each) for word in words) for each in terms(searched))
