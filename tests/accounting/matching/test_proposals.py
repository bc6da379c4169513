"""Automatic matching: what is proposed and why, one way after the other, and what is left."""

from collections.abc import Iterator

import pytest

from tests.accounting.matching.matchbook import ZAHRA, MatchBook, matchbook, true_to_lines
from tests.houses import House

pytestmark = pytest.mark.database
WAYS = ("reference", "amount", "oldest")


@pytest.fixture
def book(house: House) -> Iterator[MatchBook]:
    """Salim's books."""
    with matchbook(house) as opened:
        yield opened


def test_each_way_takes_what_the_ways_before_it_left(book: MatchBook) -> None:
    named = book.debt("100.00", label="Facture FA-26/101"), book.debt("50.00", label="FA-26/102")
    both = book.paid("150.00", label="Virement fa-26/101, FA-26/102 du 12/03/2026")
    same = book.debt("77.77", on="03-15"), book.paid("77.77", on="03-16")
    old = book.debt("30.00", on="03-01"), book.debt("30.00", on="03-05")
    part = book.paid("45.00", on="03-28")
    stranger = book.paid("77.77", party=ZAHRA, label="FA-26/101")

    assert book.proposals(*WAYS) == [
        ("amount", "", "77.77"),
        ("oldest", "", "15"),
        ("oldest", "", "30"),
        ("reference", "FA-26/101", "100"),
        ("reference", "FA-26/102", "50"),
    ]
    assert book.house.value("select count(*) from accounting.matches") == 0

    assert book.match_all(*WAYS) == 5
    assert book.letters(*named, both) == "B B B"
    assert book.letters(*same) == "A A"
    assert book.letters(*old, part, stranger) == "c c c ."
    assert book.open(*old, part, stranger) == ["0", "15", "0", "-77.77"]
    assert (book.proposals(*WAYS), book.match_all(*WAYS)) == ([], 0)
    true_to_lines(book.house)


def test_a_day_or_a_year_is_no_reference(book: MatchBook) -> None:
    book.debt("100.00", label="Loyer 03/2026 du 01/03/2026, 2026-03, n° 1234")
    book.paid("90.00", label="Loyer 03/2026 du 01/03/2026, 2026-03, n° 1234")

    assert book.proposals("reference", "amount") == []


def test_transfers_without_a_partner_are_matched_by_amount_only(book: MatchBook) -> None:
    sent = book.post("581", "500.00", party=None, against="512")
    book.post("581", "-20.00", party=None, against="530")
    arrived = book.post("581", "-500.00", party=None, against="530", on="03-12")

    assert book.match_all("oldest", "amount", prefix="58*") == 1
    assert book.letters(sent, arrived) == "A A"
    true_to_lines(book.house)
