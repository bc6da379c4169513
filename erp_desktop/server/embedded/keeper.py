"""The keeper: a small process that stops the server once no program uses it any more.

It stands alone (standard library only) because it is started by path, in a few milliseconds. Its
standard input is a pipe from the program that started it. The operating system closes that pipe
when the program ends, however it ends; then the keeper waits for other users of the same server
and stops it.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_SLOTS = 64


class FileLock:
    """A lock on a file, held by a process until it lets go or dies; shared or alone."""

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self._path = path
        self._shared = shared
        self._file: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock if it is free."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(file, shared=self._shared):
            self._file = file
            return True
        os.close(file)
        return False

    def acquire(self, timeout: float = float("inf"), pause: float = 0.02) -> bool:
        """Wait for the lock, at most `timeout` seconds, and tell whether we have it."""
        end = time.monotonic() + timeout
        while not self.try_acquire():
            if time.monotonic() > end:
                return False
            time.sleep(pause)
        return True

    def release(self) -> None:
        """Let go, if we hold it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":

    def _lock(file: int, *, shared: bool) -> bool:
        # Windows has no shared kind: a user takes one byte of many, alone means all of them.
        places = [(slot, 1) for slot in range(_SLOTS)] if shared else [(0, _SLOTS)]
        return any(_lock_bytes(file, *place) for place in places)

    def _lock_bytes(file: int, start: int, length: int) -> bool:
        os.lseek(file, start, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, length)
        except OSError:
            return False
        return True

else:

    def _lock(file: int, *, shared: bool) -> bool:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def main(home: Path, pg_ctl: str, ids: str, passing: str) -> None:
    """Guard the server of `home`; `ids` are uid:gid to stop it as, `passing` removes its folder."""
    keeping, using = FileLock(home / "lock-keeper"), FileLock(home / "lock-use")
    if not keeping.acquire(timeout=20):
        return
    _say("ready")
    sys.stdin.buffer.read()
    if not using.try_acquire():
        _say("shared")
        using.acquire(pause=0.25)
    _stop(home, pg_ctl, ids)
    if passing:
        shutil.rmtree(home, ignore_errors=True)
    # In this order: who gets the second must find the first free.
    keeping.release()
    using.release()
    _say("stopped")


def _say(word: str) -> None:
    # Nobody may be listening any more.
    with contextlib.suppress(OSError):
        os.write(1, f"{word}\n".encode())


def _stop(home: Path, pg_ctl: str, ids: str) -> None:
    uid, gid = (int(part) for part in ids.split(":")) if ids else (None, None)
    for mode in ("fast", "immediate"):
        done = subprocess.run(  # noqa: S603  # our own binary with our own arguments
            [pg_ctl, "stop", "-D", "cluster", "-m", mode, "-t", "60"],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )
        if done.returncode == 0 or not (home / "cluster" / "postmaster.pid").exists():
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
