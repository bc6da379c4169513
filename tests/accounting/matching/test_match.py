"""Matching by hand: letters, parts, remainders, taking back, and what is refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.accounting.books import code_of, details_of, invariants
from tests.accounting.matching.matchbook import ZAHRA, MatchBook, matchbook, true_to_lines
from tests.houses import House

pytestmark = pytest.mark.database


@pytest.fixture
def book(house: House) -> Iterator[MatchBook]:
    """Salim's books."""
    with matchbook(house) as opened:
        yield opened


def test_a_group_has_a_small_letter_until_it_balances(book: MatchBook) -> None:
    first, second = book.debt("100.00"), book.debt("60.00", on="03-12")
    part, rest = book.paid("120.00"), book.paid("40.00", on="04-02")
    other, settled = book.debt("7.00", party=ZAHRA), book.paid("7.00", party=ZAHRA)

    answer = book.match(first, second, part)

    assert answer.result["letter"] == "a"
    assert book.letters(first, second, part, rest) == "a a a ."
    assert book.open(first, second, part) == ["0", "40", "0"]
    assert book.match(second, rest).result["letter"] == "A"
    assert book.letters(first, second, part, rest) == "A A A A"
    assert book.match(other, settled).result["letter"] == "A"
    assert book.open(first, second, part, rest, day="03-31") == ["0", "40", "0", "0"]
    assert book.open(first, second, day="03-11") == ["100", "0"]
    true_to_lines(book.house)


def test_a_group_that_is_parted_gets_letters_of_its_own(book: MatchBook) -> None:
    debts = [book.debt("10.00", on=f"03-0{n}") for n in (1, 2, 3)]
    payments = [book.paid("10.00", on=f"03-1{n}") for n in (1, 2, 3)]
    for debt, payment in zip(debts, payments, strict=True):
        book.match(debt, payment, amounts={debt: "6.00", payment: "6.00"})
    assert book.letters(*debts) == "a b c"
    book.match(debts[0], payments[1], amounts={debts[0]: "4.00", payments[1]: "4.00"})
    assert book.letters(*debts, *payments) == "a a c a a c"
    linked = book.house.value("select id from accounting.matches where amount = 4")

    book.books.send("accounting.unmatch_v1", {"match_id": str(linked)})

    assert sorted(book.letters(*debts).split()) == ["a", "c", "d"]
    true_to_lines(book.house)
    assert book.unmatch(debts[2]).result == {"undone": 1}
    assert code_of(book.unmatch(debts[2])) == "accounting.match_undone_already"
    kept = book.rows("select letter, undone_by, undone_at is not null from accounting.matches"
                     " where undone_by is not null order by amount")  # fmt: skip
    assert kept == [("a", "salim", True), ("c", "salim", True)]
    invariants(book.house)


def test_a_small_remainder_is_written_off(book: MatchBook) -> None:
    debt, payment = book.debt("100.00"), book.paid("99.97")
    asked: dict[str, Any] = {"write_off": True, "on": "2026-03-25", "label": "Écart"}
    assert code_of(book.match(debt, payment, **asked)) == "accounting.beyond_tolerance"
    assert book.books.call("accounting.set_tolerance_v1", "5.00", 1) == 2

    answer = book.match(debt, payment, **asked)

    assert (answer.result["letter"], answer.result["rest"]) == ("A", "0.03")
    lines = [(code, str(d), str(c)) for code, d, c in book.books.lines(answer.result["entry_id"])]
    assert lines == [("411", "0", "0.03"), ("658", "0.03", "0")]
    over, due = book.paid("50.01"), book.debt("50.00")
    gain = book.match(over, due, **asked)
    assert [line[0] for line in book.books.lines(gain.result["entry_id"])] == ["411", "758"]
    book.books.close(3)
    later = book.match(book.debt("3.00", on="04-01"), book.paid("2.00", on="04-01"), **asked)
    assert code_of(later) == "accounting.period_closed"
    assert book.house.value("select balance from accounting.party_balances") == 1
    true_to_lines(book.house)
    invariants(book.house)


def test_a_reversed_entry_is_matched_with_its_reversal(book: MatchBook) -> None:
    debt, payment = book.debt("100.00"), book.paid("100.00")
    book.match(debt, payment)

    answer = book.books.reverse(debt[0])

    mirror = (type(debt[0])(answer.result["entry_id"]), 1)
    assert book.letters(debt, mirror, payment) == "B B ."
    assert book.open(payment) == ["-100"]
    true_to_lines(book.house)


def test_what_cannot_be_matched_is_refused(book: MatchBook) -> None:
    debt, payment = book.debt("100.00"), book.paid("30.00")
    stranger, supplier = book.paid("5.00", party=ZAHRA), book.post("401", "-5.00", against="607")

    assert code_of(book.match(debt, stranger)) == "accounting.match_mixed"
    assert code_of(book.match(debt, supplier)) == "accounting.match_mixed"
    assert code_of(book.match(debt, debt, payment)) == "accounting.match_mixed"
    assert code_of(book.match(debt)) == "accounting.match_one_sided"
    assert code_of(book.match(debt, (debt[0], 2))) == "accounting.match_line_unknown"
    for amount in ("30.01", "-5", "0", "NaN", "0.001"):
        refused = book.match(debt, payment, amounts={payment: amount})
        assert code_of(refused) == "accounting.match_too_much", amount
    assert details_of(refused)["open"] == "30.00"
    assert book.match(debt, payment).state == "applied"
    assert code_of(book.match(debt, payment)) == "accounting.match_too_much"
    assert book.house.value("select count(*) from accounting.matches") == 1
