"""Administrators at work, each in a transaction of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from erp_desktop.core.session import Session
from erp_desktop.plugins.roles import module_of
from tests.houses import House, SignIn

Ask = Callable[..., Any]


@pytest.fixture
def ask(signed_in: SignIn) -> Ask:
    """Call a selector or service: `ask(list_users, UserFilter(), as_user="nadia")`."""
    sessions: dict[str, Session] = {}

    def call(
        function: Callable[..., Any], *args: Any, as_user: str = "root_admin", **kw: Any
    ) -> Any:
        if as_user not in sessions:
            sessions[as_user] = signed_in(as_user)
        session = sessions[as_user]
        with session.database.begin(session.user, module_of(function)) as ctx:
            return function(ctx, *args, **kw)

    return call


@pytest.fixture
def user_id(house: House) -> Callable[[str], Any]:
    """Return a user's id: `user_id("amina")`."""
    return lambda login: house.value(f"select id from core.users where login = '{login}'")
