"""Texts as people have them: encodings, delimiters, headings, titles above them."""

from pathlib import Path

import pytest

from erp_desktop.imports.encodings import detect_delimiter, detect_encoding
from erp_desktop.imports.reading import read_table

FRENCH = "Référence;Désignation;Prix TTC\nCAF-1;CAFÉ PRÊT À BOIRE;119,50\nŒUF;Œufs d’ici;20\n"
ARABIC = "الرمز;اسم المنتج;السعر\nCAF-1;قهوة مطحونة;119,50\nTHE-1;شاي أخضر؛ ممتاز;80\n"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "produits.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (FRENCH, "cp1252"),
        (ARABIC, "utf-8"),
        (ARABIC, "utf-8-sig"),
        (ARABIC, "cp1256"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, text: str, encoding: str) -> None:
    content = text.encode(encoding)

    table = read_table(written(tmp_path, content))

    assert detect_encoding(content) == encoding
    assert table.delimiter == ";"
    assert list(table.headings) == text.splitlines()[0].split(";")
    assert table.sample()[0] == text.splitlines()[1].split(";")


def test_the_user_may_know_better_than_we(tmp_path: Path) -> None:
    path = written(tmp_path, "رمز,اسم\nA,شاي\n".encode("cp1256"))

    table = read_table(path, encoding="cp1252", delimiter=";")

    assert (table.encoding, table.delimiter, len(table.headings)) == ("cp1252", ";", 1)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ";"),
        ('a,b\n"x;y;z",2\n"x;y;z",2\n', ","),
        ("a\tb\n1,0\t2\n3\t4\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('a,b\n"two\nlines",2\n1,2\n', ","),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_evenly(text: str, delimiter: str) -> None:
    assert detect_delimiter(text) == delimiter


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'code,name\nA,"two\nlines"\n\n,\nB,b\x00ad\n'))

    assert list(table.rows()) == [(2, ["A", "two\nlines"]), (5, ["B", "bad"])]


def test_a_file_without_headings_loses_no_product(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"6110047033504,Framboises\n6110048033503,Fraise\n"))

    assert (table.headings, len(list(table.rows()))) == (("", ""), 2)


def test_excel_says_the_delimiter_in_a_line_that_it_does_not_count(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"sep=|\r\ncode|nom\r\nA|Un;deux,trois\r\n"))

    assert (table.delimiter, table.headings) == ("|", ("code", "nom"))
    assert list(table.rows()) == [(2, ["A", "Un;deux,trois"])]


def test_lines_of_old_computers_end_otherwise(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"code;nom\rA;Un\rB;Deux\r"))

    assert table.sample() == [["A", "Un"], ["B", "Deux"]]


TITLED = "SARL Atlas;;;\nTarif du mois;;;\n;;;\nRéf;Désignation;EAN;Prix\nA;Un;;10\nB;Deux;;20\n"


def test_a_title_above_the_headings_is_no_heading(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, TITLED.encode()))

    assert (table.headings_in, table.headings) == (4, ("Réf", "Désignation", "EAN", "Prix"))
    assert [number for number, _cells in table.rows()] == [5, 6]


def test_the_user_may_say_where_the_headings_are(tmp_path: Path) -> None:
    path = written(tmp_path, b"Un;10\nDeux;20\n")

    assert read_table(path).headings == ("Un", "10")
    assert read_table(path, headings_in=0).headings == ("", "")
    assert read_table(path, headings_in=0).slice(2, 5) == [(2, ["Deux", "20"])]
