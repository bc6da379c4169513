"""Salim's desk over books in euros."""

from collections.abc import Iterator

import pytest

from tests.accounting.currencies.exchange import Exchange, exchange
from tests.houses import House


@pytest.fixture
def books(house: House) -> Iterator[Exchange]:
    """Salim's books."""
    with exchange(house) as opened:
        yield opened
