"""A year of trade to be closed."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.accounting.books import Books, books_of, draft, pair
from tests.houses import ALGIERS, ORAN, YEAR, House


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """A year of trade: Algiers earns 300, Oran loses 50."""
    with books_of(house) as opened:
        for lines, month, branch in (
            (pair("512", "110", "1000.00"), 1, ALGIERS.id),
            (pair("512", "700", "500.00"), 6, ALGIERS.id),
            (pair("6132", "512", "200.00"), 12, ALGIERS.id),
            (pair("6132", "401", "50.00"), 12, ORAN.id),
        ):
            answer = opened.post(draft(*lines, on=date(YEAR, month, 15), branch=branch))
            assert answer.state == "applied", answer
        yield opened
