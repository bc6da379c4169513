"""Salim's books, a supplier, and a cash box of Algiers."""

from collections.abc import Iterator

import pytest

from modules.accounting.petty_cash import save_cash_box
from modules.accounting.selectors.petty_cash import CashBoxRow
from tests.accounting.books import Books, books_of, new_id
from tests.accounting.cash.boxes import box_draft, the_box
from tests.houses import Ask, House


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books."""
    with books_of(house) as opened:
        yield opened


@pytest.fixture
def party(house: House) -> str:
    made = new_id()
    house.run(f"insert into accounting.party_names values ('{made}', 'Ben Ali', 'بن علي')")
    return made


@pytest.fixture
def box(ask: Ask) -> CashBoxRow:
    """An empty box."""
    assert ask(save_cash_box, box_draft()) == 1
    return the_box(ask)
