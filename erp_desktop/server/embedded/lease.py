"""How programs share a server: each holds a lease, and a keeper waits for the last."""

import atexit
import os
import subprocess
import sys
from typing import IO

from erp_desktop.server.embedded import keeper
from erp_desktop.server.embedded.errors import ServerStartError
from erp_desktop.server.embedded.keeper import FileLock
from erp_desktop.server.embedded.place import Place

# Ctrl+C is for the program: the keeper stops the server after it.
if sys.platform == "win32":
    _NEW_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _NEW_GROUP = 0
# Python complains when it forgets a living child: these wait for other programs.
_waiting: list[subprocess.Popen[bytes]] = []


class Lease:
    """One program's hold on a server; the server lives while anybody has one."""

    def __init__(self, using: FileLock) -> None:
        self._using = using
        self._keeper: subprocess.Popen[bytes] | None = None
        self._program = os.getpid()
        atexit.register(self.end)

    def guard(self, place: Place, *, passing: bool) -> None:
        """See that the server has a keeper; `passing` data are removed at the end."""
        keeping = FileLock(place.home / "lock-keeper")
        if keeping.try_acquire():
            keeping.release()
            self._keeper = _start_keeper(place, passing=passing)

    def end(self) -> None:
        """Let go; wait until the server has stopped, unless others still use it."""
        atexit.unregister(self.end)
        self._using.release()
        own, self._keeper = self._keeper, None
        if own is None:
            return
        _pipe(own.stdin).close()
        # A forked child inherits this object, not the duty.
        if self._program == os.getpid():
            _await(own)


def _await(own: subprocess.Popen[bytes]) -> None:
    if _pipe(own.stdout).readline() == b"shared\n":
        _waiting.append(own)
        return
    own.wait()
    _pipe(own.stdout).close()


def _start_keeper(place: Place, *, passing: bool) -> subprocess.Popen[bytes]:
    account = place.account
    ids = "" if account.uid is None else f"{account.uid}:{account.gid}"
    pg_ctl = str(place.programs / "pg_ctl")
    own = subprocess.Popen(  # noqa: S603  # our own script, by this interpreter
        [sys.executable, "-I", "-S", keeper.__file__, place.home, pg_ctl, ids, "1" * passing],
        cwd=place.home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=_NEW_GROUP,
    )
    if _pipe(own.stdout).readline() != b"ready\n":
        raise ServerStartError(data=place.home, reason="its keeper does not start")
    return own


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101  # we asked for pipes
    return stream
