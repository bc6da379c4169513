"""Lists on A4: every row on paper, figures in line, nothing in the margins."""

import io
from collections.abc import Sequence

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from erp_desktop.core import owner
from erp_desktop.core.i18n import words
from erp_desktop.documents.pdf import mm
from erp_desktop.documents.table_paper import Carry, StrongRow, TableColumn, render_table

COLUMNS = (
    TableColumn("Code"),
    TableColumn("Nom"),
    TableColumn("Débit", is_figure=True),
    TableColumn("Crédit", is_figure=True),
)


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody signed in: papers name no company, whatever other tests did."""
    monkeypatch.setattr(owner._Owner, "company", {})


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


def sheets_of(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page that are of the table: its head and its foot are none."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    texts = [page.extract_text().splitlines() for page in pages]
    return [[each for each in lines if each[:1] in "CHST"] for lines in texts]


@pytest.mark.parametrize("plain", range(2, 9))
def test_a_sum_is_never_parted_from_its_lines_nor_a_heading_from_its_own(plain: int) -> None:
    lines: list[Sequence[str]] = []
    for group in range(20):
        lines.append(StrongRow(("", f"H{group}", "", "")))
        lines += [("", f"C{group}-{number}", "1,00", "") for number in range(plain)]
        lines.append(StrongRow(("", f"S{group}", "9,00", "")))
    columns = (TableColumn("-"), TableColumn("-"), *COLUMNS[2:])

    pdf = render_table("-", (), columns, lines, ("", "T", "1,00", ""), words("fr"))

    sheets = sheets_of(pdf)
    assert len(sheets) > 1
    assert sum(map(len, sheets)) == len(lines) + 1
    assert all(sheet[0][0] in "HC" and sheet[-1][0] in "CST" for sheet in sheets), sheets


@pytest.mark.parametrize("count", range(148, 154))
def test_the_total_never_stands_on_a_page_alone(count: int) -> None:
    pdf = render_table("-", (), COLUMNS, rows(count), ("T", "", "1,00", ""), words("fr"))

    assert all(any(text[0] == "C" and text[1] == "0" for text in s) for s in sheets_of(pdf))


def test_what_belongs_to_a_row_goes_to_the_next_page_with_it_and_sums_do_too() -> None:
    """Five lines belong to each other; 1.00 each, so what is carried on is how many there were."""
    lines = [(f"C{number:04d}", "", "1,00", "") for number in range(120)]
    carry = Carry(
        lambda _first, end: [("S", "", f"{end},00", "")],
        lambda first: ("T", "", f"{first},00", "") if first % 10 else (),
        feet=1,
        joins=lambda number: number % 5 != 0,
    )

    pdf = render_table("-", (), COLUMNS, lines, None, words("fr"), carry)

    sheets = sheets_of(pdf)
    assert len(sheets) > 2
    done = 0
    for number, sheet in enumerate(sheets):
        told = [text for text in sheet if text[0] == "C" and text[1] == "0"]
        assert int(told[0][1:5]) == done
        assert any(text.startswith("T ") for text in sheet) == (done % 10 != 0)
        done += len(told)
        if number < len(sheets) - 1:
            assert done % 5 == 0
            assert sheet[-1].split() == ["S", f"{done},00"]


def test_titles_of_figures_are_not_broken_where_there_is_room() -> None:
    titles = ("Débit d'ouverture", "Crédit de clôture", "Net")
    columns = [TableColumn("Nom"), *(TableColumn(title, is_figure=True) for title in titles)]

    pdf = render_table("-", (), columns, [("Caisse", "0,00", "0,00", "0,00")], None, words("fr"))

    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(title in text for title in titles)


@pytest.fixture
def house_of_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company that a paper can name."""
    named = {"name": "Nour SARL", "name_ar": "نور", "identifiers": {"NIF": "000016"}}
    monkeypatch.setattr(owner._Owner, "company", named)


@pytest.mark.usefixtures("house_of_two_names")
def test_every_page_names_the_company_and_the_first_its_numbers() -> None:
    pdf = render_table("Balance", (), COLUMNS, rows(100), None, words("fr"))

    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(texts) > 1
    assert all("Nour SARL · Balance" in text for text in texts)
    assert ["NIF\xa0000016" in text.replace("NIF 0", "NIF\xa00") for text in texts] == [
        True,
        *[False] * (len(texts) - 1),
    ]
    assert owner.name(words("ar")) == "نور"


@pytest.mark.parametrize(("count", "pages"), [(56, 1), (57, 2), (116, 2), (117, 3), (202, 5)])
def test_rows_stand_closer_where_that_saves_a_page(count: int, pages: int) -> None:
    pdf = render_table("-", (), COLUMNS, rows(count), ("T", "", "1,00", ""), words("fr"))

    assert len(PdfReader(io.BytesIO(pdf)).pages) == pages


def test_short_texts_are_not_broken_for_the_sake_of_long_ones() -> None:
    columns = [TableColumn(title) for title in ("Compte", "Nom", "Traduction", "Usage")]
    lines = [("44566", "Taxe sur la valeur " * 5, "Value added tax on stock " * 5, "Actif")]

    pdf = render_table("-", (), columns, lines, None, words("fr"))

    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(each in text for each in ("Compte", "44566", "Usage", "Actif"))
