"""Lists on A4: every row on paper, figures in line, nothing in the margins."""

import io

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from erp_desktop.core.i18n import words
from erp_desktop.documents.pdf import mm
from erp_desktop.documents.table_paper import StrongRow, TableColumn, render_table

COLUMNS = (
    TableColumn("Code"),
    TableColumn("Nom"),
    TableColumn("Débit", is_figure=True),
    TableColumn("Crédit", is_figure=True),
)


def rows(count: int) -> list[tuple[str, ...]]:
    return [
        (f"C{number:04d}", "زبائن" if number % 2 else "Clients", "1\u00a0450,00", "-12,50")
        for number in range(count)
    ]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("count", [0, 1, 44, 45, 200])
def test_every_row_is_on_paper_once(count: int, language: str) -> None:
    totals = ("", "Total", "9\u00a0999,00", "-99,00")

    pdf = render_table("Balance", ("Alger",), COLUMNS, rows(count), totals, words(language))

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert [text.count(f"C{number:04d}") for number in range(count)] == [1] * count
    assert text.count("9 999,00") == 1


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("many", [2, 12])
def test_nothing_is_in_the_margins(language: str, many: int) -> None:
    columns = COLUMNS + COLUMNS[2:] * many
    wide = [(*row, *row[2:] * many) for row in rows(50)]
    long = [("X" * 80, "Désignation " * 60, *row[2:]) for row in wide[:3]]

    pdf = render_table(
        "Titre " * 40, ("à propos",) * 20, columns, wide + long, None, words(language)
    )

    with PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            boxes = [text.get_rect(number) for number in range(text.count_rects())]
            assert min(box[0] for box in boxes) > 13 * mm
            assert max(box[2] for box in boxes) < width - 13 * mm
            assert min(box[1] for box in boxes) > 7 * mm
            assert max(box[3] for box in boxes) < height - 10 * mm


def test_markup_is_text() -> None:
    pdf = render_table("<b>", ("&amp;",), COLUMNS, [("<i>", "%s", "", "")], None, words("fr"))

    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    for part in ("<b>", "&amp;", "<i>", "%s"):
        assert part in text


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_columns_that_need_several_sheets_stand_on_one_each_and_the_first_on_all(
    language: str,
) -> None:
    """A name and thirteen amounts of 13 signs: none is broken, none is lost, none comes twice."""
    columns = [TableColumn("Nom", stays=True)]
    columns += [TableColumn(f"M{number:02d}", is_figure=True) for number in range(13)]
    figures = [f"1\u00a0234\u00a05{number:02d},00" for number in range(13)]
    lines = [StrongRow(["Ventes", *figures]), ("Achats", *figures)]

    pdf = render_table("Résultat", (), columns, lines, ("Total", *figures), words(language))

    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(texts) == 2
    assert all("Ventes" in text and "Achats" in text and "Total" in text for text in texts)
    whole = "".join(texts)
    assert [whole.count(figure.replace("\u00a0", " ")) for figure in figures] == [3] * 13
    assert [whole.count(f"M{number:02d}") for number in range(13)] == [1] * 13
    few = render_table("Résultat", (), columns[:8], [r[:8] for r in lines], None, words(language))
    assert len(PdfReader(io.BytesIO(few)).pages) == 1
