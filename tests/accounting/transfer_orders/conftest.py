"""Debts of the branch in Algiers."""

from collections.abc import Iterator

import pytest

from tests.accounting.transfer_orders.orders import Debts, debts
from tests.houses import Ask, House


@pytest.fixture
def asker() -> str:
    """The accountant asks."""
    return "salim"


@pytest.fixture
def owed(house: House, ask: Ask) -> Iterator[Debts]:
    """Salim's books with two suppliers who wait for their money."""
    with debts(house, ask) as opened:
        yield opened
