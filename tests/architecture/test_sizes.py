"""STYLE.md 2.7: what is short is read; what is long is skimmed."""

import statistics
from collections.abc import Sequence
from typing import Any

import pytest

from tests.architecture.source import (
    CLASSES,
    FUNCTIONS,
    PACKAGES,
    Block,
    blocks,
    python_files,
)

FOLDERS = (*PACKAGES, "tests")


def _longest(found: Sequence[Block], most: int) -> list[str]:
    return [f"{block.place}: {block.lines} lines" for block in found if block.lines > most]


def test_no_function_is_longer_than_40_lines() -> None:
    found = [b for path in python_files(*FOLDERS) for b in blocks(path, *FUNCTIONS)]

    assert _longest(found, 40) == []


def test_no_class_is_longer_than_150_lines() -> None:
    found = [b for path in python_files(*FOLDERS) for b in blocks(path, *CLASSES)]

    assert _longest(found, 150) == []


def test_no_file_is_longer_than_400_lines() -> None:
    found = [
        Block(str(path), len(path.read_text(encoding="utf-8").splitlines()))
        for path in python_files(*FOLDERS, "sql")
    ]

    assert _longest(found, 400) == []


def test_most_of_it_is_short(record_property: Any) -> None:
    functions = sorted(
        b.lines for path in python_files(*PACKAGES) for b in blocks(path, *FUNCTIONS)
    )
    files = [len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*PACKAGES)]

    middle, ninth = statistics.median(functions), functions[len(functions) * 9 // 10]
    record_property("median function", middle)
    record_property("nine in ten functions", ninth)
    record_property("median file", statistics.median(files))

    assert middle <= 6
    assert ninth <= 20
    assert statistics.median(files) <= 100


@pytest.mark.parametrize("folder", PACKAGES)
def test_every_package_says_what_it_is(folder: str) -> None:
    silent = [
        str(path)
        for path in python_files(folder)
        if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""', "#!"))
    ]

    assert silent == []
