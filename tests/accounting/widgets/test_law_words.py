"""What a rule of the country says, in words; and its form, told without a widget."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import speaking
from erp_desktop.ui.filters import Query
from modules.accounting.selectors import LawRow, TaxRow, list_laws, list_taxes
from modules.accounting.services import (
    LawDraft,
    TaxDraft,
    TaxRateDraft,
    save_law_value,
    save_tax,
    save_tax_rate,
)
from modules.accounting.widgets.law_form import LawFormPresenter, RuleDraft
from modules.accounting.widgets.law_list import chosen, key_of
from modules.accounting.widgets.law_words import value_words
from modules.accounting.widgets.tax_form import TaxFormPresenter
from tests.fakes import FakeBackend, FakeView

TODAY = date(2026, 11, 21)
SOURCE = "CTCA art. 21"
BRACKETS = {
    "type": "brackets",
    "slice": "100",
    "free_up_to": "300",
    "minimum": "5",
    "brackets": [{"up_to": "30000", "per_slice": "1"}, {"per_slice": "1.5"}],
}


def rule(kind: str, code: str, value: dict[str, Any], **more: Any) -> LawRow:
    """Return a rule of the list that began in 2017."""
    values = {
        "valid_from": date(2017, 1, 1),
        "valid_to": None,
        "id": None if kind == "tax" else UUID(int=5),
        "version": 3,
        "name": code if kind == "tax" else "",
        "name_ar": "",
        "legal_ref": SOURCE,
        "doubt": "",
    }
    return LawRow(kind, code, value=value, **{**values, **more})


VAT = rule("tax", "TVA19", {"rate": "0.19", "base_taxes": [], "article": ""})
OLD = rule("tax", "TVA17", {"rate": "0.17"}, valid_to=date(2018, 1, 1), doubt="start date")
STAMP = rule("stamp", "cash", BRACKETS, doubt="by slices?")
RULES = [STAMP, OLD, VAT]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("tax", {"rate": "0.19"}, "19 %"),
        ("tax", {"rate": "0.0725", "base_taxes": ["FODEC"]}, "7.25 % of the price with FODEC"),
        ("stamp", {"type": "amount", "amount": "1.000"}, "1 for each document"),
        ("stamp", {"type": "part", "rate": "0.0025"}, "0.25 % of what is paid in cash"),
        (
            "stamp",
            BRACKETS,
            "for each 100: 1 up to 30,000 · 1.5 above; at least 5, free up to 300",
        ),
        ("cash_rounding", {"unit": "0.050"}, "to the nearest 0.05"),
        ("denominations", {"notes": ["2000"], "coins": ["5", "1"]}, "notes 2,000; coins 5 · 1"),
        ("identifier", {"name": "NIF", "name_ar": "ر.ت.ج"}, "NIF"),
        ("mention", {"fr": "Exonéré", "ar": "معفى"}, "Exonéré"),
        ("holiday", {"on": "05-01", "name": "Labour day"}, "01/05 · Labour day"),
        (
            "holiday",
            {"on": "2026-03-20", "name": "Aïd", "provisional": True},
            "20/03/2026 · Aïd (depends on the moon)",
        ),
        ("payment_delay", {"days": 60}, "Days: 60"),
        ("tax_point", {"due": "payment"}, "with the payment"),
        ("tax_point", {"due": "invoice"}, "with the invoice"),
        ("cheque_issue", {"debit": "written"}, "the bank falls when they are written"),
        ("cheque_issue", {"debit": "paid"}, "the bank falls when it pays"),
    ],
)
def test_a_value_is_said_in_one_line(kind: str, value: dict[str, Any], words: str) -> None:
    assert value_words(kind, value).replace("\u00a0", " ") == words


def test_a_value_is_said_in_the_readers_language() -> None:
    with speaking("ar"):
        assert value_words("mention", {"fr": "Exonéré", "ar": "معفى"}) == "معفى"
        assert value_words("identifier", {"name": "NIF", "name_ar": "ر.ت.ج"}) == "ر.ت.ج"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), [OLD, VAT, STAMP]),
        (Query(chips=frozenset({"current"})), [VAT, STAMP]),
        (Query(chips=frozenset({"doubtful"})), [OLD, STAMP]),
        (Query("stamp duty"), [STAMP]),
        (Query("19 ctca"), [VAT]),
        (Query("30,000"), [STAMP]),
        (Query("nothing"), []),
    ],
)
def test_rules_are_found_by_their_words_and_by_their_doubt(
    query: Query, found: list[LawRow]
) -> None:
    assert chosen(RULES, query, TODAY) == found


def run(view: FakeView, backend: FakeBackend, *steps: Any) -> Any:
    """Let the presenter of a rule's form do one thing after the other; return the last answer."""
    presenter = LawFormPresenter(view, backend)  # type: ignore[arg-type]

    async def story() -> Any:
        answer: Any = None
        for verb, argument in steps:
            answer = await getattr(presenter, verb)(argument)
        return answer

    return asyncio.run(story())


