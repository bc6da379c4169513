"""Marks of Arabic stand where the font wants them: HarfBuzz says how far from their letter.

Letters are joined already, so all that is asked is where the marks of one letter go. Without an
answer they stand where they would stand above a letter of middling height.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import uharfbuzz

from erp_desktop.documents.fonts import Face
from erp_desktop.documents.joining import LAM_MARKS, MARKS, is_ours, neighbours, spelled

# As it is drawn, from left to right: the marks first, then their letter.
_MARKED = re.compile(f"([{MARKS}{LAM_MARKS}]+)(.)")
_OPTIONAL = dict.fromkeys(("liga", "calt", "dlig", "clig", "kern"), False)

Offset = tuple[float, float]


def placed(face: Face, run: str) -> Iterator[tuple[str, Offset]]:
    """Cut a run of one face, as it is drawn, at its marks.

    Returns:
        What stands together, and how far right and up it goes, in thousandths of the size.
    """
    done = 0
    for found in _MARKED.finditer(run):
        if found.start() > done:
            yield run[done : found.start()], (0, 0)
        marks = found[1]
        yield from zip(marks, _offsets(face.path, found[0]) or [(0, 0)] * len(marks), strict=True)
        done = found.end(1)
    if done < len(run):
        yield run[done:], (0, 0)


@lru_cache(maxsize=4096)
def _offsets(path: Path, drawn: str) -> list[Offset]:
    """Return how far right and up each mark of one letter goes, in thousandths of the size."""
    before, reading, after = _plain(drawn[::-1])
    buffer = uharfbuzz.Buffer()
    context = before + reading + after
    buffer.add_str(context, item_offset=len(before), item_length=len(reading))
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
    font = _font(path)
    uharfbuzz.shape(font, buffer, _OPTIONAL)
    if len(buffer.glyph_infos) != len(drawn):
        return []
    unit = 1000 / font.face.upem
    positions = buffer.glyph_positions[:-1]
    return [(place.x_offset * unit, place.y_offset * unit) for place in positions]


def _plain(reading: str) -> tuple[str, str, str]:
    """Return a letter with its marks as HarfBuzz knows them, between what it joins with."""
    letter, marks = spelled(reading[0]), reading[1:]
    if len(letter) == 2:
        of_lam = "".join(spelled(char) for char in marks if char in LAM_MARKS)
        of_alef = "".join(char for char in marks if char not in LAM_MARKS)
        letter, marks = f"{letter[0]}{of_lam}{letter[1]}", of_alef
    elif not is_ours(reading[0]):
        return "", reading, ""
    before, after = neighbours(reading[0])
    return before, letter + marks, after


@lru_cache(maxsize=8)
def _font(path: Path) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
