"""A workstation in a folder of its own, and somebody who works there."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from erp_desktop.workstation.author import Author
from erp_desktop.workstation.workstation import Options, Workstation
from tests.workstation.deeds import CHEAP, ENROLMENT, SETS, Clock, OpenAgain


@pytest.fixture(autouse=True)
def _no_keyring() -> Iterator[None]:
    """As on a Linux without a desktop; nothing is written into the developer's keyring."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def clock() -> Clock:
    """The time at the workstation."""
    return Clock()


@pytest.fixture
def options(clock: Clock) -> Options:
    """A small reserve, cheap passwords, a clock that obeys."""
    return Options(reserve_bytes=1_000_000, cost=CHEAP, now=clock)


@pytest.fixture
def folder(tmp_path: Path, options: Options) -> Path:
    """The folder of a workstation that was enrolled and closed."""
    folder = tmp_path / "workstation"
    Workstation.enrol(folder, ENROLMENT, "s3cret", SETS, options).close()
    return folder


@pytest.fixture
def open_again(folder: Path, options: Options) -> Iterator[OpenAgain]:
    """Open the workstation, as the program does when it starts; the one before is closed."""
    opened: list[Workstation] = []

    def start() -> Workstation:
        for before in opened:
            before.close()
        opened.append(Workstation.open(folder, SETS, options))
        return opened[-1]

    yield start
    for workstation in opened:
        workstation.close()


@pytest.fixture
def workstation(open_again: OpenAgain) -> Workstation:
    """An open workstation."""
    return open_again()


@pytest.fixture
def amina() -> Author:
    """A cashier, able to sign."""
    return Author.new("amina")


KILLS = 50


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--kills`: `pytest tests/workstation --kills 500` kills more often."""
    parser.addoption("--kills", type=int, default=KILLS, help="victims of the kill test")


@pytest.fixture
def kills(pytestconfig: pytest.Config) -> int:
    """How many victims there are; unknown where this folder was not named as an argument."""
    count: int = pytestconfig.getoption("--kills", KILLS)
    return count
