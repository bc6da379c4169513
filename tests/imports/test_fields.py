"""Which columns seem to hold what: by their headings in three languages, or by their values."""

from pathlib import Path

import pytest

from erp_desktop.core.gs1 import is_ean
from erp_desktop.core.i18n import speaking
from erp_desktop.imports import headings
from erp_desktop.imports.fields import EXTRA, ImportField, propose_columns, repeats_codes
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.remembering import packed, signature, unpacked
from erp_desktop.imports.rows import ImportOptions

FIELDS = (
    ImportField("code", "Code", headings.CODE),
    ImportField("barcode", "Barcode", headings.BARCODE, recognise=is_ean, repeats=True),
    ImportField("name", "Name", "nom · désignation · الاسم"),
    ImportField(EXTRA, "Extra", repeats=True),
)


def proposed(folder: Path, text: str) -> tuple[str, ...]:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return propose_columns(read_table(path), FIELDS)


@pytest.mark.parametrize(
    ("top", "columns"),
    [
        ("Référence;Désignation;Code-barres", ("code", "name", "barcode")),
        ("RÉF.;designation ;code_barres", ("code", "name", "barcode")),
        ("الرمز;الإسم;الباركود", ("code", "name", "barcode")),
        ("code;code;EAN;UPC", ("code", "", "barcode", "barcode")),
        ("n1;n2;couleur", ("", "", "")),
        ("code;Remarques;ملاحظات", ("code", "", "")),
    ],
)
def test_headings_are_known_in_three_languages(
    tmp_path: Path, top: str, columns: tuple[str, ...]
) -> None:
    assert proposed(tmp_path, f"{top}\nA;B;C;D\n") == columns


def test_a_column_full_of_barcodes_needs_no_heading(tmp_path: Path) -> None:
    rows = "6110214007000,Un,A\n6111005054081,Deux,B\n6110047033504,Trois,C\n"

    assert proposed(tmp_path, f"n1,nom,n2\n{rows}") == ("barcode", "name", "")


def test_lines_of_invoices_are_seen_to_repeat_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text("facture;code\n" + "".join(f"F{n};P{n % 7}\n" for n in range(40)))
    invoices = read_table(path)

    assert repeats_codes(invoices, ("", "code"))
    assert not repeats_codes(invoices, ("code", ""))
    assert not repeats_codes(invoices, ("", ""))


def test_a_field_named_by_data_is_named_in_both_languages() -> None:
    field = ImportField("identifier.NIF", "NIF", title_ar="ر.ت.ج")

    with speaking("ar"):
        assert field.named() == "ر.ت.ج"
    with speaking("fr"):
        assert field.named() == "NIF"


def test_what_was_decided_comes_back_for_files_with_the_same_headings(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("Réf;Truc\nA;B\n", encoding="utf-8")
    first = read_table(path)
    path.write_text("REF.;truc;Remarques\nA;B;C\n", encoding="utf-8")
    corrected = read_table(path)
    path.write_text("Réf;Machin\nA;B\n", encoding="utf-8")
    other = read_table(path)
    decided = ImportOptions(
        ("code", "name"), {"price": "12.50"}, "change", "merge", code_prefix="M"
    )

    kept = packed(decided)
    again = unpacked(kept, ImportOptions(("code", "", "")), FIELDS)

    assert signature("x", first) == signature("x", corrected) != signature("x", other)
    assert signature("x", first) != signature("y", first)
    assert signature("x", read_table(path, headings_in=0)) == ""
    assert again.columns == ("code", "name", "")
    assert (again.existing, again.repeated, again.code_prefix) == ("change", "merge", "M")


def test_what_means_nothing_any_more_is_forgotten() -> None:
    kept = {"columns": ["gone", "name"], "defaults": {"gone": "1", "name": 3}, "existing": "?"}

    again = unpacked(kept, ImportOptions(("", ""), {"code": "A"}), FIELDS)

    assert again == ImportOptions(("", "name"), {"code": "A", "name": "3"})
