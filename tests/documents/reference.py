"""What a line of text looks like, by other people's engines: FriBidi orders, HarfBuzz shapes."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from erp_desktop.documents.fonts import Face, fonts

_RTL, _LTR = 0x111, 0x110
_OPTIONAL = dict.fromkeys(("liga", "calt", "dlig", "clig", "kern"), False)
_UNSEEN = set("\u2066\u2067\u2068\u2069\u200e\u200f")

Shape = tuple[str, str, float]


@dataclass(frozen=True)
class _Letter:
    """A character with its embedding level and the face that draws it."""

    char: str
    level: int
    face: Face


def drawn_by_others(text: str, *, rtl: bool) -> list[Shape]:
    """Return face, outline and width of each glyph of a line, from left to right."""
    levels, order = fribidi(text, rtl=rtl)
    letters = {
        place: _Letter(text[place], levels[place], _face(text[place]))
        for place in order
        if text[place] not in _UNSEEN
    }
    shapes: list[Shape] = []
    for run in _runs([place for place in order if place in letters], letters):
        first = letters[run[0]]
        reading = sorted(run)
        shapes += _shaped([letters[place] for place in reading], rtl=first.level % 2 == 1)
    return shapes


def drawn_by_us(drawn: str) -> list[Shape]:
    """Return the same of what our pipeline gives to the paper."""
    return [
        outline(face, face.glyphs[ord(" " if char == "\u00a0" else char)])
        for face, run in fonts().runs(drawn)
        for char in run
    ]


def fribidi(text: str, *, rtl: bool) -> tuple[list[int], list[int]]:
    """Return the embedding level of each character, and the characters from left to right."""
    library, count = ctypes.CDLL("libfribidi.so.0"), len(text)
    logical = (ctypes.c_uint32 * count)(*map(ord, text))
    visual = (ctypes.c_uint32 * count)()
    to_visual, to_logical = (ctypes.c_int * count)(), (ctypes.c_int * count)()
    levels = (ctypes.c_int8 * count)()
    direction = ctypes.c_uint32(_RTL if rtl else _LTR)
    most = library.fribidi_log2vis(
        logical, count, ctypes.byref(direction), visual, to_visual, to_logical, levels
    )
    assert most, f"FriBidi refuses {text!r}"
    return [*levels], [*to_logical]


def _runs(order: list[int], letters: dict[int, _Letter]) -> Iterator[list[int]]:
    """Neighbours of one level and one face."""
    keyed = groupby(order, key=lambda place: (letters[place].level, letters[place].face.name))
    for _key, places in keyed:
        yield [*places]


def _shaped(letters: list[_Letter], *, rtl: bool) -> list[Shape]:
    face = letters[0].face
    buffer = uharfbuzz.Buffer()
    buffer.add_str("".join(letter.char for letter in letters))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(_font(face.path), buffer, _OPTIONAL)
    return [outline(face, info.codepoint) for info in buffer.glyph_infos]


def _face(char: str) -> Face:
    """A space is drawn by whoever draws its neighbours: its ink is the same in all of them."""
    return next(face for face in fonts().faces if ord(char) in face.glyphs)


def outline(face: Face, glyph: int) -> Shape:
    """Return what a glyph looks like: nominal and isolated forms are equal, and so are spaces."""
    drawn, width = _drawn(face.path, glyph)
    return (face.name if drawn != "[]" else "", drawn, width if drawn != "[]" else 0)


@cache
def _drawn(path: Path, glyph: int) -> tuple[str, float]:
    font = _tables(path)
    shapes = font.getGlyphSet()
    pen = DecomposingRecordingPen(shapes)
    shape = shapes[font.getGlyphName(glyph)]
    shape.draw(pen)
    return repr(pen.value), float(shape.width)


@cache
def _tables(path: Path) -> TTFont:
    return TTFont(path)


@cache
def _font(path: Path) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
