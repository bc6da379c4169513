"""Independent engines to compare with: ICU for the order of letters, HarfBuzz for their forms."""

import ctypes
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
import uharfbuzz

from erp_desktop.documents.fonts import Face, fonts

VisualOrder = Callable[[str, bool], list[tuple[int, bool]]]
GlyphNames = Callable[[str], list[str]]


def _icu() -> tuple[ctypes.CDLL, str]:
    """Load the ICU library that PySide6 carries."""
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "Qt/lib"
    ctypes.CDLL(str(next(folder.glob("libicudata.so.*"))), mode=ctypes.RTLD_GLOBAL)
    library = next(folder.glob("libicuuc.so.*"))
    return ctypes.CDLL(str(library)), library.name.rpartition(".")[2]


@pytest.fixture(scope="session")
def icu_order() -> VisualOrder:
    """Index and direction (right to left?) of each character, from left to right, says ICU."""
    library, version = _icu()
    begin, end = library[f"ubidi_open_{version}"], library[f"ubidi_close_{version}"]
    begin.restype = ctypes.c_void_p
    levels_of = library[f"ubidi_getLevels_{version}"]
    levels_of.restype = ctypes.POINTER(ctypes.c_uint8)

    def order(text: str, rtl: bool) -> list[tuple[int, bool]]:  # noqa: FBT001
        units = (ctypes.c_uint16 * len(text))(*map(ord, text))
        paragraph, error = ctypes.c_void_p(begin()), ctypes.c_int(0)
        library[f"ubidi_setPara_{version}"](
            paragraph, units, len(text), ctypes.c_uint8(rtl), None, ctypes.byref(error)
        )
        places = (ctypes.c_int32 * len(text))()
        library[f"ubidi_getVisualMap_{version}"](paragraph, places, ctypes.byref(error))
        levels = levels_of(paragraph, ctypes.byref(error))
        found = [(place, levels[place] % 2 == 1) for place in places]
        end(paragraph)
        assert error.value <= 0, f"ICU refuses {text!r}"
        return found

    return order


@pytest.fixture(scope="session")
def arabic() -> Face:
    """The face that draws Arabic letters."""
    return next(face for face in fonts().faces if 0xFE8E in face.glyphs)


@pytest.fixture(scope="session")
def harfbuzz_glyphs() -> Callable[[str], list[int]]:
    """Glyphs of an Arabic word in Noto Sans Arabic, from left to right, says HarfBuzz."""
    path = next(Path("/usr/share/fonts").rglob("NotoSansArabic-Regular.ttf"))
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
    return lambda word: [info.codepoint for info in _shaped(font, word).glyph_infos]


@pytest.fixture(scope="session")
def harfbuzz_offsets() -> Callable[[str], list[tuple[int, int]]]:
    """How far right and up each glyph of a word goes, from left to right, says HarfBuzz."""
    path = next(Path("/usr/share/fonts").rglob("NotoSansArabic-Regular.ttf"))
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))

    def offsets(word: str) -> list[tuple[int, int]]:
        return [(p.x_offset, p.y_offset) for p in _shaped(font, word).glyph_positions]

    return offsets


def _shaped(font: uharfbuzz.Font, word: str) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
    uharfbuzz.shape(font, buffer, dict.fromkeys(("liga", "calt", "dlig", "clig", "kern"), False))
    return buffer


@pytest.fixture(scope="session")
def outline() -> Callable[[int], tuple[str, float]]:
    """What a glyph of Noto Sans Arabic looks like: a nominal and an isolated form are equal."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    path = next(Path("/usr/share/fonts").rglob("NotoSansArabic-Regular.ttf"))
    font = TTFont(path)
    drawn = font.getGlyphSet()

    def outline(glyph: int) -> tuple[str, float]:
        pen = DecomposingRecordingPen(drawn)
        shape = drawn[font.getGlyphName(glyph)]
        shape.draw(pen)
        return repr(pen.value), float(shape.width)

    return outline
