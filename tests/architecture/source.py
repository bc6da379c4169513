"""The source of the house, read without importing it."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("erp_desktop", "modules")


@dataclass(frozen=True, slots=True)
class Block:
    """A function or class: where it stands and how many lines it takes."""

    place: str
    lines: int


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of some top-level folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def modules() -> list[str]:
    """Return the names of the modules: the packages below `modules/` that have a manifest."""
    return sorted(path.parent.name for path in (ROOT / "modules").glob("*/manifest.toml"))


def has_schema(module: str) -> bool:
    """Whether a module owns tables; one without shows what belongs to the core."""
    return (ROOT / "sql" / module).is_dir()


@cache
def manifest(module: str) -> dict[str, Any]:
    """Return what a module says of itself."""
    path = ROOT / "modules" / module / "manifest.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def blocks(path: Path, *kinds: type[ast.AST]) -> Iterator[Block]:
    """Find the functions or classes of a file; decorators and docstrings count."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, kinds) and isinstance(node, DEFINITIONS):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            place = f"{path.relative_to(ROOT)}:{first} {node.name}"
            yield Block(place, (node.end_lineno or first) - first + 1)


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CLASSES = (ast.ClassDef,)
DEFINITIONS = (*FUNCTIONS, *CLASSES)


def sql_files() -> list[Path]:
    """Return every SQL file of the house."""
    return sorted((ROOT / "sql").rglob("*.sql"))


def tracked_files() -> list[Path]:
    """Return what belongs to the repository: all but what tools leave behind."""
    left_behind = {
        ".git",
        ".venv",
        ".tools",
        "__pycache__",
        "demo-output",
        "build",
        "dist",
        ".hypothesis",
    }
    return sorted(
        path
        for top in ROOT.iterdir()
        if top.name not in left_behind and not top.name.endswith("_cache")
        for path in ([top] if top.is_file() else top.rglob("*"))
        if path.is_file() and not left_behind & set(path.parts)
    )