def test_a_kept_rule_is_corrected_under_the_version_that_was_seen() -> None:
    view, backend = FakeView(), FakeBackend({list_laws: RULES, save_law_value: 4})
    draft = RuleDraft.of(STAMP)

    said = run(view, backend, ("show", key_of(STAMP)), ("save", draft))

    assert said == "cash is saved, valid from 01/01/2017."
    ((value_id, kept), options) = backend.asked(save_law_value)[0]
    assert (value_id, options) == (STAMP.id, {"version": 3})
    assert kept == LawDraft("stamp", "cash", STAMP.valid_from, None, BRACKETS, SOURCE, "by slices?")
    assert view.shown[-1] == ("show_rule", (draft, STAMP, f"accounting.law_value/{key_of(STAMP)}"))


def test_the_next_value_of_a_rule_begins_without_day_and_doubt() -> None:
    view, backend = FakeView(), FakeBackend({list_laws: RULES, save_tax_rate: 1})

    run(view, backend, ("show", f"new/{key_of(OLD)}"))
    shown, is_kept, _key = view.shown[-1][1]
    assert (shown.value, shown.valid_from, shown.doubt, is_kept) == (OLD.value, None, "", None)
    day = date(2027, 1, 1)
    typed = RuleDraft("tax", "TVA17", day, None, {"rate": "0.2"}, "LF 2027")
    with pytest.raises(NotFoundError):  # the list, being a fake, does not know the new value
        run(view, backend, ("show", f"new/{key_of(OLD)}"), ("save", typed))

    ((kept,), options) = backend.asked(save_tax_rate)[0]
    assert isinstance(kept, TaxRateDraft)
    assert (str(kept.rate), kept.valid_from, options) == ("0.2", day, {"version": None})


def test_a_rule_that_is_gone_says_so() -> None:
    with pytest.raises(NotFoundError):
        run(FakeView(), FakeBackend({list_laws: RULES}), ("show", "tax/NONE/2017-01-01"))


def test_a_tax_is_shown_saved_and_asked_for_its_rate() -> None:
    kept = TaxRow("TVA19", 2, "TVA 19 %", "", "vat", ["FODEC"], "", is_active=True)
    backend = FakeBackend({list_taxes: [kept], save_tax: 3})
    draft = TaxDraft("TVA19", "TVA 19 %", base_taxes=("FODEC",))

    def saved(code: str, typed: TaxDraft) -> tuple[Any, str]:
        view = FakeView()
        presenter = TaxFormPresenter(view, backend)  # type: ignore[arg-type]
        asyncio.run(presenter.show(code))
        was_shown = view.tax
        return was_shown, asyncio.run(presenter.save(typed))

    assert saved("TVA19", draft) == (draft, "TVA19 is saved.")
    fresh = saved("", TaxDraft("T1", "T"))

    assert fresh == (TaxDraft(), "T1 is saved. Now give it a rate from a day on.")
    assert [options for _args, options in backend.asked(save_tax)] == [
        {"version": 2},
        {"version": None},
    ]
