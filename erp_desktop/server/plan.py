"""The plan of a company, as `erp-desktop init` reads it from a TOML file."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from erp_desktop.core import wall_clock
from erp_desktop.server.company import BranchDraft, CompanyDraft
from erp_desktop.server.errors import (
    CountryUnknownError,
    PasswordMissingError,
    PlanBrokenError,
    PlanIncompleteError,
    PlanUnreadableError,
)
from erp_desktop.server.packs import known_countries

# How each part of a plan is written.
_EXAMPLES = {
    "name": 'name = "Atlas Distribution"',
    "country": 'country = "DZ"',
    "year": "year = 2026",
    "identifiers": 'identifiers = { NIF = "000016001234567" }',
    "branches": '[[branches]] code = "ALG" name = "Alger Centre"',
    "branches.code": 'code = "ALG"',
    "branches.name": 'name = "Alger Centre"',
    "administrator": '[administrator] login = "admin" name = "Yasmine Haddad"',
    "administrator.login": 'login = "admin"',
    "administrator.name": 'name = "Yasmine Haddad"',
}


def read_plan(path: Path) -> CompanyDraft:
    """Read a company from a TOML file such as `resources/demo/dz/company.toml`.

    The first administrator is its table `[administrator]`: login, name, and a password, which may
    be left to the environment variable `ERP_ADMIN_PASSWORD`.

    Raises:
        PlanUnreadableError: The file is not there, or is no text.
        PlanBrokenError: It is no TOML.
        PlanIncompleteError: Something is missing, or is not what it should be.
        PasswordMissingError: The administrator has no password.
        CountryUnknownError: There is no pack for the country.
    """
    plan = _Part(path, _parsed(path))
    admin = plan.part("administrator")
    password = admin.text("password", "") or os.environ.get("ERP_ADMIN_PASSWORD", "")
    if not password:
        raise PasswordMissingError(file=path)
    country = _country(plan)
    wall_clock.follow({"country": country})
    return CompanyDraft(
        name=plan.text("name"),
        name_ar=plan.text("name_ar", ""),
        country=country,
        year=plan.value("year", int, wall_clock.today().year),
        branches=tuple(_branch(part) for part in plan.parts("branches")),
        admin_login=admin.text("login"),
        admin_name=admin.text("name"),
        admin_name_ar=admin.text("name_ar", ""),
        admin_password=password,
        identifiers=plan.value("identifiers", dict, {}),
        address=plan.text("address", ""),
        address_ar=plan.text("address_ar", ""),
        phone=plan.text("phone", ""),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A table of the plan, which can say what it lacks."""

    path: Path
    values: Mapping[str, Any]
    place: str = ""

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; one without a default must say something."""
        found = str(self.value(name, str, default))
        if default is None and not found.strip():
            raise self._lacks(name)
        return found

    def value(self, name: str, kind: type, default: Any = None) -> Any:
        """Return a value of one kind."""
        found = self.values.get(name, default)
        if not isinstance(found, kind):
            raise self._lacks(name)
        return found

    def part(self, name: str) -> "_Part":
        """Return a table inside this one."""
        return _Part(self.path, self.value(name, dict), f"{name}.")

    def parts(self, name: str) -> list["_Part"]:
        """Return the tables of a list; there is at least one."""
        found = self.value(name, list)
        if not found or not all(isinstance(each, dict) for each in found):
            raise self._lacks(name)
        return [_Part(self.path, each, f"{name}.") for each in found]

    def _lacks(self, name: str) -> PlanIncompleteError:
        place = f"{self.place}{name}"
        example = _EXAMPLES.get(place, f'{name} = "…"')
        return PlanIncompleteError(file=self.path, name=place, example=example)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PlanBrokenError(file=path, reason=error) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PlanUnreadableError(file=path) from error


def _country(plan: _Part) -> str:
    country, known = plan.text("country").upper(), known_countries()
    if country not in known:
        raise CountryUnknownError(country=country, known=", ".join(known))
    return country


def _branch(part: _Part) -> BranchDraft:
    return BranchDraft(part.text("code"), part.text("name"), part.text("name_ar", ""))
