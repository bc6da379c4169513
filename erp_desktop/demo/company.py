"""Founding a demo company, one for each country, on a server of our own."""

import csv
import secrets
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import text

from erp_desktop import house
from erp_desktop.core import wall_clock
from erp_desktop.core.commands import Command, Envelope, uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.session import sign_in
from erp_desktop.server.company import BranchDraft, CompanyDraft, Founded, found
from erp_desktop.server.embedded import Embedded
from erp_desktop.server.migrate import migrate
from erp_desktop.server.packs import read_pack

DATABASE = "demo"
_CHUNK = 500
# What stands in the list of customers under its own name.
_SAID = ("code", "name", "name_ar", "phone", "terms", "document_language")
_ADDRESS = ("street", "street_ar", "city", "city_ar", "postal_code", "region")


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody who works at the demo company."""

    login: str
    name: str
    roles: tuple[str, ...]
    password: str


@dataclass(frozen=True, slots=True)
class Demo:
    """A founded demo company on a running server.

    Attributes:
        folder: Where its price list, opening stock and customers lie.
    """

    server: Embedded
    name: str
    country: str
    folder: Path
    users: Mapping[str, DemoUser]
    worker_password: str

    def dsn(self, login: str) -> str:
        """Return the connection string of one of the users."""
        return self.server.dsn(DATABASE, login, self.users[login].password)

    def reach(self) -> str:
        """Say where it is, without a password, as `--dsn` of the command line takes it."""
        login = next(user.login for user in self.users.values() if "accountant" in user.roles)
        return f"host=127.0.0.1 port={self.server.port} dbname={DATABASE} user={login}"

    def worker_dsn(self) -> str:
        """Return the connection string of the worker."""
        return self.server.dsn(DATABASE, "erp_worker", self.worker_password)


def read_demo(country: str) -> tuple[Path, dict[str, Any]]:
    """Return the folder of a country's demo company, and its plan."""
    folder = house.folder("resources") / "demo" / country.lower()
    return folder, tomllib.loads((folder / "company.toml").read_text(encoding="utf-8"))


def found_demo(server: Embedded, country: str = "dz") -> Demo:
    """Found the company anew; what an earlier demo left in this server is dropped."""
    folder, plan = read_demo(country)
    _make_database(server, [user["login"] for user in plan["users"]])
    migrate(server.dsn(DATABASE), say=lambda _name: None)
    branches = {
        b["code"]: BranchDraft(b["code"], b["name"], b["name_ar"]) for b in plan["branches"]
    }
    users = {user["login"]: _with_password(user) for user in plan["users"]}
    founded = _found(server, plan, tuple(branches.values()), users["admin"])
    demo = Demo(server, plan["name"], plan["country"], folder, users, founded.worker_password)
    session = sign_in(demo.dsn("admin"))
    with session.database.begin(session.user, "core") as ctx:
        for user in plan["users"][1:]:
            _hire(ctx, user, branches, users[user["login"]].password)
    session.database.close()
    return demo


def _make_database(server: Embedded, logins: list[str]) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"drop database if exists {DATABASE} with (force)")
        for (role,) in connection.execute(
            "select rolname from pg_roles where rolname = any (%s) or rolname like 'ws\\_%%'",
            [logins],
        ).fetchall():
            connection.execute(f"drop role {role}")
        connection.execute(f"create database {DATABASE}")


def _with_password(user: Mapping[str, Any]) -> DemoUser:
    password = f"{user['login'].title()}-{secrets.token_hex(3)}"
    return DemoUser(user["login"], user["name"], tuple(user["roles"]), password)


def _found(
    server: Embedded, plan: Mapping[str, Any], branches: tuple[BranchDraft, ...], admin: DemoUser
) -> Founded:
    wall_clock.follow(plan)
    draft = CompanyDraft(
        name=plan["name"],
        name_ar=plan["name_ar"],
        country=plan["country"],
        year=wall_clock.today().year,
        branches=branches,
        admin_login=admin.login,
        admin_name=admin.name,
        admin_name_ar=plan["users"][0]["name_ar"],
        admin_password=admin.password,
        identifiers=plan["identifiers"],
        address=plan["address"],
        address_ar=plan["address_ar"],
        phone=plan["phone"],
    )
    return found(server.dsn(DATABASE), draft)


