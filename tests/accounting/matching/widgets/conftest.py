"""Salim's desk: he may match, write off and set the tolerance; the books are real."""

from collections.abc import Iterator

import pytest

from tests.accounting.matching.matchbook import MatchBook, matchbook
from tests.houses import House


@pytest.fixture
def book(house: House) -> Iterator[MatchBook]:
    """Salim's books."""
    with matchbook(house) as opened:
        yield opened
