"""Rates, settling and revaluation in Algeria, worked out by hand.

An invoice of 1,000.00 EUR at 140.00 on 10 February stands at 140,000.00 DZD. The customer pays

    400.00 EUR on 20 March at 145.00 = 58,000.00; of the invoice that is 56,000.00: gain 2,000.00
    600.00 EUR on 10 April at 138.00 = 82,800.00; of the invoice that is 84,000.00: loss 1,200.00

At the end of February 1 EUR is 142.00: the invoice is worth 142,000.00, 2,000.00 more. At the end
of March it is 144.00: the 600.00 EUR that are open are worth 86,400.00, 2,400.00 more than
84,000.00; the bank holds 400.00 EUR, 58,000.00 in the books and worth 57,600.00: 400.00 less,
which stays. Documents are taken back on the next day.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from erp_desktop.core.errors import UserError
from modules.accounting.api import rate_at
from modules.accounting.currencies import RateDraft, import_rates, remove_rate, save_rates
from modules.accounting.selectors.currencies import get_revaluation, list_open_currency, list_rates
from tests.accounting.books import code_of, invariants
from tests.accounting.currencies.exchange import Exchange, exchange
from tests.accounting.matching.matchbook import true_to_lines
from tests.houses import YEAR, Ask, House

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant asks."""
    return "salim"


@pytest.fixture
def desk_of(house: House) -> Iterator[Exchange]:
    """Salim's books."""
    with exchange(house) as opened:
        yield opened


def test_an_invoice_in_euros_is_settled_in_two_parts(desk_of: Exchange, ask: Ask) -> None:
    for day, rate in (("02-28", "142"), ("03-31", "144"), ("04-30", "137")):
        desk_of.rate(day, rate)
    invoice = desk_of.post("02-10", "411", "1000", "140", against="706")

    assert desk_of.revalue("02-28").state == "applied"

    (entry, back, money), *_none = desk_of.runs()
    assert desk_of.lines(entry) == ["411 +2000.00", "766 -2000.00"]
    assert desk_of.lines(back) == ["411 -2000.00", "766 +2000.00"]
    assert money is None
    assert [desk_of.balance("411", day) for day in ("02-28", "03-01")] == [142000, 140000]
    first = desk_of.post("03-20", "411", "-400", "145", against="5124")
    answer = desk_of.settle(invoice, first)
    assert answer.result["difference"] == "2000.00"
    assert desk_of.lines(answer.result["entries"][0]) == ["411 +2000.00", "766 -2000.00"]
    assert desk_of.open() == [("600", "84000")]
    assert desk_of.revalue("03-31").state == "applied"
    shown = ask(get_revaluation, date(YEAR, 3, 31))
    assert [(r.number != "", r.amount, r.value, r.difference) for r in shown.rows] == [
        (True, 600, 84000, 2400), (False, 400, 58000, -400),
    ]  # fmt: skip
    assert [place[0] for place in shown.posted] == ["ALG"]
    entry, back, money = desk_of.runs()[1]
    assert desk_of.lines(entry) == ["411 +2400.00", "766 -2400.00"]
    assert desk_of.lines(money) == ["5124 -400.00", "666 +400.00"]
    second = desk_of.post("04-10", "411", "-600", "138", against="5124")
    last = desk_of.settle(second, invoice, label="Écart de change")
    assert (last.result["difference"], last.result["letter"].isupper()) == ("-1200.00", True)
    assert desk_of.lines(last.result["entries"][0]) == ["411 -1200.00", "666 +1200.00"]
    assert desk_of.open() == []
    assert desk_of.balance("411") == 0
    assert desk_of.balance("766", "04-30") + desk_of.balance("666", "04-30") == -400
    assert ask(list_open_currency) == []
    true_to_lines(desk_of.house)
    invariants(desk_of.house)


def test_a_month_is_revalued_again_and_taken_back(desk_of: Exchange) -> None:
    assert code_of(desk_of.revalue("02-15")) == "accounting.revaluation_month_end"
    assert code_of(desk_of.revalue("02-28")) == "accounting.revaluation_nothing"
    desk_of.post("02-10", "401", "-1000", "140", against="607")
    assert code_of(desk_of.revalue("02-28")) == "accounting.rate_missing"
    desk_of.rate("02-27", "141")
    desk_of.revalue("02-28")
    assert desk_of.lines(desk_of.runs()[0][0]) == ["401 -1000.00", "666 +1000.00"]
    desk_of.rate("02-28", "143")

    assert desk_of.revalue("02-28").result["undone"] == 1

    assert desk_of.lines(desk_of.runs()[0][0]) == ["401 -3000.00", "666 +3000.00"]
    assert [desk_of.balance("401", day) for day in ("02-28", "03-01")] == [-143000, -140000]
    desk_of.revalue("03-31")
    assert code_of(desk_of.revalue("02-28")) == "accounting.revaluation_later"
    assert code_of(desk_of.undo("02-28")) == "accounting.revaluation_later"
    assert desk_of.undo("03-31").state == "applied"
    desk_of.books.close(2)
    assert code_of(desk_of.revalue("02-28")) == "accounting.period_closed"
    assert code_of(desk_of.undo("02-28")) == "accounting.period_closed"
    assert [desk_of.balance("666", day) for day in ("02-28", "03-31")] == [3000, 0]
    assert desk_of.open() == [("-1000", "-140000")]
    true_to_lines(desk_of.house)
    invariants(desk_of.house)


