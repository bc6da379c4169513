"""Reads amounts in words back: the inverse of what is tested, written from the languages' rules."""

import re
from collections.abc import Iterable
from decimal import Decimal

# fmt: off
_ARABIC_UNITS = {
    "واحد": 1, "اثنان": 2, "ثلاثة": 3, "أربعة": 4, "خمسة": 5, "ستة": 6, "سبعة": 7, "ثمانية": 8,
    "تسعة": 9, "عشرة": 10, "أحد": 1, "اثنا": 2, "عشر": 10, "عشرون": 20, "ثلاثون": 30, "أربعون": 40,
    "خمسون": 50, "ستون": 60, "سبعون": 70, "ثمانون": 80, "تسعون": 90, "مئة": 100, "مئتان": 200,
    "مئتا": 200, "ثلاثمئة": 300, "أربعمئة": 400, "خمسمئة": 500, "ستمئة": 600, "سبعمئة": 700,
    "ثمانمئة": 800, "تسعمئة": 900,
}
_ARABIC_SCALES = {"ألف": 10**3, "مليون": 10**6, "مليار": 10**9}
_ARABIC_PLURALS = {"آلاف": "ألف", "ملايين": "مليون", "مليارات": "مليار"}
_FRENCH = {
    "zéro": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
    "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "soixante": 60,
}
_ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
# fmt: on
_ARABIC_MONEY, _ARABIC_PARTS = {"دينار", "درهم"}, {"سنتيم": 100, "مليم": 1000}
_PLURAL_MONEY = {"دنانير": "دينار", "دراهم": "درهم", "سنتيمات": "سنتيم", "مليمات": "مليم"}
_ADJECTIVES = re.compile("^(?:جزائري|تونسي)")


def read(words: str, language: str) -> Decimal:
    """Return the amount that words say."""
    minus = {"ar": "ناقص ", "fr": "moins ", "en": "minus "}[language]
    sign = -1 if words.startswith(minus) else 1
    words = words.removeprefix(minus)
    return sign * (_read_arabic(words) if language == "ar" else _read_latin(words, language))


def _read_latin(words: str, language: str) -> Decimal:
    found = Decimal(0)
    number: list[str] = []
    for word in re.split("[ -]", words):
        if re.fullmatch("dinars?|dirhams?", word):
            found += _number(number, language)
            number = []
        elif re.fullmatch("(?:cent|mill)imes?", word):
            found += Decimal(_number(number, language)) / (100 if word[0] == "c" else 1000)
        else:
            number.append(word)
    return found


def _number(words: Iterable[str], language: str) -> int:
    return _french(words) if language == "fr" else _english(words)


def _french(words: Iterable[str]) -> int:
    big = total = current = 0
    before = ""
    for word in words:
        if word in {"vingt", "vingts"} and before == "quatre":
            current += 76
        elif word in {"cent", "cents"}:
            current = max(current, 1) * 100
        elif word == "mille":
            total, current = total + max(current, 1) * 1000, 0
        elif word.startswith("milliard"):
            big, total, current = (total + current) * 10**9, 0, 0
        elif word.startswith("million"):
            total, current = current * 10**6, 0
        elif word in _FRENCH:
            current += _FRENCH[word]
        before = word
    return big + total + current


def _english(words: Iterable[str]) -> int:
    total = current = 0
    scales = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    for word in words:
        if word == "hundred":
            current *= 100
        elif word in scales:
            total, current = total + current * scales[word], 0
        elif word in _ENGLISH:
            current += _ENGLISH[word]
    return total + current


def _read_arabic(words: str) -> Decimal:
    if words.startswith("صفر "):
        return Decimal(0)
    found, number = Decimal(0), _ArabicNumber()
    # “One dinar”: the noun says it already.
    words = re.sub("(دينار جزائري|دينار تونسي|درهم|سنتيم|مليم) واحد", r"\1", words)
    for joined in words.split():
        word = joined if joined == "واحد" else joined.removeprefix("و")
        noun, count = _singular(word)
        if noun in _ARABIC_MONEY | _ARABIC_PARTS.keys():
            value = Decimal(count or number.taken() or 1)
            found += value / _ARABIC_PARTS.get(noun, 1)
        elif noun in _ARABIC_SCALES:
            number.scale(_ARABIC_SCALES[noun], count)
        elif not _ADJECTIVES.match(word):
            number.current += _ARABIC_UNITS[word]
    return found


def _singular(word: str) -> tuple[str, int]:
    """Return a noun's singular, and how many it says by itself (2 for a dual)."""
    plain = _PLURAL_MONEY.get(word) or _ARABIC_PLURALS.get(word) or word.removesuffix("ًا")
    nouns = _ARABIC_MONEY | _ARABIC_PARTS.keys() | _ARABIC_SCALES.keys()
    for ending in ("ان", "ا"):
        if plain not in nouns and plain.removesuffix(ending) in nouns:
            return plain.removesuffix(ending), 2
    return plain, 0


class _ArabicNumber:
    """A number as its words are heard, the greatest first."""

    def __init__(self) -> None:
        self.big = self.total = self.current = 0

    def scale(self, value: int, count: int) -> None:
        """Hear a thousand, a million, a milliard, or two of them."""
        if count:
            self.total += count * value
        elif value == 10**9:
            self.big += (self.total + self.current or 1) * value
            self.total = 0
        else:
            self.total += (self.current or 1) * value
        if count and value == 10**9:
            self.big, self.total = self.big + self.total, 0
        self.current = 0

    def taken(self) -> int:
        """Return the number, and begin another."""
        value = self.big + self.total + self.current
        self.big = self.total = self.current = 0
        return value
