"""Fonts of this computer; every character is drawn by the first font that has it.

Arabic fonts often lack Latin letters, and the other way round, so a text is split into runs. What
no font has is drawn as a replacement and warned about: tests turn that warning into an error.
"""

import os
import re
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from erp_desktop.core.i18n import N_, _
from erp_desktop.documents.errors import FontsMissingError
from erp_desktop.documents.joining import APART, add_joined_forms, spelled

# ReportLab's font register and its subsets are global; whoever draws holds this.
drawing = threading.RLock()

_LATIN = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("segoeui.ttf", "segoeuib.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
_ARABIC = (
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"),
    ("segoeui.ttf", "segoeuib.ttf"),
    ("tahoma.ttf", "tahomabd.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("Arial Unicode.ttf", "Arial Unicode.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
# Nice to have: Amazigh letters and symbols.
_OTHERS = (
    ("NotoSansTifinagh-Regular.ttf", "NotoSansTifinagh-Regular.ttf"),
    ("ebrima.ttf", "ebrimabd.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
# Latin as French writes it, and the joined forms of the Arabic letters with lam-alef.
_NEEDED_LATIN = frozenset(map(ord, "AZaz09éÉèàçœŒ«»’×€%+-.,:/()\u00a0"))
_NEEDED_ARABIC = frozenset(range(0xFE80, 0xFEFD)) | {0x060C, 0x061F}


_SPACES = " \u00a0"

_make_map = ttfonts.makeToUnicodeCMap


def _make_readable_map(name: str, subset: Iterable[int]) -> str:
    """Say which letters stand behind the glyphs, so that a document can be searched."""
    return re.sub("(?<=> <)[0-9A-F]{4}(?=>)", _typed, str(_make_map(name, subset)))


def _typed(code: re.Match[str]) -> str:
    return spelled(chr(int(code[0], 16))).encode("utf-16-be").hex().upper()


# WORKAROUND: ReportLab writes the joined forms themselves, which nobody types into a search box
# and most viewers do not find. It may go once `TTFont` lets one say what a glyph reads as.
ttfonts.makeToUnicodeCMap = _make_readable_map


class MissingGlyphWarning(UserWarning):
    """No font here has this character."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, registered with ReportLab under its name.

    Attributes:
        path: The file.
        glyphs: Characters that it can draw, by code point.
        widths: Their widths in thousandths of the size.
    """

    name: str
    path: Path
    glyphs: Mapping[int, int]
    widths: Mapping[int, float]
    default_width: float

    def width(self, run: str, size: float) -> float:
        """Return how wide a run of this face is drawn, in points."""
        widths, default = self.widths, self.default_width
        return sum(widths.get(ord(char), default) for char in run) * size / 1000


@dataclass(frozen=True, slots=True)
class Fonts:
    """Faces of one weight, in the order in which they are asked."""

    faces: tuple[Face, ...]
    _known: dict[str, tuple[Face, str]] = field(default_factory=dict, repr=False, compare=False)

    def runs(self, text: str) -> Iterator[tuple[Face, str]]:
        """Split what is drawn from left to right into runs of one face.

        A space stays with what it follows, if that face has one.
        """
        run, before = "", self.faces[0]
        for char in text:
            face, found = self._known.get(char) or self._face(char)
            if face is not before:
                if char in _SPACES and run and ord(char) in before.glyphs:
                    face = before
                elif run:
                    yield before, run
                    run = ""
            run, before = run + found, face
        if run:
            yield before, run

    def width(self, text: str, size: float) -> float:
        """Return how wide `text` is drawn, in points."""
        return sum(face.width(run, size) for face, run in self.runs(text))

    def _face(self, char: str) -> tuple[Face, str]:
        for face in self.faces:
            if ord(char) in face.glyphs:
                return self._known.setdefault(char, (face, char))
        if char in APART:
            face, _first = self._face(APART[char][0])
            return self._known.setdefault(char, (face, APART[char]))
        message = f"no font has {char!r} (U+{ord(char):04X})"
        warnings.warn(message, MissingGlyphWarning, stacklevel=2)
        return self.faces[0], "\ufffd" if 0xFFFD in self.faces[0].glyphs else "?"


@lru_cache(maxsize=2)
def fonts(*, bold: bool = False) -> Fonts:
    """Return the fonts of this computer in one weight, loaded once.

    Raises:
        FontsMissingError: There is none for Latin or for Arabic letters.
    """
    return load(font_folders(), bold=bold)


def load(folders: Iterable[Path], *, bold: bool = False) -> Fonts:
    """Load the best fonts in `folders`.

    Raises:
        FontsMissingError: There is none for Latin or for Arabic letters.
    """
    files = _files(folders)
    with drawing:
        latin = _first(_LATIN, files, needed=_NEEDED_LATIN, bold=bold)
        arabic = _first(_ARABIC, files, needed=_NEEDED_ARABIC, bold=bold)
        others = [_face(files[pair[bold]]) for pair in _OTHERS if pair[bold] in files]
    if latin is None or arabic is None:
        script = N_("Arabic letters") if latin else N_("Latin letters")
        raise FontsMissingError(script=_(script))
    faces = {face.name: face for face in (latin, arabic, *others) if face is not None}
    return Fonts(tuple(faces.values()))


def font_folders() -> list[Path]:
    """Return where this system keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, home / ".local/share/fonts", home / ".fonts"]


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    wanted = {name for pair in _LATIN + _ARABIC + _OTHERS for name in pair}
    found: dict[str, Path] = {}
    for folder in folders:
        for place, _folders, names in os.walk(folder):
            for name in sorted(wanted.intersection(names)):
                found.setdefault(name, Path(place) / name)
    return found


def _first(
    choices: Iterable[tuple[str, str]],
    files: Mapping[str, Path],
    *,
    needed: frozenset[int],
    bold: bool,
) -> Face | None:
    for pair in choices:
        path = files.get(pair[bold]) or files.get(pair[0])
        face = _face(path) if path else None
        if face and needed <= face.glyphs.keys():
            return face
    return None


@lru_cache
def _face(path: Path) -> Face | None:
    try:
        font = TTFont(f"{path.parent.name}-{path.stem}", path)
    except (TTFError, OSError):
        return None
    pdfmetrics.registerFont(font)
    add_joined_forms(path, font.face)
    loaded = font.face
    return Face(font.fontName, path, loaded.charToGlyph, loaded.charWidths, loaded.defaultWidth)
