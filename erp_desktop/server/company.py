"""Founding a company: `erp-desktop init`, run once as a superuser of the database."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from erp_desktop.core.database import translated
from erp_desktop.server.packs import read_pack, read_units

# The worker's login: a system user that sees all branches and runs what subscribers ask for.
WORKER = "erp_worker"


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


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A dated value of the pack that would contradict what the accountant has entered."""

    kind: str
    code: str
    valid_from: str


def found(conninfo: str, draft: CompanyDraft) -> Founded:
    """Create company, branches, ledger, first administrator and worker: all or nothing.

    Raises:
        CountryUnknownError: There is no pack for the country.
        CompanyExistsError: The database has a company already.
        BranchCodeWrongError: A branch's code is not 2 to 6 capital letters or digits.
        BranchCodeTakenError: Two branches have one code.
        UserError: PostgreSQL refuses the administrator, or does not answer.
    """
    pack = read_pack(draft.country)
    with translated(), psycopg.connect(conninfo) as connection:
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
        _load(connection, pack)
        connection.execute("select accounting.open_year(%s)", [draft.year])
        _call(connection, "catalog.add_units", read_units())
        connection.execute("select inventory.add_warehouses()")
        admin_id = _appoint_administrator(connection, draft)
        return Founded(admin_id, _appoint_worker(connection, draft))


def refresh_pack(conninfo: str) -> list[LeftOut]:
    """Add what the pack of the company's country has learnt since; change nothing of people's.

    Returns:
        What was left out, because the accountant has entered something else for those days.
    """
    with translated(), psycopg.connect(conninfo) as connection:
        company = connection.execute("select country from core.company").fetchone()
        if company is None:
            return []
        pack = read_pack(company[0])
        _load(connection, pack)
        return _left_out(connection, pack)


def _load(connection: psycopg.Connection[Any], pack: dict[str, Any]) -> None:
    _call(connection, "accounting.load_pack", pack)
    _call(connection, "parties.load_pack", pack)


def _left_out(connection: psycopg.Connection[Any], pack: dict[str, Any]) -> list[LeftOut]:
    kept = connection.execute(
        "select 'tax', tax_code, valid_from::text from accounting.tax_rates"
        " union all select kind, code, valid_from::text from accounting.law_values"
    ).fetchall()
    taxes = [("tax", rate["code"], rate["valid_from"]) for rate in pack["taxes"]]
    laws = [(law["kind"], law["code"], law["valid_from"]) for law in pack["law_values"]]
    return [LeftOut(*value) for value in taxes + laws if value not in set(kept)]


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
