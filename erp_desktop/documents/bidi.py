"""Right-to-left text on paper: lines are broken first, then put in the order of drawing.

`python-bidi` applies the Unicode algorithm (UAX 9) but gives back a string only: it neither mirrors
brackets nor says where each letter came from, and a paragraph cut into lines before it loses the
context of its numbers. So every character travels with a tag of invisible characters that the
algorithm treats as part of it. Where the tag stands afterwards, in front or behind, says the
direction; restricting the order of the paragraph to one line is the order of that line.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from bidi import get_display
from bidi.mirror import MIRRORED

from erp_desktop.documents.joining import join

LTR_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"
_OPENING, _MARKS = "\u2066\u2067\u2068", "\u200e\u200f\u061c"
_UNSEEN = frozenset(_OPENING + POP_ISOLATE + _MARKS + "\u200b\u200c\u200d\ufeff\u00ad")

# Three digits of base 32, each from a block of its own among the (boundary neutral) tag letters.
_TAGS, _BASE = 0xE0020, 32
# Stands at the end: what is unseen there would be reset to the direction of the paragraph.
_END = "\ufffc"
_LONGEST = _BASE**3

# A word with the white space before it, where a line may be broken.
_WORD = re.compile("([ \u2003\u200b]*)([^ \u2003\u200b]+)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")

# Nothing else can make a line run otherwise than as it is read.
_TURNING = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f\u2067]")

# Letters and marks of Arabic with spaces and what is neutral: all of it runs one way.
_ONLY_ARABIC = re.compile("[\u0621-\u065f\u066e-\u06d3 \u00a0.:!?،؛؟«»()·–-]+")

# A number with its sign, its groups and its percent sign; a telephone; a date; a code.
_NUMBER = re.compile(
    r"""(?<![\dA-Za-zÀ-ɏ.,/:-])(?:
        \+?\d{1,4}(?:[ .-]\d{2,4}){2,}                     # telephone, bank account
      | [-+−±]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?  # 1 450,00
      | [-+−±]?\d[\dA-Za-z]*(?:[-./:,_]?[\dA-Za-z]+)*       # -12,50  2026-11-21  000123-FA
    )(?:[ \u00a0\u202f]?[%‰])?(?![\dA-Za-zÀ-ɏ])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph.

    Attributes:
        text: As it is read.
        drawn: As it is drawn, from left to right, joined and mirrored.
        pieces: The same in pieces of one direction, so that they can be written into a file in the
            order in which they are read; none if all of it runs from left to right.
    """

    text: str
    drawn: str
    pieces: tuple["Piece", ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbours of one direction in a line.

    Attributes:
        place: Where it begins in what is read.
    """

    place: int
    is_rtl: bool
    drawn: str


@lru_cache(maxsize=8192)
def line(text: str, *, rtl: bool) -> Line:
    """Return `text` as one line."""
    return next(wrap(text, rtl=rtl, width=float("inf"), measure=_no_width))


def wrap(text: str, *, rtl: bool, width: float, measure: Callable[[str], float]) -> Iterator[Line]:
    """Break `text` into lines no wider than `width` and put each in the order of drawing.

    A text without Arabic letters runs from left to right in a paragraph of either direction.
    """
    paragraph = _with_numbers_together(_clean(text))
    if not _TURNING.search(paragraph):
        for start, end in _breaks(paragraph, width, measure):
            seen = _seen(paragraph[start:end])
            yield Line(seen, seen)
        return
    order = _order(paragraph, rtl=rtl and bool(_RIGHT_TO_LEFT.search(paragraph)))
    for start, end in _breaks(paragraph, width, measure):
        places = [place for place in order if start <= place[0] < end]
        pieces = tuple(_pieces(paragraph, places))
        drawn = "".join(piece.drawn for piece in pieces)
        yield Line(_seen(paragraph[start:end]), drawn, pieces)


def begins_right_to_left(text: str) -> bool:
    """Whether the first letter of `text` is written from right to left."""
    first = next((char for char in text if char.isalpha()), "")
    return bool(_RIGHT_TO_LEFT.match(first))


def _no_width(_text: str) -> float:
    return 0


