"""Statements of a company's own design: what is refused, what is kept, which accounts it misses."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotAllowedError, NotFoundError, StaleRecordError, UserError
from erp_desktop.server.packs import read_pack
from modules.accounting.selectors import get_statements, list_statements
from modules.accounting.selectors.statement_designs import (
    get_statement_design,
    list_statement_designs,
)
from modules.accounting.statement_designs import (
    Coverage,
    Design,
    DesignLine,
    check_design,
    coverage_of,
    save_statement,
)
from modules.accounting.statement_errors import (
    FormulaCircularError,
    FormulaLineUnknownError,
    FormulaUnreadableError,
    StatementCodeTakenError,
    StatementCodeUnplainError,
    StatementLineIncompleteError,
    StatementLineTwiceError,
    StatementLineUnplainError,
    StatementOfLawError,
    StatementUnnamedError,
)
from tests.accounting.conftest import MARCH, Post, sale
from tests.houses import Ask, SignIn

SALES = DesignLine("A01", "line", "Ventes", "المبيعات", "credit", "70")
GOODS = DesignLine("A02", "line", "Achats", "", "debit", "60")
MARGIN = DesignLine("A03", "sum", "Marge", "", "credit", "#A01 -#A02")
HEAD = DesignLine("H1", "head", "Marge commerciale")
DESIGN = Design("margins", "Marges", lines=(HEAD, SALES, GOODS, MARGIN))


@pytest.fixture
def asker() -> str:
    """Salim keeps the books."""
    return "salim"


def changed(**changes: Any) -> Design:
    """Return the design with another last line."""
    return replace(DESIGN, lines=(*DESIGN.lines[:-1], replace(MARGIN, **changes)))


@pytest.mark.parametrize(
    ("design", "refusal", "words"),
    [
        (changed(first="#A01 41,2"), FormulaUnreadableError, "line A03"),
        (changed(second="x"), FormulaUnreadableError, "line A03"),
        (changed(first="#B9"), FormulaLineUnknownError, "Line A03"),
        (changed(first="#A03"), FormulaCircularError, "Line A03"),
        (changed(code="A01"), StatementLineTwiceError, "A01"),
        (changed(code="A 1"), StatementLineUnplainError, "row 4"),
        (changed(code=""), StatementLineUnplainError, "row 4"),
        (changed(name=" "), StatementLineIncompleteError, "Line A03"),
        (changed(side=""), StatementLineIncompleteError, "Line A03"),
        (changed(kind="head"), StatementLineIncompleteError, "Line A03"),
        (replace(DESIGN, name=""), StatementUnnamedError, "name"),
    ],
)
def test_what_could_not_be_reckoned_names_its_line(
    design: Design, refusal: type[UserError], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        check_design(design)
    check_design(DESIGN)


def test_accounts_on_no_line_or_on_two_are_told() -> None:
    """Only class 6 is spoken of; 60 has accounts beneath it; 62 is on no line, 607 on two."""
    chart = ("60", "601", "607", "62", "70")
    lines = [
        DesignLine("A", "line", "x", side="debit", first="60"),
        DesignLine("B", "line", "x", side="debit", first="607 -601 601"),
    ]

    assert coverage_of(lines, "single", chart) == Coverage(("62",), (("607", ("A", "B")),))
    apart = [replace(lines[0], first="60 62 -607"), replace(lines[1], first="607")]
    assert coverage_of(apart, "single", chart) == Coverage()


def test_an_account_may_stand_on_one_line_for_each_side() -> None:
    lines = [
        DesignLine("A", "line", "x", side="debit", first="D41"),
        DesignLine("B", "line", "x", side="credit", first="C41 wrong,"),
    ]
    # What means nothing yet, while it is typed, is passed over.
    assert coverage_of(lines, "single", ("41", "411", "419")) == Coverage()
    both = [lines[0], replace(lines[1], first="C41")]
    assert coverage_of(both, "single", ("41", "411", "419")) == Coverage()
    allowance = [replace(lines[0], first="41", second="-419 419")]
    assert coverage_of(allowance, "gross", ("411", "419")) == Coverage()


@pytest.mark.parametrize("country", ["DZ", "MA", "TN"])
def test_the_income_statements_of_the_law_miss_nothing(country: str) -> None:
    pack = read_pack(country)
    lines = [
        DesignLine(r["code"], r["kind"], r["name"], "", r["side"], r["first"], r["second"])
        for r in pack["statement_lines"]
        if r["statement"] == "income"
    ]
    columns = next(r["columns"] for r in pack["statements"] if r["code"] == "income")
    chart = [r["code"] for r in pack["accounts"] if len(r["code"]) > 1]

    assert coverage_of(lines, columns, chart) == Coverage()


@pytest.mark.database
def test_a_statement_of_ones_own_is_kept_and_reckoned(ask: Ask, post: Post) -> None:
    """Sold for 100.00 what had cost 70.00: a margin of 30.00."""
    post("till.sale", sale())

    first = ask(save_statement, DESIGN)
    second = ask(save_statement, replace(DESIGN, name="Marges brutes"), version=first)

    sheet = ask(get_statement_design, "margins")
    assert (sheet.design.name, sheet.version, sheet.is_own) == ("Marges brutes", second, True)
    assert sheet.design.lines == DESIGN.lines
    days: Any = {"first_day": MARCH.replace(day=1), "last_day": MARCH.replace(day=31)}
    (shown,) = ask(get_statements, ["margins"], **days).shown
    assert [row.total for row in shown.rows] == [0, 100, 70, Decimal(30)]
    assert "margins" in {each.code for each in ask(list_statements)}
    with pytest.raises(StaleRecordError):
        ask(save_statement, DESIGN, version=first)

    ask(save_statement, replace(DESIGN, is_active=False), version=second)
    assert "margins" not in {each.code for each in ask(list_statements)}
    row = next(each for each in ask(list_statement_designs) if each.code == "margins")
    assert (row.is_own, row.is_active) == (True, False)


@pytest.mark.database
def test_a_statement_of_the_law_is_copied_and_stays(ask: Ask) -> None:
    law = ask(get_statement_design, "income")
    assert not law.is_own
    with pytest.raises(StatementOfLawError):
        ask(save_statement, law.design, version=law.version)

    ask(save_statement, replace(law.design, code="income_own"))

    assert ask(get_statement_design, "income_own").design.lines == law.design.lines
    with pytest.raises(StatementCodeTakenError, match="income_own"):
        ask(save_statement, replace(law.design, code="income_own"))
    with pytest.raises(NotFoundError):
        ask(get_statement_design, "nothing")
    assert ask(get_statement_design).version is None


def keep(ctx: Context) -> None:
    save_statement(ctx, DESIGN)


def unplain(ctx: Context) -> None:
    save_statement(ctx, replace(DESIGN, code="My margins"))


def read(ctx: Context) -> None:
    get_statement_design(ctx, "income")


@pytest.mark.database
@pytest.mark.parametrize(
    ("login", "deed", "refusal"),
    [
        ("nadia", keep, NotAllowedError),
        ("salim", unplain, StatementCodeUnplainError),
        ("amina", read, NotAllowedError),
    ],
)
def test_what_is_not_for_a_user_is_refused(
    signed_in: SignIn, login: str, deed: Any, refusal: type[UserError]
) -> None:
    session = signed_in(login)
    with pytest.raises(refusal), session.database.begin(session.user, "accounting") as ctx:
        deed(ctx)