def test_settling_is_taken_back_with_its_gain(desk_of: Exchange) -> None:
    invoice = desk_of.post("03-01", "411", "100", "140", against="706")
    dollars = desk_of.post("03-01", "411", "100", "130", against="706", currency="USD")
    payment = desk_of.post("03-05", "411", "-100", "141.5", against="5124")
    # Matched on the page of matching, lines in one currency are settled in it.
    asked = [{"entry_id": str(e), "line_no": n} for e, n in (invoice, payment)]
    desk_of.books.send("accounting.match_v1", {"lines": asked})
    assert desk_of.balance("766") == -150

    back = desk_of.books.send("accounting.unmatch_v1", asked[0])

    assert (back.state, len(desk_of.open())) == ("applied", 3)
    assert desk_of.balance("766") == 0
    desk_of.settle(invoice, payment)
    assert desk_of.books.reverse(payment[0]).state == "applied"
    assert desk_of.balance("766") == 0
    assert ("100", "14000") in desk_of.open()
    assert code_of(desk_of.settle(invoice, dollars)) == "accounting.settle_mixed"
    assert code_of(desk_of.settle(invoice, invoice)) == "accounting.settle_mixed"
    assert code_of(desk_of.settle(invoice)) == "accounting.match_one_sided"
    again = desk_of.post("03-06", "411", "-40", "150", against="5124")
    for amount in ("40.01", "0", "-1", "0.001"):
        refused = desk_of.settle(invoice, again, amounts={again: amount})
        assert code_of(refused) == "accounting.settle_too_much", amount
    part = desk_of.settle(invoice, again, amounts={invoice: "25"})
    assert part.result["difference"] == "250.00"
    # The partner who proposes automatic matches leaves currencies alone.
    found = desk_of.books.send("accounting.match_all_v1", {"ways": ["oldest"], "account": "41"})
    assert found.result["matched"] == 0
    true_to_lines(desk_of.house)
    invariants(desk_of.house)


def test_rates_are_kept_by_day(ask: Ask, desk_of: Exchange) -> None:
    def rate(day: int, value: str, currency: str = "EUR") -> RateDraft:
        return RateDraft(currency, date(YEAR, 3, day), Decimal(value), "BA")

    def refused(*drafts: RateDraft, **more: bool) -> str:
        with pytest.raises(UserError) as told:
            ask(save_rates, drafts, **more)
        return told.value.code

    assert ask(save_rates, [rate(1, "140"), rate(2, "141")]) == {"created": 2, "changed": 0}
    assert refused(rate(3, "14.1")) == "accounting.rate_jumps"
    assert refused(rate(4, "141"), rate(5, "1410")) == "accounting.rate_jumps"
    assert ask(save_rates, [rate(3, "150")], is_confirmed=True) == {"created": 1, "changed": 0}
    assert ask(save_rates, [rate(3, "143")]) == {"created": 0, "changed": 1}
    assert refused(rate(4, "1", "DZD")) == "accounting.rate_own_currency"
    assert refused(rate(4, "1", "EURO")) == "accounting.rate_currency"
    assert refused(rate(4, "0")) == "accounting.rate_impossible_value"
    known = ask(rate_at, "EUR", date(YEAR, 3, 10))
    assert (known.rate, known.age, known.source) == (143, 7, "BA")
    assert ask(rate_at, "DZD", date(YEAR, 3, 10)).rate == 1
    with pytest.raises(UserError, match="EUR"):
        ask(rate_at, "EUR", date(YEAR, 2, 1))
    with pytest.raises(UserError):
        ask(import_rates, [rate(3, "144")], may_change=False)
    assert ask(import_rates, [rate(3, "144"), rate(5, "145")], may_change=True).created == 1
    ask(remove_rate, "EUR", date(YEAR, 3, 5))
    rows = ask(list_rates)
    assert [(row.rated_on.day, row.rate) for row in rows] == [(3, 144), (2, 141), (1, 140)]
    assert desk_of.house.value("select count(*) from core.audit where relation like '%rates'") > 4
