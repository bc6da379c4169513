"""People who ask the catalog, each in a transaction of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from erp_desktop.core.session import Session
from tests.houses import SignIn

Ask = Callable[..., Any]


@pytest.fixture
def ask(signed_in: SignIn) -> Ask:
    """Call a selector or service: `ask(list_products, wanted, as_user="amina")`."""
    sessions: dict[str, Session] = {}

    def call(function: Callable[..., Any], *args: Any, as_user: str = "nadia", **kw: Any) -> Any:
        if as_user not in sessions:
            sessions[as_user] = signed_in(as_user)
        session = sessions[as_user]
        with session.database.begin(session.user, "catalog") as ctx:
            return function(ctx, *args, **kw)

    return call
