"""Who sees the dashboard first after signing in, and who never sees it."""

from dataclasses import replace
from typing import Any

import pytest

from erp_desktop.core.context import User
from erp_desktop.plugins.finding import find_modules
from erp_desktop.plugins.modules import Modules
from erp_desktop.ui.navigation import places_for
from erp_desktop.ui.pages import Maker
from tests.fakes import FakeBackend, make_user
from tests.houses import House

pytestmark = pytest.mark.database


def somebody(house: House, role: str) -> User:
    """Return a user with the rights that a role has at first."""
    with house.connect() as connection:
        rows = connection.execute(
            "select permission from core.role_permissions where role = %s", [role]
        ).fetchall()
    return replace(make_user(*(row[0] for row in rows)), roles=(role,))


@pytest.fixture(scope="module")
def modules() -> Modules:
    return find_modules()


@pytest.mark.parametrize(
    ("role", "home"),
    [
        ("manager", "dashboard.manager"),
        ("accountant", "dashboard.manager"),
        ("cashier", "till.sell"),
        ("clerk", "inventory.stock"),
        ("administrator", "admin.users"),
    ],
)
def test_the_first_page_fits_the_role_and_stands_first(
    shared_house: House, modules: Modules, role: str, home: str
) -> None:
    user = somebody(shared_house, role)
    backend: Any = FakeBackend(user=user)

    places = [place.id for place in places_for(user, modules)]

    assert Maker(backend, modules).home() == home
    assert places[0] == home
    assert ("dashboard.manager" in places) == (role in {"manager", "accountant"})
