"""What a module says of itself is true, and PostgreSQL says the same."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from erp_desktop.core.errors import UserError, from_code
from erp_desktop.plugins.resolving import resolve
from tests.architecture.source import ROOT, has_schema, manifest, modules, sql_files
from tests.houses import House

POINTER = re.compile(r"^[a-z_][\w.]*:[\w.]+$")
CODE = re.compile(r"'((?:core|[a-z]+)\.[a-z_]+)'")
SAYS_CODE = re.compile(
    r"core\.(?:refuse|flag|turn_away)\(|return '|then 'core\.|then '[a-z]+\.[a-z_]+_differs'"
)


def strings(value: Any) -> Iterator[str]:
    """Walk over every string of a manifest."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


@pytest.mark.parametrize("module", modules())
def test_everything_a_manifest_points_at_is_there(module: str) -> None:
    pointers = [text for text in strings(manifest(module)) if POINTER.match(text)]

    assert pointers
    assert all(resolve(pointer) is not None for pointer in pointers)


@pytest.mark.parametrize("module", modules())
def test_a_manifest_names_its_folder(module: str) -> None:
    assert manifest(module)["id"] == module
    assert import_module(manifest(module)["errors"])


def test_no_module_needs_itself() -> None:
    order: list[str] = []

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"{module} needs itself: {path}"
        for needed in manifest(module).get("requires", []):
            assert needed in modules(), f"{module} requires {needed}, which is not there"
            visit(needed, (*path, module))
        order.append(module)

    for module in modules():
        visit(module, ())
    assert set(order) == set(modules())


@pytest.mark.parametrize("module", modules())
def test_pages_are_asked_for_rights_that_exist(shared_house: House, module: str) -> None:
    asked = {page["permission"] for page in manifest(module).get("pages", [])} - {""}

    assert asked <= {*rights(shared_house)}


def rights(house: House) -> dict[str, str]:
    """Return every permission with its module."""
    with house.connect() as connection:
        return dict(connection.execute("select code, module from core.permissions").fetchall())


@pytest.mark.database
@pytest.mark.parametrize("module", modules())
def test_the_rights_of_a_module_are_those_of_the_database(shared_house: House, module: str) -> None:
    own = module if has_schema(module) else "core"
    stated = {str(right) for right in resolve(manifest(module)["permissions"])}

    assert stated == {code for code, owner in rights(shared_house).items() if owner == own}


@pytest.mark.database
def test_every_module_of_the_database_states_its_rights(shared_house: House) -> None:
    owners = set(rights(shared_house).values())

    assert owners <= {"core", *modules()}


def codes() -> set[str]:
    """Return every code that our SQL refuses or flags with."""
    return {
        code
        for path in sql_files()
        for line in path.read_text(encoding="utf-8").splitlines()
        if SAYS_CODE.search(line)
        for code in CODE.findall(line)
        if not code.endswith(("_app", "_owner")) and "_v1" not in code
    }


def test_every_refusal_of_the_database_has_its_sentence() -> None:
    for module in modules():
        import_module(manifest(module)["errors"])
    found = codes() - rights_in_sql()

    silent = sorted(code for code in found if from_code(code, {}).code != code)

    assert len(found) > 30
    assert silent == []


def rights_in_sql() -> set[str]:
    """Return the permissions that our SQL names: they look like codes."""
    permit = re.compile(r"core\.(?:permit|require|may|user_may)\([^')]*'([a-z_.]+)'")
    texts = [path.read_text(encoding="utf-8") for path in sql_files()]
    return {code for text in texts for code in permit.findall(text)}


@pytest.mark.parametrize("module", modules())
def test_the_codes_of_a_module_bear_its_name(module: str) -> None:
    kinds = [
        kind
        for kind in vars(import_module(manifest(module)["errors"])).values()
        if isinstance(kind, type) and issubclass(kind, UserError)
        if kind.__module__ == f"modules.{module}.errors"
    ]

    assert [kind.code for kind in kinds if not kind.code.startswith(f"{module}.")] == []
    assert [kind.__name__ for kind in kinds if not kind.message.endswith(".")] == []


def test_the_entry_points_are_the_modules() -> None:
    import tomllib  # noqa: PLC0415 - only here

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = project["entry-points"]["erp_desktop.modules"]

    assert named == {module: f"modules.{module}" for module in modules()}
