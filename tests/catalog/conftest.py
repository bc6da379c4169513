"""A catalog with some products, and people who may look at it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from erp_desktop.core.context import Context
from tests.houses import SignIn

Ask = Callable[..., Any]


@pytest.fixture
def ask(signed_in: SignIn) -> Iterator[Ask]:
    """Call a selector or service of the catalog in a transaction of its own."""
    sessions: dict[str, Any] = {}

    def call(function: Callable[..., Any], *args: Any, as_user: str = "nadia", **kw: Any) -> Any:
        session = sessions.setdefault(as_user, None) or signed_in(as_user)
        sessions[as_user] = session
        with session.database.begin(session.user, "catalog") as ctx:
            ctx_: Context = ctx
            return function(ctx_, *args, **kw)

    return call  # type: ignore[return-value]
