"""Books with a supplier in them."""

from collections.abc import Iterator

import pytest

from erp_desktop.core.commands import uuid7
from tests.accounting.books import Books, books_of
from tests.houses import House


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def supplier(house: House) -> str:
    """Somebody who sends purchases."""
    made = str(uuid7())
    house.run(f"insert into accounting.party_names values ('{made}', 'Sarl Atlas', 'أطلس')")
    return made


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books under Algerian law."""
    with books_of(house) as opened:
        yield opened
