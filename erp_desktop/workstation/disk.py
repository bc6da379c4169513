"""Room on the disk, and one program per folder."""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from erp_desktop.workstation.errors import DiskFullError, DiskLowError, StoreInUseError

T = TypeVar("T")

MEGABYTE = 1024 * 1024
RESERVE_BYTES = 64 * MEGABYTE
_WARN_BELOW = 200 * MEGABYTE
_REFUSE_BELOW = 50 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Room:
    """How much the disk still takes."""

    free: int

    @property
    def is_low(self) -> bool:
        """Whether the user should be warned."""
        return self.free < _WARN_BELOW

    def require_for_a_sale(self) -> None:
        """Go on only if a whole sale fits for certain; ask before money is taken.

        Raises:
            DiskLowError: It might not.
        """
        if self.free < _REFUSE_BELOW:
            raise DiskLowError(megabytes=self.free // MEGABYTE)


def room_in(folder: Path) -> Room:
    """Return how much room there is for the files of `folder`."""
    return Room(shutil.disk_usage(folder).free)


class Reserve:
    """A file that only takes up room, so that there is some to give back on a full disk."""

    def __init__(self, folder: Path, size: int = RESERVE_BYTES) -> None:
        self._path = folder / "reserve.bin"
        self._size = size

    def fill(self) -> None:
        """Take the room, if the disk has it to spare."""
        held = self._path.stat().st_size if self._path.exists() else 0
        if held >= self._size or room_in(self._path.parent).free < 2 * self._size:
            return
        with contextlib.suppress(OSError), self._path.open("wb") as file:
            self._occupy(file)

    def giving_way(self, work: Callable[[], T]) -> T:
        """Do `work`; if the disk is full, give the room back and do it again.

        Raises:
            DiskFullError: There was no room left to give.
        """
        try:
            return work()
        except DiskFullError:
            if not self._path.exists():
                raise
            self._path.unlink()
            return work()

    def _occupy(self, file: IO[bytes]) -> None:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, self._size)
        else:
            file.truncate(self._size)


class FolderLock:
    """Held while the program uses a folder; the system lets go of it when the program dies."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            StoreInUseError: Another program holds it.
        """
        self._file = (folder / "in-use.lock").open("a+b")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise StoreInUseError from error

    def release(self) -> None:
        """Let others in."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
