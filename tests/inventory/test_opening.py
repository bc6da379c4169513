"""Opening stock: read from a file, checked line by line, booked once through the gate."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core.commands import Answer, uuid7
from erp_desktop.core.errors import NotAllowedError
from erp_desktop.imports.reading import read_table
from erp_desktop.ui.backend import execute_directly
from modules.catalog.api import ProductRef, products_by_codes
from modules.inventory.errors import OpeningColumnsError
from modules.inventory.opening import OpeningLine, checked, payload, read_lines
from modules.inventory.selectors import OpeningState
from modules.inventory.services import OPEN_STOCK, opening_commands
from tests.houses import ALGIERS, ORAN, House, MakeProduct, SignIn

COFFEE = ProductRef(uuid7(), "CAF-1", "Café", "قهوة", "PCE")
TEA = ProductRef(uuid7(), "THE-1", "Thé", "", "PCE")


def file(folder: Path, text: str) -> Path:
    path = folder / "stock.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_understood_by_its_headings_in_french_and_arabic(tmp_path: Path) -> None:
    french = "Référence;Désignation;Qté;Prix d'achat\nCAF-1;Café;12;70,50\nTHE-1;Thé;1 000;0,5\n"
    arabic = "الباركود,الكمية,سعر الشراء\n6130000000015,١٢,٧٠٫٥\n"

    lines = read_lines(read_table(file(tmp_path, french)))
    others = read_lines(read_table(file(tmp_path, arabic)))

    assert [(line.text, line.quantity, line.unit_cost) for line in [*lines, *others]] == [
        ("CAF-1", Decimal(12), Decimal("70.50")),
        ("THE-1", Decimal(1000), Decimal("0.5")),
        ("6130000000015", Decimal(12), Decimal("70.5")),
    ]


def test_a_file_without_costs_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(OpeningColumnsError):
        read_lines(read_table(file(tmp_path, "code;quantité\nCAF-1;12\n")))


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (OpeningLine("CAF-1", Decimal(12), Decimal(70)), ""),
        (OpeningLine("CAF-1", Decimal(12), Decimal(0)), ""),
        (OpeningLine("NIX", Decimal(12), Decimal(70)), "product"),
        (OpeningLine("CAF-1", None, Decimal(70)), "quantity"),
        (OpeningLine("CAF-1", Decimal(0), Decimal(70)), "quantity"),
        (OpeningLine("CAF-1", Decimal(12), None), "cost"),
        (OpeningLine("CAF-1", Decimal(12), Decimal(-1)), "cost"),
        (OpeningLine("THE-1", Decimal(12), Decimal(70)), "opened"),
    ],
)
def test_every_line_says_what_is_wrong_with_it(line: OpeningLine, wrong: str) -> None:
    (found,) = checked(
        [line], {"CAF-1": COFFEE, "THE-1": TEA}, OpeningState("DZD", frozenset({TEA.id}))
    )

    assert (found.wrong, bool(found.problem())) == (wrong, bool(wrong))


def test_a_long_count_travels_in_several_commands() -> None:
    lines = [OpeningLine("CAF-1", Decimal(1), Decimal(70), COFFEE) for _n in range(4100)]
    lines.append(OpeningLine("NIX", Decimal(1), Decimal(70), None, "product"))

    sizes = [len(command["lines"]) for command in opening_commands(ALGIERS.id, lines)]

    assert sizes == [2000, 2000, 100]


def open_stock(signed_in: SignIn, login: str, given: Any) -> Answer:
    """Book through the gate, as a desk without a journal does."""
    session = signed_in(login)
    with session.database.begin(session.user, "core") as ctx:
        return execute_directly(ctx, OPEN_STOCK, given)


@pytest.mark.database
def test_what_is_booked_stands_in_stock_and_ledger(
    house: House, product: MakeProduct, signed_in: SignIn
) -> None:
    product("CAF-1")
    session = signed_in("karim")
    with session.database.begin(session.user, "catalog") as ctx:
        products = products_by_codes(ctx, ["CAF-1"])
    lines = checked(
        [OpeningLine("CAF-1", Decimal(12), Decimal("70.50"))],
        products,
        OpeningState("DZD", frozenset()),
    )

    answer = open_stock(signed_in, "karim", payload(ALGIERS.id, lines))

    assert (answer.state, answer.result["value"]) == ("applied", "846.00")
    assert answer.result["entry"]
    assert house.value("select on_hand || ' ' || value from inventory.stock") == "12 846.00"
    assert house.value("select sum(debit) from accounting.entry_lines") == 846
    assert house.value("select kind from inventory.movements") == "opening"


@pytest.mark.database
def test_nobody_opens_the_stock_of_another_branch_or_without_the_right(
    house: House, product: MakeProduct, signed_in: SignIn
) -> None:
    line = OpeningLine("", Decimal(1), Decimal(70), ProductRef(product("CAF-1"), "", "", "", ""))

    abroad = open_stock(signed_in, "karim", payload(ORAN.id, [line]))
    unasked = open_stock(signed_in, "amina", payload(ALGIERS.id, [line]))

    assert "core.other_branch" in [flag.code for flag in abroad.flags]
    assert "core.not_permitted" in [flag.code for flag in unasked.flags]
    assert house.value("select count(*) from inventory.movements") == 0
    assert issubclass(NotAllowedError, type(unasked.flags[0].as_error()))
