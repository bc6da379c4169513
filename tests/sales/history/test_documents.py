"""Lines become papers: what each kind is, what is rejected, and which sale comes back."""

from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.money import DZD
from modules.sales.history.countries import country_code
from modules.sales.history.cover import openings, unit_costs
from modules.sales.history.documents import Document, Kind
from modules.sales.history.history import read_history
from modules.sales.history.lines import Line, Rejected, read_line
from modules.sales.history.masters import masters_of
from modules.sales.history.originals import tie_returns
from modules.sales.history.reading import RawLine
from modules.sales.history.reasons import Reason, sentence_of
from modules.sales.history.report import losses_of
from tests.sales.history.shop import SAMPLE, line, papers

RAW = RawLine(
    1, "536365", "85123a ", " WHITE  HEART ", "6", "2010-12-01 08:26:00", "2.55", "17", "EIRE"
)


def test_a_line_is_cleaned_and_nothing_else() -> None:
    read = read_line(RAW)

    assert isinstance(read, Line)
    assert (read.code, read.name) == ("85123A", "WHITE HEART")
    assert read.value == Decimal("15.30")
    assert read.at.isoformat() == "2010-12-01T08:26:00"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"invoice": " "}, Reason.NO_INVOICE),
        ({"code": ""}, Reason.NO_PRODUCT),
        ({"code": "X" * 41}, Reason.NO_PRODUCT),
        ({"quantity": "six"}, Reason.NO_QUANTITY),
        ({"quantity": "0"}, Reason.NO_QUANTITY),
        ({"price": "NaN"}, Reason.NO_PRICE),
        ({"price": ""}, Reason.NO_PRICE),
        ({"at": "2010-13-01 08:26:00"}, Reason.NO_DATE),
    ],
)
def test_what_nobody_can_read_is_rejected(change: dict[str, Any], reason: Reason) -> None:
    read = read_line(RAW._replace(**change))

    assert isinstance(read, Rejected)
    assert read.reason is reason
    assert sentence_of(reason) != reason


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (line(1, "536365", "6"), Kind.INVOICE),
        (line(1, "536365", "6", "0"), Kind.INVOICE),  # a gift to somebody who is known
        (line(1, "536365", "6", "0", customer=""), Kind.ADJUSTMENT),
        (line(1, "536365", "-6", "0", customer=""), Kind.ADJUSTMENT),
        (line(1, "c536365", "-6"), Kind.CREDIT_NOTE),
        (line(1, "C536365", "-1", "9.58", code="D"), Kind.CREDIT_NOTE),
        (line(1, "A563186", "1", "-11062.06", code="B", customer=""), Kind.BAD_DEBT),
        (line(1, "536365", "1", "18.00", code="POST"), Kind.INVOICE),
    ],
)
def test_a_line_says_what_its_paper_is(given: Line, kind: Kind) -> None:
    (document,), rejected = papers(given)

    assert (document.kind, document.lines, rejected) == (kind, [given], [])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (line(1, "536365", "1", "-2.00"), Reason.PRICE_BELOW_ZERO),
        (line(1, "C536365", "6"), Reason.SOLD_ON_CREDIT_NOTE),
        (line(1, "536365", "-6"), Reason.RETURNED_ON_INVOICE),
        (line(1, "536365", "1", "0", code="POST", customer=""), Reason.NOTHING_TO_BOOK),
        (line(1, "A563186", "1", "0", code="B"), Reason.NOTHING_TO_BOOK),
    ],
)
def test_a_line_that_is_on_no_paper_says_why(given: Line, reason: Reason) -> None:
    documents, (rejected,) = papers(given)

    assert documents == []
    assert (rejected.reason, rejected.value) == (reason, given.value)


def test_a_paper_has_one_customer() -> None:
    mine, unsaid, other = (
        line(1, "5", "1"),
        line(2, "5", "1", customer=""),
        line(3, "5", "1", customer="9"),
    )

    (document,), (rejected,) = papers(mine, unsaid, other)

    assert (document.customer, document.lines) == ("17850", [mine, unsaid])
    assert (rejected.row, rejected.reason) == (3, Reason.OTHER_CUSTOMER)


def test_papers_stand_in_the_order_of_their_days_and_doubled_rows_stay() -> None:
    documents, _rejected = papers(
        line(1, "7", "1", day=3), line(2, "6", "1", day=2), line(3, "7", "1", day=3)
    )

    assert [(document.number, len(document.lines)) for document in documents] == [
        ("6", 1),
        ("7", 2),
    ]


