"""Why the embedded server does not start: each reason is a sentence with its cure."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from erp_desktop.server import embedded
from erp_desktop.server.embedded import errors

pytestmark = pytest.mark.database

VERSION = int(os.environ.get("ERP_TEST_PG", "18"))


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return an empty folder that the server's user can reach."""
    made = Path(tempfile.mkdtemp(prefix="erp-desktop-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_a_missing_version_names_the_cure() -> None:
    with pytest.raises(embedded.MissingServerError, match="postgresql-9"):
        embedded.binaries(9)


def test_a_folder_with_other_files_is_left_alone(folder: Path) -> None:
    (folder / "thesis.txt").touch()

    with pytest.raises(embedded.ForeignFolderError, match="empty folder"):
        embedded.start(folder, version=VERSION)


def test_a_database_of_another_version_is_named(folder: Path) -> None:
    embedded.start(folder, version=VERSION, fast=True).stop()
    (folder / "cluster" / "PG_VERSION").write_text("9\n")

    with pytest.raises(embedded.OtherVersionError, match="made by PostgreSQL 9"):
        embedded.start(folder, version=VERSION)


def test_a_file_in_the_way_is_a_clear_sentence(folder: Path) -> None:
    (folder / "file").touch()

    with pytest.raises(embedded.UnwritableError, match="cannot be written"):
        embedded.start(folder / "file" / "data", version=VERSION)


@pytest.mark.parametrize(
    ("complaint", "kind"),
    [
        ("FATAL:  could not write: No space left on device", embedded.DiskFullError),
        ("initdb: error: could not create: Read-only file system", embedded.UnwritableError),
        ("LOG: hello\nFATAL:  out of shared memory\nLOG: bye", embedded.ServerStartError),
    ],
)
def test_what_postgresql_complains_of_is_explained(
    complaint: str, kind: type[embedded.ServerStartError]
) -> None:
    error = errors.from_log(complaint, Path("/data"))

    assert type(error) is kind
    assert "/data" in str(error)
