"""A whole file checked at once: what would be written, and everything that is wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from erp_desktop.imports.checking import check_table
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from tests.imports.things import KIND, Thing, check, check_text, found

WRONG = (
    "code;ean;nom;prix;stock\n"
    "ABCDEFGHIJK;;Long;10;\n"
    ";;Sans code;10;\n"
    "B;;;10;\n"
    "6,11E+12;;Abîmé;10;\n"
    "D;;Prix;dix;\n"
    "E;;Négatif;-3;\n"
    "F;;Ambigu;1,234;\n"
    "G;;Stock;10;moins\n"
    "H;;Un;10;\n"
    "H;;Deux;10;\n"
    "I;t1;Un;10;\n"
    "J;t2 t1;Deux;10;\n"
    "K;;Trop;10;1;plus\n"
    "L;;nom bien trop long;10;\n"
)


def test_everything_that_is_wrong_is_said_at_once_with_its_cell(tmp_path: Path) -> None:
    plan = check_text(tmp_path, WRONG)

    assert found(plan) == [
        (2, 0, "code_too_long"),
        (3, 0, "code_missing"),
        (4, 2, "name_missing"),
        (5, 0, "code_shortened"),
        (6, 3, "amount_unreadable"),
        (7, 3, "amount_negative"),
        (8, 3, "amount_ambiguous"),
        (9, 4, "quantity_unreadable"),
        (11, 0, "code_repeated"),
        (13, 1, "tag_repeated"),
        (14, -1, "too_many_cells"),
        (15, 2, "text_too_long"),
    ]
    assert [thing.code for thing in plan.drafts] == ["H", "I"]
    assert plan.left_out == {row for row, _place, _code in found(plan)}
    assert (plan.rows_read, plan.mistakes, plan.doubts) == (14, 12, 0)
    assert all("{" not in problem.sentence() for problem in plan.problems)


def test_defaults_say_what_rows_do_not(tmp_path: Path) -> None:
    text = "code;nom;prix\nA;;10\nB;Bien;\nC;Autre;x\n"

    plan = check_text(tmp_path, text, defaults={"price": "1.234"}, name_from_code=True)

    # A default is never to be read in two ways; what is wrong is not made good by it.
    assert plan.drafts == (Thing("A", "A", Decimal(10)), Thing("B", "Bien", Decimal("1.23")))
    assert found(plan) == [(3, -1, "amount_rounded"), (4, 2, "amount_unreadable")]


def test_rows_with_one_code_become_one_thing_if_the_user_wants(tmp_path: Path) -> None:
    text = "code;ean;nom;prix;couleur\nA;1;;x;bleu\nB;3;Trois;2;\nA;2;Un;5;rouge\nA;4;Autre;7;\n"
    columns = ("code", "tag", "name", "price", "extra")

    plan = check_text(tmp_path, text, columns=columns, repeated="merge")

    assert plan.drafts[0] == Thing("A", "Un", Decimal(5), ("1", "2", "4"), {"couleur": "bleu"})
    assert (found(plan), len(plan.drafts), plan.rows_read) == ([], 2, 4)


def test_a_tag_is_the_code_of_what_has_none(tmp_path: Path) -> None:
    plan = check_text(tmp_path, "ean;nom\nt1;Un\nt1;Encore\nt2;Deux\n")

    assert [thing.code for thing in plan.drafts] == ["t1", "t2"]
    assert found(plan) == [(3, 0, "tag_repeated")]


def test_rows_without_code_are_numbered_if_the_user_wants(tmp_path: Path) -> None:
    text = "code;nom\n;Un\nA;Deux\n;Trois\n"

    plan = check_text(tmp_path, text, code_prefix="MED-")
    again = check_text(
        tmp_path,
        text,
        code_prefix="MED-",
        existing="change",
        known=(frozenset({"MED-000002", "A"}), {}),
    )

    assert [thing.code for thing in plan.drafts] == ["MED-000002", "A", "MED-000004"]
    # A number of a row says nothing about what exists: it never changes another thing.
    assert found(again) == [(2, 0, "code_taken")]
    assert [thing.code for thing in again.drafts] == ["A", "MED-000004"]


KNOWN = (frozenset({"A"}), {"t1": "A", "t2": "C"})


def test_what_exists_is_left_out_unless_it_may_be_changed(tmp_path: Path) -> None:
    text = "code;ean;nom\nA;t1;Un\nB;;Deux\n;t2;Trois\nD;t1;Quatre\n"

    refusing = check_text(tmp_path, text.replace("D;t1", "D;t9"), known=KNOWN)
    changing = check_text(tmp_path, text, known=KNOWN, existing="change")

    assert found(refusing) == [(2, 0, "code_taken"), (4, 1, "tag_taken")]
    # The third row has no code of its own: its tag says that it is C.
    assert [thing.code for thing in changing.drafts] == ["A", "B", "C"]
    assert found(changing) == [(5, 1, "tag_repeated"), (5, 1, "tag_taken")]
    assert changing.changes == 1


def test_two_rows_that_turn_out_to_be_one_are_not_both_written(tmp_path: Path) -> None:
    text = "code;ean;nom\nC;;Un\n;t2;Deux\n"

    plan = check_text(tmp_path, text, known=(frozenset({"C"}), {"t2": "C"}), existing="change")

    assert found(plan) == [(3, 0, "code_repeated")]


def test_codes_of_a_spreadsheet_are_digits_again_and_lost_zeros_are_noted(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["code", "nom", "prix"], ["00123", "Un", 1.5], [124, "Deux", 1234.567], [99999, 3]):
        book.active.append(row)
    book.save(tmp_path / "things.xlsx")

    plan = check(tmp_path / "things.xlsx")

    assert [(t.code, t.name, t.price) for t in plan.drafts] == [
        ("00123", "Un", Decimal("1.50")),
        ("124", "Deux", Decimal("1234.57")),
        ("99999", "3", None),
    ]
    assert found(plan) == [(3, 0, "zeros_lost"), (3, 2, "amount_rounded")]


def test_a_code_that_a_spreadsheet_made_a_date_or_cut_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["code", "nom"], [date(2026, 3, 4), "Un"], [12345678901234567890, "Deux"]):
        book.active.append(row)
    book.save(tmp_path / "things.xlsx")

    assert found(check(tmp_path / "things.xlsx")) == [
        (2, 0, "code_dated"),
        (3, 0, "code_shortened"),
    ]


def test_checking_ends_when_the_user_has_enough(tmp_path: Path) -> None:
    class EnoughError(Exception):
        pass

    def stop(_done: int, _total: int, _doing: str) -> None:
        raise EnoughError

    path = tmp_path / "things.csv"
    path.write_text("code\nA\n")
    with pytest.raises(EnoughError):
        check_table(
            read_table(path), ImportOptions(("code",)), KIND, lambda *_: (frozenset(), {}), stop
        )
