"""Every character is drawn by a font that has it, or somebody hears of it."""

import warnings
from pathlib import Path

import pytest

from erp_desktop.core.i18n import speaking
from erp_desktop.documents.bidi import line
from erp_desktop.documents.errors import FontsMissingError
from erp_desktop.documents.fonts import MissingGlyphWarning, fonts, load

NOTO = Path("/usr/share/fonts/truetype/noto")


def test_a_mixed_text_is_split_where_the_font_changes() -> None:
    runs = [run for _face, run in fonts().runs("ﺓﻮﻬﻗ 1 kg")]

    assert runs == ["ﺓﻮﻬﻗ ", "1 kg"]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", ["€ œ « » ’ … × − ± % № °", "،؛؟ ـ", "\u00a0\u202f", "ⵜⴰⵎⴰⵣⵉⵖⵜ"])
def test_what_the_maghreb_writes_is_drawn(text: str, *, bold: bool) -> None:
    assert fonts(bold=bold).width(text, 10) > 0


def test_a_character_that_no_font_has_is_told_and_replaced() -> None:
    with pytest.warns(MissingGlyphWarning, match=r"U\+1FAE8"):
        [(_face, run)] = fonts().runs("\U0001fae8")

    assert run == "\ufffd"


def test_a_character_that_no_font_has_is_an_error_in_tests() -> None:
    with pytest.raises(MissingGlyphWarning):
        fonts().width("\U0001fae8", 10)


def test_bold_letters_are_wider() -> None:
    assert fonts(bold=True).width("Total ﻉﻮﻤﺠﻤﻟﺍ", 10) > fonts().width("Total ﻉﻮﻤﺠﻤﻟﺍ", 10)


def test_a_computer_without_fonts_says_what_to_install(tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(FontsMissingError, match="fonts-noto-core") as refusal:
        load([tmp_path])

    assert "Latin letters" in str(refusal.value)


def test_a_computer_without_arabic_fonts_says_so(tmp_path: Path) -> None:
    tmp_path.joinpath("NotoSans-Regular.ttf").symlink_to(NOTO / "NotoSans-Regular.ttf")

    with speaking("en"), pytest.raises(FontsMissingError, match="Arabic letters"):
        load([tmp_path])


def test_a_broken_font_file_is_passed_over(tmp_path: Path) -> None:
    tmp_path.joinpath("NotoSans-Regular.ttf").write_bytes(b"no font")
    tmp_path.joinpath("DejaVuSans.ttf").symlink_to(
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    )

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = load([tmp_path])

    assert {face.name.rpartition("-")[2] for face in found.faces} == {"DejaVuSans"}


def test_a_font_without_the_single_glyph_draws_lam_and_alef_maksura_apart(tmp_path: Path) -> None:
    tmp_path.joinpath("DejaVuSans.ttf").symlink_to(
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    )
    drawn = line("إلى", rtl=True).drawn

    [(_face, run)] = load([tmp_path]).runs(drawn)

    assert (drawn, run) == ("\ufc43\ufe87", "\ufef0\ufedf\ufe87")
