"""A till with goods on its shelf."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from erp_desktop.workstation.workstation import Workstation
from tests.till.shops import open_till, two_shelves


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Workstation]:
    """A till in Algiers whose replica was filled once; nothing answers at head office."""
    with open_till(tmp_path / "till", two_shelves) as opened:
        yield opened
