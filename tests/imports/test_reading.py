"""Files as people have them: encodings, delimiters, what is no table at all."""

from decimal import Decimal
from pathlib import Path

import pytest

from modules.catalog.errors import FileUnreadableError
from modules.catalog.imports.amounts import is_ambiguous, read_amount
from modules.catalog.imports.fields import propose_columns, repeats_codes
from modules.catalog.imports.reading import detect_delimiter, detect_encoding, read_table

DATA = Path(__file__).parent / "data"
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
    assert propose_columns(table) == ("code", "name", "price")


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


@pytest.mark.parametrize(
    "content", [b"", b"  \n \n", b"PK\x03\x04xlsx", b"%PDF-1.7", b"\x1f\x8bgz"]
)
def test_what_is_no_table_says_so(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileUnreadableError, match=r"produits\.csv holds no table"):
        read_table(written(tmp_path, content))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError):
        read_table(tmp_path / "gone.csv")


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'code,name\nA,"two\nlines"\n\n,\nB,b\x00ad\n'))

    assert list(table.rows()) == [(2, ["A", "two\nlines"]), (5, ["B", "bad"])]


def test_a_file_without_headings_loses_no_product(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"6110047033504,Framboises\n6110048033503,Fraise\n"))

    assert (table.headings, len(list(table.rows()))) == (("", ""), 2)


def test_a_column_full_of_barcodes_needs_no_heading(tmp_path: Path) -> None:
    content = (DATA / "maghreb.csv").read_bytes().replace(b"barcode,", b"n1,", 1)

    assert propose_columns(read_table(written(tmp_path, content))) == ("barcode", "", "name")


def test_lines_of_invoices_are_seen_to_repeat_their_codes() -> None:
    invoices, products = read_table(DATA / "invoice-lines.csv"), read_table(DATA / "maghreb.csv")

    assert repeats_codes(invoices, propose_columns(invoices))
    assert not repeats_codes(products, propose_columns(products))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250", "1250"),
        ("1 250,50", "1250.50"),
        ("1\u00a0250,50 DA", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1.250.000", "1250000"),
        ("١٢٥٠٫٥٠", "1250.50"),
        ("119.00 دج", "119.00"),
        ("-5", "-5"),
        ("0", "0"),
        ("12*3", None),
        ("NaN", None),
        ("1e5", None),
        ("Infinity", None),
        ("1.2.3,4,5", None),
        ("gratuit", None),
        ("", None),
        ("-", None),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text: str, amount: str | None) -> None:
    assert read_amount(text) == (None if amount is None else Decimal(amount))


def test_one_thousand_or_one_and_a_bit_is_asked_not_guessed() -> None:
    assert is_ambiguous("1,234", 2)
    assert not is_ambiguous("1,234", 3)
    assert not is_ambiguous("0,234", 2)
    assert not is_ambiguous("1 234", 2)