def tied(*lines: Line) -> list[Document]:
    documents, _rejected = papers(*lines)
    return [each for each in tie_returns(documents) if each.kind is Kind.CREDIT_NOTE]


def test_what_comes_back_belongs_to_the_latest_sale_that_fits() -> None:
    (note,) = tied(
        line(1, "1", "6"), line(2, "2", "6"), line(3, "3", "8"), line(4, "C4", "-6", day=2)
    )

    assert (note.original, [back.row for back in note.backs]) == ("2", [2])


@pytest.mark.parametrize(
    "sold",
    [
        line(1, "1", "6", customer="9"),
        line(1, "1", "6", "2.49"),
        line(1, "1", "6", code="22423"),
        line(1, "1", "5"),
        line(1, "1", "6", day=9),
    ],
)
def test_what_does_not_fit_is_tied_to_nothing(sold: Line) -> None:
    (note,) = tied(sold, line(2, "C2", "-6", day=2))

    assert (note.original, [back.row for back in note.backs]) == ("", [0])


def test_somebody_who_walked_in_cannot_be_found_again() -> None:
    (note,) = tied(line(1, "1", "6", customer=""), line(2, "C2", "-6", customer="", day=2))

    assert note.original == ""


def test_never_more_comes_back_than_was_sold() -> None:
    first, second, third = tied(
        line(1, "1", "6"), line(2, "C2", "-4"), line(3, "C3", "-2"), line(4, "C4", "-1")
    )

    assert [note.original for note in (first, second, third)] == ["1", "1", ""]
    assert [str(back.before) for back in (*first.backs, *second.backs)] == ["0", "4"]


def test_a_return_of_several_sales_becomes_several_credit_notes() -> None:
    first, second = tied(line(1, "1", "6"), line(2, "2", "4"), line(3, "C3", "-9"))

    assert [(note.name, note.original, note.rows) for note in (first, second)] == [
        ("C3", "2", 1),
        ("C3/2", "1", 0),
    ]
    assert [note.lines[0].quantity for note in (first, second)] == [-4, -5]


def test_a_credit_note_gives_back_of_each_line_once() -> None:
    notes = tied(line(1, "1", "6"), line(2, "C2", "-2"), line(3, "C2", "-3"))

    assert [(note.original, note.backs[0].row, note.rows) for note in notes] == [("1", 1, 1)] * 2


def test_opening_stock_is_the_least_that_never_falls_below_zero() -> None:
    documents, _rejected = papers(
        line(1, "1", "6", "4.00"),
        line(2, "C2", "-5", "4.00"),
        line(3, "3", "3", "3.10"),
        line(4, "4", "-4", "0", customer=""),
        line(5, "5", "2", "9.00", code="POST"),
        line(6, "6", "1", "0", code="22423", customer="17850"),
    )
    costs = unit_costs(documents, Decimal("0.5"), Decimal(2), DZD)

    covered = openings(documents, costs)

    assert [(each.code, str(each.quantity), str(each.unit_cost)) for each in covered] == [
        ("22423", "1", "0"),
        ("85123A", "8", "3.10"),
    ]


def test_a_product_has_the_name_and_the_last_price_it_was_sold_at() -> None:
    sold = line(1, "1", "6", "4.00")
    documents, _rejected = papers(
        sold,
        sold._replace(row=2, name="OLD HEART"),
        sold._replace(row=3, price=Decimal("4.25")),
        sold._replace(row=4, invoice="2", price=Decimal(0), customer="", name="damaged"),
        sold._replace(row=5, invoice="3", code="99", price=Decimal(0), customer="", name="found"),
    )

    products = masters_of(documents).products

    assert [(each.name, each.price) for each in products.values()] == [
        ("HEART", Decimal("4.25")),
        ("found", 0),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EIRE", "IE"),
        ("RSA", "ZA"),
        ("France", "FR"),
        ("المغرب", "MA"),
        ("Algérie", "DZ"),
        ("Unspecified", ""),
    ],
)
def test_countries_are_known_by_the_names_that_files_use(name: str, code: str) -> None:
    assert country_code(name) == code


def test_booked_and_rejected_rows_are_all_rows() -> None:
    history = read_history(SAMPLE)
    rows = sum(document.rows for document in history.documents)
    value = sum(line.value for document in history.documents for line in document.lines)

    assert rows + len(history.rejected) == history.census.rows == 152
    assert value + sum(each.value for each in history.rejected) == history.census.value
    assert [(loss.reason, loss.rows) for loss in losses_of(history)] == [("nothing_to_book", 2)]
