"""Formulas of financial statements, and that those of each country catch every account once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.server.packs import read_pack
from modules.accounting.statement_errors import (
    FormulaCircularError,
    FormulaLineUnknownError,
    FormulaUnreadableError,
)
from modules.accounting.statements import (
    Figures,
    FormulaLine,
    accounts_of,
    parse,
    reckon_lines,
)

COUNTRIES = ("DZ", "MA", "TN")
PACKS = {country: read_pack(country) for country in COUNTRIES}


def lines_of(country: str, statement: str) -> list[FormulaLine]:
    rows = PACKS[country]["statement_lines"]
    return [
        FormulaLine(row["code"], row["side"], row["first"], row["second"])
        for row in rows
        if row["statement"] == statement
    ]


def last_of(country: str, statement: str, balances: dict[str, Decimal]) -> Figures:
    lines = lines_of(country, statement)
    return reckon_lines(lines, balances)[lines[-1].code]


def codes_of(country: str) -> list[str]:
    """All accounts and groups of a chart, without the classes."""
    return [row["code"] for row in PACKS[country]["accounts"] if len(row["code"]) > 1]


def test_words_name_accounts_by_their_beginning_and_by_their_side() -> None:
    balances = {"411": Decimal(70), "4191": Decimal(-20), "401": Decimal(-5), "700": Decimal(-45)}
    lines = [
        FormulaLine("A", "debit", "D41 C40", "-491"),
        FormulaLine("B", "credit", "C41 -C40"),
        FormulaLine("C", "credit", "7"),
        FormulaLine("S", "credit", "#B #C -#A"),
    ]

    figures = reckon_lines(lines, balances)

    assert {code: each.first for code, each in figures.items()} == {
        "A": Decimal(65),
        "B": Decimal(15),
        "C": Decimal(45),
        "S": Decimal(-5),
    }
    assert accounts_of(lines[0], balances) == {
        "401": Figures(Decimal(-5)),
        "411": Figures(Decimal(70)),
    }


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ("41 X12", FormulaUnreadableError),
        ("41,42", FormulaUnreadableError),
        ("#B", FormulaLineUnknownError),
        ("#A", FormulaCircularError),
    ],
)
def test_what_a_formula_cannot_say_names_its_line(formula: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"[lL]ine A"):
        reckon_lines([FormulaLine("A", "debit", formula)], {})


@given(st.lists(st.from_regex(r"[-+]?(#[A-Z][0-9]{1,2}|[DC]?[0-9]{1,6})", fullmatch=True)))
def test_every_formula_that_can_be_written_can_be_read(words: list[str]) -> None:
    assert len(parse(" ".join(words))) == len(words)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_account_stands_in_the_balance_sheet_once(country: str) -> None:
    for code in codes_of(country):
        for balance in (Decimal(1), Decimal(-1)):
            assets = last_of(country, "assets", {code: balance})
            net = assets.first - assets.second
            owed = last_of(country, "liabilities", {code: balance}).first
            assert net - owed == balance, code


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_charge_and_income_stands_in_the_result_once(country: str) -> None:
    for code in codes_of(country):
        result = last_of(country, "income", {code: Decimal(-1)})
        wanted = 1 if code[0] in "67" else 0
        assert result.first + result.second == wanted, code
        if country == "MA":
            lines = lines_of("MA", "esg")
            assert reckon_lines(lines, {code: Decimal(-1)})["E19"].first == wanted, code


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_flow_ends_in_cash(country: str) -> None:
    for code in codes_of(country):
        figures = reckon_lines(lines_of(country, "cash_flow"), {code: Decimal(1)})
        is_cash = code[0] == "5" and not code.startswith("59")
        assert figures["F11"].first == (1 if is_cash else 0), code
        assert figures["F10"].first == (0 if is_cash or code[0] in "890" else -1), code


@given(
    st.dictionaries(
        st.sampled_from(codes_of("DZ")),
        st.integers(-10_000, 10_000).map(lambda cents: Decimal(cents).scaleb(-2)),
    )
)
def test_a_ledger_that_balances_makes_a_balance_sheet_that_does(
    balances: dict[str, Decimal],
) -> None:
    balances["110"] = balances.get("110", Decimal(0)) - sum(balances.values(), Decimal(0))

    assets = last_of("DZ", "assets", balances)

    assert assets.first - assets.second == last_of("DZ", "liabilities", balances).first


@pytest.mark.parametrize(
    ("code", "line", "is_earlier"),
    [
        ("7111", "R01", False),
        ("7118", "R01", True),
        ("6118", "R09", True),
        ("6588", "R31", True),
        ("6701", "R34", False),
        ("6708", "R34", True),
    ],
)
def test_the_cpc_of_morocco_keeps_earlier_years_apart(
    code: str, line: str, *, is_earlier: bool
) -> None:
    """Operations of the year, of earlier years, and both: the columns of table 02 of the CGNC."""
    owed = Decimal(100) if code[0] == "6" else Decimal(-100)
    figures = reckon_lines(lines_of("MA", "income"), {code: owed})[line]

    assert [int(figures.first), int(figures.second)] == ([0, 100] if is_earlier else [100, 0])
    (about,) = (row for row in PACKS["MA"]["statements"] if row["code"] == "income")
    assert about["columns"] == "prior"
