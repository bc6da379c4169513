"""Founding a company: `erp-desktop init`, run once as a superuser of the database."""

import csv
import json
import os
import secrets
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from erp_desktop import house
from erp_desktop.core.commands import uuid7

# The worker's login: a system user that sees all branches and runs what subscribers ask for.
WORKER = "erp_worker"
# What every value of the law has beside its value.
_FRAME = ("code", "valid_from", "valid_to", "legal_ref", "doubt")


@dataclass(frozen=True, slots=True)
class BranchDraft:
    """A branch office to open."""

    code: str
    name: str
    name_ar: str = ""
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True)
class CompanyDraft:
    """A company to found.

    Attributes:
        country: `DZ`, `MA` or `TN`; its pack gives chart, taxes and rules.
        year: The first year that is opened in the ledger.
    """

    name: str
    name_ar: str
    country: str
    year: int
    branches: tuple[BranchDraft, ...]
    admin_login: str
    admin_name: str
    admin_password: str
    identifiers: dict[str, str] = field(default_factory=dict)
    address: str = ""
    address_ar: str = ""
    phone: str = ""
    admin_name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Founded:
    """What founding made: keep the worker's password where the worker runs."""

    admin_id: UUID
    worker_password: str


def read_plan(path: Path) -> CompanyDraft:
    """Read a company from a TOML file such as `resources/demo/company.toml`.

    The first administrator is its table `[administrator]`: login, name, and a password, which may
    be left to the environment variable `ERP_ADMIN_PASSWORD`.
    """
    plan = tomllib.loads(path.read_text(encoding="utf-8"))
    admin = plan["administrator"]
    return CompanyDraft(
        name=plan["name"],
        name_ar=plan.get("name_ar", ""),
        country=plan["country"],
        year=plan.get("year", datetime.now().astimezone().year),
        branches=tuple(BranchDraft(b["code"], b["name"], b["name_ar"]) for b in plan["branches"]),
        admin_login=admin["login"],
        admin_name=admin["name"],
        admin_name_ar=admin.get("name_ar", ""),
        admin_password=admin.get("password") or os.environ["ERP_ADMIN_PASSWORD"],
        identifiers=plan.get("identifiers", {}),
        address=plan.get("address", ""),
        address_ar=plan.get("address_ar", ""),
        phone=plan.get("phone", ""),
    )


def read_pack(country: str) -> dict[str, Any]:
    """Read the country pack: its TOML head, and each CSV file as a list of rows."""
    folder = house.folder("resources") / "countries" / country.lower()
    pack: dict[str, Any] = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            pack[path.stem] = list(csv.DictReader(lines))
    law = tomllib.loads((folder / "law.toml").read_text(encoding="utf-8"))
    pack["law_values"] = [_law_value(kind, entry) for kind, each in law.items() for entry in each]
    return pack


def _law_value(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return one value as `accounting.load_pack` reads it: what is not its frame is its value."""
    frame = {name: entry.pop(name, None) for name in _FRAME}
    return {"kind": kind, **{n: v and str(v) for n, v in frame.items()}, "value": entry}


def read_units() -> list[dict[str, str]]:
    """Read the units of measure."""
    path = house.folder("resources") / "countries" / "units.json"
    units: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return units


def found(conninfo: str, draft: CompanyDraft) -> Founded:
    """Create company, branches, ledger, first administrator and worker: all or nothing."""
    pack = read_pack(draft.country)
    with psycopg.connect(conninfo) as connection:
        _call(connection, "core.found_company", _company(draft, pack["currency"]))
        for branch in draft.branches:
            _call(
                connection,
                "core.open_branch",
                {
                    "id": str(branch.id),
                    "code": branch.code,
                    "name": branch.name,
                    "name_ar": branch.name_ar,
                },
            )
        _call(connection, "accounting.load_pack", pack)
        connection.execute("select accounting.open_year(%s)", [draft.year])
        _call(connection, "catalog.add_units", read_units())
        connection.execute("select inventory.add_warehouses()")
        admin_id = _appoint_administrator(connection, draft)
        return Founded(admin_id, _appoint_worker(connection, draft))


def _company(draft: CompanyDraft, currency: str) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "name": draft.name,
        "name_ar": draft.name_ar,
        "country": draft.country,
        "currency": currency,
        "identifiers": draft.identifiers,
        "address": draft.address,
        "address_ar": draft.address_ar,
        "phone": draft.phone,
    }


def _call(connection: psycopg.Connection[Any], function: str, draft: Any) -> None:
    name = sql.Identifier(*function.split("."))
    connection.execute(sql.SQL("select {}(%s)").format(name), [Jsonb(draft)])


def _appoint_administrator(connection: psycopg.Connection[Any], draft: CompanyDraft) -> UUID:
    user = {
        "id": str(uuid7()),
        "login": draft.admin_login,
        "name": draft.admin_name,
        "name_ar": draft.admin_name_ar,
        "home_branch_id": str(draft.branches[0].id),
    }
    connection.execute("select core.appoint(%s, 'administrator')", [Jsonb(user)])
    connection.execute(
        "select core.login_create(%s, %s, core.modules_of('{administrator}'))",
        [draft.admin_login, _verifier(connection, draft.admin_login, draft.admin_password)],
    )
    return UUID(user["id"])


def _appoint_worker(connection: psycopg.Connection[Any], draft: CompanyDraft) -> str:
    """Create the worker's login; on a shared cluster it exists and only gets a new password."""
    password = secrets.token_urlsafe(24)
    user = {"id": str(uuid7()), "login": WORKER, "name": "Worker"}
    user["home_branch_id"] = str(draft.branches[0].id)
    connection.execute("select core.appoint(%s, 'system')", [Jsonb(user)])
    exists = connection.execute("select to_regrole(%s) is not null", [WORKER]).fetchone()
    verb = "alter" if exists and exists[0] else "create"
    connection.execute(
        sql.SQL("{} role {} login inherit password {}").format(
            sql.SQL(verb),
            sql.Identifier(WORKER),
            sql.Literal(_verifier(connection, WORKER, password)),
        )
    )
    roles = connection.execute("select rolname from pg_roles where rolname ~ '_app$'").fetchall()
    for (role,) in roles:
        connection.execute(
            sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(WORKER))
        )
    return password


def _verifier(connection: psycopg.Connection[Any], login: str, password: str) -> str:
    made = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode()
