"""Who changed what, and what could not be genuine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from erp_desktop.core.administration.selectors import (
    AuditFilter,
    get_change,
    list_changes,
    list_incidents,
)
from erp_desktop.core.administration.services import save_user
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError
from tests.admin.test_users import SOFIA
from tests.houses import Ask, MakeProduct, Till

HOUR = timedelta(hours=1)
USERS = AuditFilter("", "root_admin", "core.users")


def rename(ask: Ask) -> None:
    made = uuid7()
    ask(save_user, made, SOFIA)
    ask(save_user, made, replace(SOFIA, name="Sofia Benali", password=""), version=1)


def test_a_change_is_told_with_both_sides(ask: Ask) -> None:
    rename(ask)

    row = ask(list_changes, USERS)[0]
    change = ask(get_change, row.id)

    assert (row.login, row.relation, row.operation) == ("root_admin", "core.users", "UPDATE")
    assert (list(row.changed), row.application) == (["name"], "erp/")
    assert (change.old["name"], change.new["name"]) == ("Sofia Meziane", "Sofia Benali")


@pytest.mark.parametrize(
    ("change", "operations"),
    [
        ({}, {"INSERT", "UPDATE"}),
        ({"operations": ("UPDATE",)}, {"UPDATE"}),
        ({"operations": ("DELETE",)}, set()),
        ({"login": "amina"}, set()),
        ({"text": "core.user"}, {"INSERT", "UPDATE"}),
        ({"text": "%"}, set()),
        ({"since": datetime.now(UTC) - HOUR}, {"INSERT", "UPDATE"}),
        ({"since": datetime.now(UTC) + HOUR}, set()),
        ({"before": datetime.now(UTC) - HOUR}, set()),
    ],
)
def test_changes_are_found(ask: Ask, change: dict[str, Any], operations: set[str]) -> None:
    rename(ask)

    rows = ask(list_changes, replace(USERS, **change))

    assert {row.operation for row in rows} == operations


def test_the_next_page_continues_below_the_last_row(ask: Ask) -> None:
    rename(ask)
    rows = ask(list_changes, USERS)

    assert ask(list_changes, USERS, after=rows[1]) == rows[2:]


def test_what_cannot_be_genuine_is_listed(ask: Ask, till: Till, product: MakeProduct) -> None:
    sale = till.sale(product("COF-1", stock=10), number=1)
    till.send(replace(sale, body=sale.body.replace('"1"', '"2"')))

    (incident,) = ask(list_incidents)

    assert (incident.login, incident.code) == ("ws_alg_01", "core.altered")
    assert incident.envelope["body"] != sale.body
    assert ask(list_incidents, login="ws_alg_01") == [incident]
    assert ask(list_incidents, login="amina") == []
    assert ask(list_incidents, after=incident) == []


@pytest.mark.parametrize("question", [list_changes, list_incidents, get_change])
def test_only_administrators_read_the_log(ask: Ask, question: Callable[..., Any]) -> None:
    given = {list_changes: (AuditFilter(),), get_change: (1,)}.get(question, ())

    with pytest.raises(NotAllowedError):
        ask(question, *given, as_user="nadia")


def test_a_change_that_is_not_there_is_not_found(ask: Ask) -> None:
    with pytest.raises(NotFoundError):
        ask(get_change, -1)
