"""Country packs: what a country needs, read from `resources/countries/<country>/`."""

import csv
import json
import tomllib
from typing import Any

from erp_desktop import house
from erp_desktop.server.errors import CountryUnknownError

# What every value of the law has beside its value.
_FRAME = ("code", "valid_from", "valid_to", "legal_ref", "doubt")


def known_countries() -> list[str]:
    """Return the countries that have a pack, such as `DZ`."""
    packs = (house.folder("resources") / "countries").glob("*/pack.toml")
    return sorted(path.parent.name.upper() for path in packs)


def read_pack(country: str) -> dict[str, Any]:
    """Read a country pack: its TOML head, each CSV file as a list of rows, and its laws.

    Raises:
        CountryUnknownError: There is no pack for the country.
    """
    if country.upper() not in known_countries():
        raise CountryUnknownError(country=country, known=", ".join(known_countries()))
    folder = house.folder("resources") / "countries" / country.lower()
    pack: dict[str, Any] = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            pack[path.stem] = list(csv.DictReader(lines))
    law = tomllib.loads((folder / "law.toml").read_text(encoding="utf-8"))
    pack["law_values"] = [_law_value(kind, entry) for kind, each in law.items() for entry in each]
    return pack


def read_units() -> list[dict[str, str]]:
    """Read the units of measure."""
    path = house.folder("resources") / "countries" / "units.json"
    units: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return units


def _law_value(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return one value as `accounting.load_pack` reads it: what is not its frame is its value."""
    frame = {name: entry.pop(name, None) for name in _FRAME}
    return {"kind": kind, **{n: v and str(v) for n, v in frame.items()}, "value": entry}
