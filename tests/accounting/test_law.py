"""Dated values of the law: added, ended, never two on a day, never without a trace."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, StaleRecordError, UserError
from modules.accounting import errors, selectors, services
from modules.accounting.services import LawDraft, TaxDraft, TaxRateDraft
from modules.accounting.taxes import Tax, TaxPlan
from tests.houses import Ask, House

pytestmark = pytest.mark.database

NEXT_YEAR = date(2027, 1, 1)
LAST_OF_THIS = NEXT_YEAR - timedelta(days=1)
RATE = TaxRateDraft("TVA19", Decimal("0.20"), NEXT_YEAR, legal_ref="LF 2027 art. 1")
CASH = LawDraft(
    "stamp",
    "cash",
    NEXT_YEAR,
    value={"type": "part", "rate": "0.01"},
    legal_ref="LF 2027 art. 2",
)


@pytest.fixture
def asker() -> str:
    """Salim keeps the books and their rules."""
    return "salim"


def test_a_new_rate_ends_the_one_before_and_each_day_keeps_its_own(ask: Ask) -> None:
    ask(services.save_tax_rate, RATE)

    before = ask(selectors.plans_at, LAST_OF_THIS)["TVA19"]
    after = ask(selectors.plans_at, NEXT_YEAR)["TVA19"]

    assert before == TaxPlan("TVA19", (Tax("TVA19", Decimal("0.19")),))
    assert after == TaxPlan("TVA19", (Tax("TVA19", Decimal("0.2")),))
    kept = [law for law in ask(selectors.list_laws) if law.code == "TVA19"]
    assert [(law.valid_from, law.valid_to) for law in kept] == [
        (NEXT_YEAR, None),
        (date(2017, 1, 1), LAST_OF_THIS),
    ]
    assert kept[0].holds_on(NEXT_YEAR)
    assert not kept[1].holds_on(NEXT_YEAR)


def test_a_new_value_of_the_law_ends_the_one_before(ask: Ask) -> None:
    old = ask(selectors.law_at, "stamp", "cash", LAST_OF_THIS)

    ask(services.save_law_value, uuid7(), CASH)

    assert ask(selectors.law_at, "stamp", "cash", LAST_OF_THIS) == old
    assert ask(selectors.law_at, "stamp", "cash", NEXT_YEAR) == CASH.value
    assert ask(selectors.law_at, "stamp", "cash", date(1999, 1, 1)) is None
    (value,) = [v for v in ask(selectors.laws_at, "stamp", NEXT_YEAR) if v.code == "cash"]
    assert (value.valid_from, value.legal_ref, value.doubt) == (NEXT_YEAR, CASH.legal_ref, "")


def test_a_value_is_ended_and_another_begins_later(ask: Ask) -> None:
    rule = next(r for r in ask(selectors.list_laws) if r.kind == "cash_rounding")
    names = LawDraft.__dataclass_fields__
    draft = LawDraft(**{name: getattr(rule, name) for name in names})
    ended = replace(draft, valid_to=LAST_OF_THIS)

    ask(services.save_law_value, rule.id, ended, version=rule.version)

    assert ask(selectors.law_at, rule.kind, rule.code, NEXT_YEAR) is None
    again = replace(draft, valid_from=NEXT_YEAR + timedelta(days=31), value={"unit": "1"})
    ask(services.save_law_value, uuid7(), again)
    assert ask(selectors.law_at, rule.kind, rule.code, again.valid_from) == {"unit": "1"}


def test_what_was_in_force_is_corrected_with_a_trace(house: House, ask: Ask) -> None:
    old = TaxRateDraft("TVA9", Decimal("0.08"), date(2017, 1, 1), legal_ref="CTCA art. 23")

    version = ask(services.save_tax_rate, old, version=1)

    assert version == 2
    trace = house.value(
        "select jsonb_build_array(login, old ->> 'rate', new ->> 'rate') from core.audit"
        " where relation = 'accounting.tax_rates' and operation = 'UPDATE'"
    )
    assert trace == ["salim", "0.09", "0.08"]


def test_a_tax_on_taxes_is_told_with_its_base(ask: Ask) -> None:
    fodec = TaxDraft("FODEC", "FODEC", kind="excise")
    both = TaxDraft("TVA19F", "TVA 19 % + FODEC", base_taxes=("FODEC",))
    for tax, rate in ((fodec, "0.01"), (both, "0.19")):
        ask(services.save_tax, tax)
        ask(services.save_tax_rate, replace(RATE, tax_code=tax.code, rate=Decimal(rate)))

    plans = ask(selectors.plans_at, NEXT_YEAR)

    assert plans["TVA19F"] == TaxPlan(
        "TVA19F",
        (Tax("FODEC", Decimal("0.01")), Tax("TVA19F", Decimal("0.19"), ("FODEC",))),
    )
    assert "TVA19F" not in ask(selectors.plans_at, LAST_OF_THIS)
    (kept,) = [tax for tax in ask(selectors.list_taxes) if tax.code == "TVA19F"]
    assert (kept.base_taxes, kept.version) == (["FODEC"], 1)
    assert ask(services.save_tax, replace(both, name="TVA 19 %"), version=1) == 2


def new_rate(**changed: Any) -> Callable[[Ask], None]:
    return lambda ask: ask(services.save_tax_rate, replace(RATE, **changed))


def new_value(**changed: Any) -> Callable[[Ask], None]:
    return lambda ask: ask(services.save_law_value, uuid7(), replace(CASH, **changed))


def new_tax(**changed: Any) -> Callable[[Ask], None]:
    return lambda ask: ask(services.save_tax, replace(TaxDraft("T1", "Tax"), **changed))


def from_an_old_screen(ask: Ask) -> None:
    ask(services.save_tax_rate, replace(RATE, valid_from=date(2017, 1, 1)), version=7)


def of_another_screen(ask: Ask) -> None:
    ask(services.save_law_value, uuid7(), CASH, version=1)


def a_tax_from_an_old_screen(ask: Ask) -> None:
    ask(services.save_tax, TaxDraft("TVA19", "TVA"), version=7)


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (new_rate(valid_from=date(2016, 6, 1), valid_to=date(2018, 1, 1)), "ValidityOverlaps"),
        (new_rate(tax_code="TVA17", valid_from=date(2010, 1, 1)), "ValidityOverlaps"),
        (new_rate(valid_from=date(2016, 1, 1)), "ValidityOverlaps"),
        (new_rate(valid_from=date(2017, 1, 1)), "ValueBeginsTwice"),
        (new_rate(valid_to=LAST_OF_THIS), "ValueEndsTooEarly"),
        (new_rate(rate=Decimal(1)), "RateImpossible"),
        (new_rate(rate=Decimal("-0.01")), "RateImpossible"),
        (new_rate(tax_code="NONE"), "TaxUnknown"),
        (new_rate(legal_ref=" "), "SourceMissing"),
        (new_value(legal_ref=""), "SourceMissing"),
        (new_value(valid_from=date(2025, 1, 1)), "ValueBeginsTwice"),
        (new_value(valid_from=date(2024, 1, 1)), "ValidityOverlaps"),
        (new_value(valid_to=LAST_OF_THIS), "ValueEndsTooEarly"),
        (new_value(code="no code"), "LawCodeUnplain"),
        (new_tax(code="tva"), "TaxCodeUnplain"),
        (new_tax(code="TVA19"), "TaxCodeTaken"),
        (new_tax(base_taxes=("NONE",)), "BaseTaxesUnclear"),
        (new_tax(base_taxes=("T1",)), "BaseTaxesUnclear"),
    ],
)
def test_what_the_law_cannot_say_is_refused(
    ask: Ask, deed: Callable[[Ask], None], refusal: str
) -> None:
    with pytest.raises(getattr(errors, f"{refusal}Error")):
        deed(ask)


@pytest.mark.parametrize("deed", [from_an_old_screen, of_another_screen, a_tax_from_an_old_screen])
def test_who_looks_at_an_old_screen_changes_nothing(ask: Ask, deed: Callable[[Ask], None]) -> None:
    with pytest.raises(StaleRecordError):
        deed(ask)


BRACKETS = {"type": "brackets", "slice": "100", "free_up_to": "0", "minimum": "0"}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("stamp", {}),
        ("stamp", {"type": "part", "rate": 0.01}),
        ("stamp", {"type": "part", "rate": "1"}),
        ("stamp", {"type": "amount"}),
        ("stamp", {**BRACKETS, "brackets": []}),
        ("stamp", {**BRACKETS, "brackets": [{"up_to": "10", "per_slice": "1"}]}),
        ("stamp", {**BRACKETS, "slice": "0", "brackets": [{"per_slice": "1"}]}),
        (
            "stamp",
            {
                **BRACKETS,
                "brackets": [
                    {"up_to": "10", "per_slice": "1"},
                    {"up_to": "5", "per_slice": "1"},
                    {"per_slice": "1"},
                ],
            },
        ),
        ("cash_rounding", {"unit": "0"}),
        ("denominations", {"notes": ["2000"]}),
        ("denominations", {"notes": ["zwei"], "coins": []}),
        ("identifier", {"name": "NIF", "pattern": "["}),
        ("mention", {"fr": "x"}),
        ("holiday", {"name": "x", "on": "1 May"}),
    ],
    ids=str,
)
def test_a_value_that_no_till_could_read_is_refused(
    ask: Ask, kind: str, value: dict[str, Any]
) -> None:
    with pytest.raises(errors.LawUnreadableError):
        ask(services.save_law_value, uuid7(), replace(CASH, kind=kind, code="new", value=value))


def test_a_tax_must_stand_behind_those_of_its_own_base(ask: Ask) -> None:
    ask(services.save_tax, TaxDraft("A1", "A"))
    ask(services.save_tax, TaxDraft("B1", "B", base_taxes=("A1",)))

    with pytest.raises(errors.BaseTaxesUnclearError):
        ask(services.save_tax, TaxDraft("C1", "C", base_taxes=("B1", "A1")))
    with pytest.raises(errors.BaseTaxesUnclearError):
        ask(services.save_tax, TaxDraft("A1", "A", base_taxes=("B1",)), version=1)
    ask(services.save_tax, TaxDraft("C1", "C", base_taxes=("A1", "B1")))


@pytest.mark.parametrize(
    "deed",
    [
        lambda ask: ask(services.save_tax_rate, RATE, as_user="nadia"),
        lambda ask: ask(services.save_law_value, uuid7(), CASH, as_user="nadia"),
        lambda ask: ask(services.save_tax, TaxDraft("T1", "Tax"), as_user="nadia"),
        lambda ask: ask(selectors.list_laws, as_user="amina"),
        lambda ask: ask(selectors.list_taxes, as_user="amina"),
    ],
)
def test_only_who_may_looks_at_the_law_or_edits_it(ask: Ask, deed: Callable[[Ask], None]) -> None:
    with pytest.raises(NotAllowedError):
        deed(ask)


def test_postgresql_refuses_without_the_program(house: House) -> None:
    with house.connect("nadia") as manager, manager.transaction():
        manager.execute("set local role accounting_app")
        with pytest.raises(psycopg.DatabaseError, match="not_permitted"):
            manager.execute("select accounting.save_law_value_v1('{}')")


def insert_rate(house: House, barrier: Barrier, level: str, day: str) -> str:
    """Insert a rate of one tax while others do; say what came of it."""
    with house.connect() as connection:
        try:
            with connection.transaction():
                connection.execute(f"set transaction isolation level {level}")
                connection.execute("select count(*) from accounting.tax_rates")
                barrier.wait()
                connection.execute(
                    "insert into accounting.tax_rates (tax_code, valid_from, rate, legal_ref)"
                    " values ('TVA17', %s, 0.17, 'x')",
                    [day],
                )
        except psycopg.DatabaseError as problem:
            return str(problem.sqlstate)
    return "kept"


@pytest.mark.parametrize("level", ["read committed", "serializable", "repeatable read"])
def test_of_two_values_written_at_once_at_most_one_is_kept(house: House, level: str) -> None:
    barrier = Barrier(2)
    days = ("2030-01-01", "2031-01-01")

    with ThreadPoolExecutor(2) as writers:
        came = sorted(writers.map(lambda day: insert_rate(house, barrier, level, day), days))

    overlapping = house.value(
        "select count(*) from accounting.tax_rates a join accounting.tax_rates b"
        " on b.tax_code = a.tax_code and b.valid_from > a.valid_from"
        " and (a.valid_to is null or a.valid_to >= b.valid_from)"
    )
    assert overlapping == 0
    assert came.count("kept") == (0 if level == "repeatable read" else 1)


def test_each_refusal_of_the_law_names_its_cure() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    refusals = [kind for kind in kinds if issubclass(kind, UserError) and kind is not UserError]

    assert all(kind.message.count(".") >= 1 for kind in refusals)
