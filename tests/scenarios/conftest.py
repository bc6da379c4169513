"""A company of each country, founded afresh, with an accountant who sees all of it.

Logins belong to the whole server, so each company has some of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.session import sign_in
from erp_desktop.server import embedded
from erp_desktop.server.company import CompanyDraft, found
from erp_desktop.server.migrate import migrate
from tests.houses import ALGIERS, PASSWORD, YEAR, House


@dataclass(frozen=True)
class Place:
    """A company and the login of its accountant."""

    house: House
    login: str


Found = Callable[[str], Place]


@pytest.fixture
def company(server: embedded.Embedded) -> Iterator[Found]:
    """Found a company: `company("MA")`; it has one branch, and an accountant keeps its books."""
    made: list[str] = []
    logins: list[str] = []

    def do(country: str) -> Place:
        name = f"erp_{uuid7().hex[-12:]}"
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            connection.execute(f"create database {name}")
        made.append(name)
        migrate(server.dsn(name), say=lambda _name: None)
        admin, login = f"admin_{name[-6:]}", f"salim_{name[-6:]}"
        logins.extend((admin, login))
        draft = CompanyDraft(
            name="Atlas",
            name_ar="أطلس",
            country=country,
            year=YEAR,
            branches=(ALGIERS,),
            admin_login=admin,
            admin_name="Admin",
            admin_password=PASSWORD,
        )
        house = House(server, name, found(server.dsn(name), draft))
        _hire(house, admin, login)
        return Place(house, login)

    yield do
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        for name in made:
            connection.execute(f"drop database {name} with (force)")
        for login in logins:
            connection.execute(f"drop role {login}")


def _hire(house: House, admin: str, login: str) -> None:
    session = sign_in(house.dsn(admin))
    user: dict[str, Any] = {
        "id": str(uuid7()),
        "login": login,
        "name": "Salim",
        "language": "fr",
        "roles": ["accountant"],
        "branches": [str(ALGIERS.id)],
        "sees_all_branches": True,
    }
    with session.database.begin(session.user, "core") as ctx:
        ctx.call("core.save_user_v1", user, ctx.verifier(login, PASSWORD))
    session.database.close()
