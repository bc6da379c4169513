"""Salim's desk over a register of assets."""

from collections.abc import Iterator

import pytest

from tests.accounting.assets.register import Register, register_of
from tests.houses import House


@pytest.fixture
def register(house: House) -> Iterator[Register]:
    """Salim's register."""
    with register_of(house) as opened:
        yield opened