def _clean(text: str) -> str:
    """Return one paragraph with balanced isolates, without what would disturb the algorithm."""
    if text.isascii() and text.isprintable():
        return text.strip(" ")
    depth, kept = 0, []
    for char in map(_plain, unicodedata.normalize("NFC", text)[: _LONGEST // 2]):
        if char == POP_ISOLATE and not depth:
            continue
        depth += bool(char) * ((char in _OPENING) - (char == POP_ISOLATE))
        kept.append(char)
    return "".join(kept).strip(" ") + POP_ISOLATE * depth


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """Return what stands for `char` on paper.

    Embeddings and overrides go: they turn what follows round, and no name has a use for them.
    """
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    if category in {"Cn", "Co", "Cs"} or char == _END:
        return "\ufffd"
    return char if category != "Cf" or char in _UNSEEN else ""


def _with_numbers_together(text: str) -> str:
    """Keep each number on one line and in its own order."""
    pieces = re.split(f"({LTR_ISOLATE}.*?{POP_ISOLATE})", text)
    return "".join(
        _NUMBER.sub(_unbroken if number % 2 else _isolated, piece)
        for number, piece in enumerate(pieces)
    )


def _unbroken(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\u00a0")


def _isolated(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    last = next((char for char in reversed(before) if char.isalpha()), "")
    # Behind Latin letters a number follows them anyhow; isolated, it would leave them.
    follows = bool(last) and not _RIGHT_TO_LEFT.match(last)
    return _unbroken(match) if follows else f"{LTR_ISOLATE}{_unbroken(match)}{POP_ISOLATE}"


@lru_cache(maxsize=2048)
def _order(text: str, *, rtl: bool) -> list[tuple[int, bool]]:
    """Return index and direction (right to left?) of what is seen, from left to right."""
    if rtl and _ONLY_ARABIC.fullmatch(text):
        return [(index, True) for index in range(len(text) - 1, -1, -1)]
    tagged = "".join(
        char if char in _UNSEEN else char + _tag(index) for index, char in enumerate(text)
    )
    display = str(get_display(tagged + _END, base_dir="R" if rtl else "L"))
    shown = [char for char in display if char not in _UNSEEN and char != _END]
    groups = (shown[start : start + 4] for start in range(0, len(shown), 4))
    return [(_index(group), _is_tag(group[0])) for group in groups]


def _tag(index: int) -> str:
    return "".join(chr(_TAGS + _BASE * place + index // _BASE**place % _BASE) for place in range(3))


def _is_tag(char: str) -> bool:
    return _TAGS <= ord(char) < _TAGS + 3 * _BASE


def _index(group: Iterable[str]) -> int:
    digits = (divmod(ord(char) - _TAGS, _BASE) for char in group if _is_tag(char))
    return sum(digit * _BASE**place for place, digit in digits)


def _breaks(text: str, width: float, measure: Callable[[str], float]) -> Iterator[tuple[int, int]]:
    """Find where lines begin and end: at spaces, or inside a word that is wider than a line."""
    if measure is _no_width:
        yield 0, len(text)
        return
    start = end = 0
    taken = 0.0
    for word in _WORD.finditer(text):
        # Letters join within a word only, so that widths add up.
        gap, wide = (measure(join(_seen(part))) for part in word.groups())
        if taken + gap + wide > width:
            if end > start:
                yield start, end
                start, taken, gap = word.start(2), 0.0, 0.0
            while taken + gap + wide > width and word.end() > start:
                end = _fitting(text, start, word.end(), width, measure)
                if end == word.end():
                    break
                yield start, end
                start, taken, gap = end, 0.0, 0.0
                wide = measure(join(_seen(text[start : word.end()])))
        taken += gap + wide
        end = word.end()
    yield start, len(text)


def _fitting(text: str, start: int, end: int, width: float, measure: Callable[[str], float]) -> int:
    """Return how far a word that is too wide reaches on one line: one character at least."""
    ends = range(start + 1, end + 1)
    fitting = bisect_right(ends, width, key=lambda last: measure(join(_seen(text[start:last]))))
    return ends[max(0, fitting - 1)]


def _seen(text: str) -> str:
    return text if text.isascii() else "".join(char for char in text if char not in _UNSEEN)


def _pieces(text: str, places: list[tuple[int, bool]]) -> Iterator[Piece]:
    """Join and mirror what runs from right to left; leave the rest as it is."""
    for run in _runs(places):
        letters = "".join(text[index] for index, _rtl in run)
        first, is_rtl = run[0]
        if is_rtl:
            reading = "".join(MIRRORED.get(char, char) for char in reversed(letters))
            letters, first = join(reading)[::-1], run[-1][0]
        yield Piece(first, is_rtl, letters)


def _runs(places: list[tuple[int, bool]]) -> Iterator[list[tuple[int, bool]]]:
    """Group neighbours that run in one direction and follow each other in the text."""
    run = places[:1]
    for before, here in pairwise(places):
        step = here[0] - before[0]
        if before[1] != here[1] or step != (-1 if here[1] else 1):
            yield run
            run = []
        run.append(here)
    if run:
        yield run
