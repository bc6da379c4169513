"""A journal that was damaged still gives up its sales."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core.commands import Answer, Envelope, uuid7
from erp_desktop.workstation import rescue as rescue_module
from erp_desktop.workstation.author import Author
from erp_desktop.workstation.errors import StoreDamagedError
from erp_desktop.workstation.rescue import rescue
from erp_desktop.workstation.workstation import Options, Workstation, set_aside_files
from tests.workstation.deeds import ENROLMENT, SETS, sell

SALES = 200


def damaged(folder: Path, options: Options, author: Author, *places: int) -> Path:
    """Sell, spoil some pages, start the program, and return what it set aside."""
    with Workstation.open(folder, SETS, options) as workstation:
        for _sale in range(SALES):
            sell(workstation, author)
    with (folder / "journal.db").open("r+b") as file:
        for place in places:
            file.seek(place * 4096 + 100)
            file.write(b"a bad block of the disk")
    with pytest.raises(StoreDamagedError):
        Workstation.open(folder, SETS, options)
    return set_aside_files(folder)[0]


class HeadOffice:
    """A gate that counts."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def execute(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        """Take a batch."""
        self.sizes.append(len(envelopes))
        return [Answer(uuid7(), "applied", {}) for _envelope in envelopes]

    def pull(self, _request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Say nothing."""
        return {}

    def close(self) -> None:
        """Do nothing."""


def test_all_but_the_rows_on_a_bad_page_are_rescued(
    folder: Path, options: Options, amina: Author
) -> None:
    path = damaged(folder, options, amina, 30, 55)

    rescued = rescue(path)

    assert rescued.enrolment == ENROLMENT
    assert rescued.password == "s3cret"
    assert SALES - 16 <= len(rescued.envelopes) < SALES
    assert '"seq":200,' in rescued.envelopes[-1].body
    office = HeadOffice()
    assert len(rescued.send(office)) == len(rescued.envelopes)
    assert max(office.sizes) == 50


def test_a_sound_row_needs_no_sound_neighbour(
    folder: Path, options: Options, amina: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescue_module, "_GIVE_UP_AFTER", 50)
    size = (folder / "journal.db").stat().st_size // 4096

    rescued = rescue(damaged(folder, options, amina, *range(size + 3, size + 60, 3)))

    assert len(rescued.envelopes) > SALES // 4


def test_what_has_no_head_any_more_gives_nothing(
    folder: Path, options: Options, amina: Author
) -> None:
    rescued = rescue(damaged(folder, options, amina, 0))

    assert (rescued.enrolment, rescued.envelopes) == (None, ())
