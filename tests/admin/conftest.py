"""Administrators at work."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.houses import House


@pytest.fixture
def asker() -> str:
    """The first administrator."""
    return "root_admin"


@pytest.fixture
def user_id(house: House) -> Callable[[str], Any]:
    """Return a user's id: `user_id("amina")`."""
    return lambda login: house.value(f"select id from core.users where login = '{login}'")
