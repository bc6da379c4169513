"""Whoever knows one module knows them all: the same files, the same folders, one word."""

import re

import pytest

from tests.architecture.source import ROOT, has_schema, modules, tracked_files

# STYLE.md 2.2.
TOP = {
    ".ci", ".gitignore", "Makefile", "README.md", "erp_desktop", "modules", "pyproject.toml",
    "resources", "sql", "tests", "translations", "uv.lock",
}  # fmt: skip
# STYLE.md 2.3: a module has these, and others where it needs them.
NEEDED = {
    "__init__.py", "README.md", "manifest.toml", "permissions.py", "errors.py", "selectors.py",
    "services.py", "widgets",
}  # fmt: skip
# Where things may not come from, and what only one computer has.
FOREIGN = re.compile(r"/(?:home|root|Users)/\w+|\.internal\b|\bindex-url\b|/work/(?:main|shared)")


def test_the_top_folder_holds_what_it_should() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked_files()}

    assert found - TOP == set()


@pytest.mark.parametrize("module", modules())
def test_every_module_has_the_same_anatomy(module: str) -> None:
    folder = ROOT / "modules" / module

    needed = NEEDED if has_schema(module) else NEEDED & {"__init__.py", "README.md", "widgets"}
    found = {path.name for path in folder.iterdir()}
    # A file that has grown is a package of the same name (STYLE.md 2.3).
    grown = {f"{path.name}.py" for path in folder.iterdir() if (path / "__init__.py").is_file()}

    assert needed - found - grown == set()


@pytest.mark.parametrize("module", modules())
def test_a_modules_package_holds_no_code_of_its_own(module: str) -> None:
    lines = (ROOT / "modules" / module / "__init__.py").read_text(encoding="utf-8").splitlines()

    assert lines[0].startswith('"""')
    assert len(lines) == 1


@pytest.mark.parametrize("module", modules())
def test_one_word_opens_every_door(module: str) -> None:
    assert (ROOT / "tests" / module).is_dir()
    assert not has_schema(module) or (ROOT / "sql" / module / "migrations").is_dir()
    for language in ("ar", "fr"):
        assert (ROOT / "translations" / language / "LC_MESSAGES" / f"{module}.po").is_file()


def test_tests_mirror_the_house() -> None:
    houses = {path.name for path in (ROOT / "erp_desktop").iterdir() if path.is_dir()}
    apart = {"architecture", "attacks", "scenarios", "simulation", "benchmarks"}
    found = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} - {"__pycache__"}

    assert found - houses - apart - set(modules()) == set()


def test_no_file_knows_the_computer_that_it_was_written_on() -> None:
    told = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in tracked_files()
        if path.suffix not in {".png", ".ttf", ".pdf", ".mo", ".lock"} and path != ROOT / "uv.lock"
        if path.name != "test_layout.py"
        for found in [FOREIGN.search(path.read_text(encoding="utf-8", errors="ignore"))]
        if found
    }

    assert told == set()


def test_the_lock_names_the_public_index_only() -> None:
    sources = set(
        re.findall(r'registry = "([^"]+)"', (ROOT / "uv.lock").read_text(encoding="utf-8"))
    )

    assert sources <= {"https://pypi.org/simple"}


def test_nothing_is_left_to_do_later() -> None:
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    notes = {
        f"{path.relative_to(ROOT)}"
        for path in tracked_files()
        if path.suffix in {".py", ".sql", ".toml", ".md"} and path.name != "test_layout.py"
        if later.search(path.read_text(encoding="utf-8"))
    }

    assert notes == set()