def _hire(
    ctx: Context, user: Mapping[str, Any], branches: Mapping[str, BranchDraft], password: str
) -> None:
    draft = {
        "id": str(uuid7()),
        "login": user["login"],
        "name": user["name"],
        "name_ar": user["name_ar"],
        "language": user["language"],
        "roles": user["roles"],
        "branches": [str(branches[code].id) for code in user["branches"]],
        "sees_all_branches": user.get("everywhere", False),
        "limits": user.get("limits", {}),
    }
    ctx.call("core.save_user_v1", draft, ctx.verifier(user["login"], password))


def stock_products(demo: Demo) -> int:
    """Put the demo's price list into the catalog, as the buyer; return how many products."""
    rows = [_product(row) for row in read_rows(demo.folder / "products.csv")]
    session = sign_in(demo.dsn("lila"))
    try:
        with session.database.begin(session.user, "catalog") as ctx:
            for start in range(0, len(rows), _CHUNK):
                ctx.call("catalog.import_products_v1", rows[start : start + _CHUNK])
    finally:
        session.database.close()
    return len(rows)


def welcome_customers(demo: Demo) -> int:
    """Write the demo's customers into the address book, as the manager; return how many."""
    laws = read_pack(demo.country)["law_values"]
    codes = [law["code"] for law in laws if law["kind"] == "identifier"]
    rows = [_customer(row, codes, demo.country) for row in read_rows(demo.folder / "customers.csv")]
    session = sign_in(demo.dsn("karim"))
    try:
        with session.database.begin(session.user, "parties") as ctx:
            ctx.call("parties.import_parties_v1", rows)
    finally:
        session.database.close()
    return len(rows)


def _customer(row: Mapping[str, str], codes: Sequence[str], country: str) -> dict[str, Any]:
    address = {name: row[name] for name in _ADDRESS}
    return {
        "id": str(uuid7()),
        "is_customer": True,
        "country": country,
        "is_company": row["is_company"] == "true",
        "credit_limit": row["credit_limit"] or None,
        "identifiers": {code: row[code] for code in codes if row.get(code)},
        "addresses": [{"id": str(uuid7()), "kind": "main", "country": country, **address}],
        **{name: row[name] for name in _SAID},
    }


def _product(row: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": str(uuid7()),
        "code": row["code"],
        "name": row["désignation"],
        "name_ar": row["désignation arabe"],
        "barcode": row["code-barres"],
        "unit": row["unité"],
        "tax_code": row["taxe"],
        "price": row["prix TTC"].replace(",", "."),
        "reorder_point": row["seuil"],
    }


def open_stock(demo: Demo) -> str:
    """Count the shelves of the first branch, as the clerk; return the entry's number."""
    counted = read_rows(demo.folder / "opening_stock.csv")
    session = sign_in(demo.dsn("omar"))
    try:
        with session.database.begin(session.user, "catalog", read_only=True) as ctx:
            known = {
                p.code: p.id for p in ctx.rows(_Product, text("select code, id from products"))
            }
        lines_of = [
            {
                "product_id": str(known[row["code"]]),
                "quantity": row["quantity"],
                "unit_cost": row["unit_cost"],
            }
            for row in counted
        ]
        moment = wall_clock.now()
        command = Command("inventory.open_stock_v1", {"lines": lines_of}, "omar", moment)
        with session.database.begin(session.user, "core") as ctx:
            (answer,) = ctx.call("core.execute_v1", [Envelope(command.body()).as_json()])
    finally:
        session.database.close()
    return str(answer["result"]["entry"])


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a list of the demo."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True, slots=True)
class _Product:
    """A product's code and id."""

    code: str
    id: UUID
