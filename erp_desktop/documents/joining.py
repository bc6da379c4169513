"""Arabic letters that join, and where a font keeps their joined forms.

`arabic-reshaper` picks the form of each letter by its neighbours and knows those that Unicode
encodes. Some letters of the Maghreb (ڨ of ڨفصة, ݣ of أݣادير) have joined forms in the fonts only:
they get private code points here, which the font then answers to.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from arabic_reshaper import ArabicReshaper
from fontTools.ttLib import TTFont

# Letters without encoded forms: qaf and kaf with three dots, Maghrebi feh and qaf.
_LETTERS = "ڨݣڢڧ"
# Shadda carries the vowel of its letter; the font draws both as one, well above the letter.
_VOWELS = {"\u064c": "\ufc5e", "\u064d": "\ufc5f", "\u064e": "\ufc60", "\u064f": "\ufc61"}
_VOWELS |= {"\u0650": "\ufc62", "\u0670": "\ufc63"}
_SHADDA = re.compile(f"([{''.join(_VOWELS)}])\u0651|\u0651([{''.join(_VOWELS)}])")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_FEATURES = ("init", "medi", "fina")
_PRIVATE = 0xF500
# Marks above and below letters. Those of a lam that is one with its alef keep code points of their
# own, or they could not be told from the alef's.
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\ufc5e\ufc5f\ufc60\ufc61\ufc62\ufc63"
LAM_MARKS = "".join(chr(0xF540 + number) for number in range(len(MARKS)))
_JOINED_LAM_ALEF, _TATWEEL = "\ufef6\ufef8\ufefa\ufefc\ufc86", "\u0640"
# Lam with alef maksura in two glyphs, from left to right, for fonts that have no single one.
APART = {"\ufc43": "\ufef0\ufedf", "\ufc86": "\ufef0\ufee0"}
_LAM_ALEF = re.compile(f"\u0644([{MARKS}]+)([\u0622\u0623\u0625\u0627\u0649])")
_OF_LAM, _PLAIN_MARK = str.maketrans(MARKS, LAM_MARKS), dict(zip(LAM_MARKS, MARKS, strict=True))


def _forms(letter: str) -> tuple[str, str, str, str]:
    start = _PRIVATE + 3 * _LETTERS.index(letter)
    return (letter, chr(start), chr(start + 1), chr(start + 2))


@lru_cache(maxsize=1)
def _reshaper() -> ArabicReshaper:
    # Only lam with alef, or with alef maksura, is one glyph.
    options = {"delete_harakat": False, "ARABIC LIGATURE ALLAH": False}
    reshaper = ArabicReshaper({**options, "ARABIC LIGATURE LAM WITH ALEF MAKSURA": True})
    reshaper.letters = {**reshaper.letters, **{letter: _forms(letter) for letter in _LETTERS}}
    return reshaper


def join(text: str) -> str:
    """Return `text`, still in the order of reading, with each letter in its joined form."""
    return " ".join(map(_joined, text.split(" "))) if _ARABIC.search(text) else text


@lru_cache(maxsize=16384)
def _joined(text: str) -> str:
    """Join one word: letters never join over a space."""
    text = _LAM_ALEF.sub(lambda found: f"\u0644{found[2]}{_of_lam(found[1])}", text)
    return _with_vowels(str(_reshaper().reshape(text)))


def _of_lam(marks: str) -> str:
    return _with_vowels(marks).translate(_OF_LAM)


def _with_vowels(text: str) -> str:
    return _SHADDA.sub(lambda marks: _VOWELS[marks[1] or marks[2]], text)


def spelled(char: str) -> str:
    """Return the plain letters behind a joined form, as a reader would type them."""
    char = _PLAIN_MARK.get(char, char)
    if is_ours(char):
        return _LETTERS[(ord(char) - _PRIVATE) // 3]
    return unicodedata.normalize("NFKC", char).strip() if "\ufb50" <= char <= "\ufefc" else char


def is_ours(char: str) -> bool:
    """Whether it is a joined form that no font knows under this code point."""
    return 0 <= ord(char) - _PRIVATE < 3 * len(_LETTERS)


def neighbours(char: str) -> tuple[str, str]:
    """Return what stands before and after one of our letters, or a lam-alef, so that it joins."""
    if is_ours(char):
        form = _FEATURES[(ord(char) - _PRIVATE) % 3]
        return _TATWEEL * (form != "init"), _TATWEEL * (form != "fina")
    return _TATWEEL * (char in _JOINED_LAM_ALEF), ""


def add_joined_forms(path: Path, face: Any) -> None:
    """Let a loaded ReportLab face answer to the private code points of our letters and marks."""
    for of_lam, mark in zip(LAM_MARKS, MARKS, strict=True):
        if ord(mark) in face.charToGlyph:
            face.charToGlyph[ord(of_lam)] = face.charToGlyph[ord(mark)]
            face.charWidths[ord(of_lam)] = face.charWidths.get(ord(mark), 0)
    if not any(ord(letter) in face.charToGlyph for letter in _LETTERS):
        return
    with TTFont(path, lazy=True) as font:
        names, metrics = font.getBestCmap(), font["hmtx"]
        swaps = [_substitutions(font, feature) for feature in _FEATURES]
        for letter in filter(lambda letter: ord(letter) in names, _LETTERS):
            for code, swap in zip(_forms(letter)[1:], swaps, strict=True):
                glyph = swap.get(names[ord(letter)], names[ord(letter)])
                face.charToGlyph[ord(code)] = font.getGlyphID(glyph)
                face.charWidths[ord(code)] = metrics[glyph][0] * 1000 / face.unitsPerEm


def _substitutions(font: TTFont, feature: str) -> dict[str, str]:
    """Return the one-to-one replacements that a feature of the font makes."""
    table = font["GSUB"].table if "GSUB" in font else None
    if table is None or table.FeatureList is None:
        return {}
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == feature:
            for index in record.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[index].SubTable:
                    inner = getattr(subtable, "ExtSubTable", subtable)
                    found.update(getattr(inner, "mapping", {}))
    return found
