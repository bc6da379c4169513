"""A running server, and how it comes to run."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from erp_desktop.server.embedded import cluster, postmaster
from erp_desktop.server.embedded.errors import ServerStartError, explained, from_log
from erp_desktop.server.embedded.keeper import FileLock
from erp_desktop.server.embedded.lease import Lease
from erp_desktop.server.embedded.place import Place, open_place
from erp_desktop.server.embedded.postmaster import SUPERUSER, Postmaster

# Another start may be making its cluster, another stop writing its last checkpoint.
_PATIENCE = 120.0
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Embedded:
    """A running server of ours.

    Attributes:
        data: Where its data really lie: root's choice may be out of the server's reach.
        version: PostgreSQL's major version.
    """

    port: int
    data: Path
    password: str = field(repr=False)
    version: int
    lease: Lease = field(repr=False, compare=False)
    superuser: str = SUPERUSER

    def dsn(
        self, database: str = "postgres", user: str | None = None, password: str | None = None
    ) -> str:
        """Return a libpq connection string: the superuser's, or that of `user`."""
        if user is None:
            return postmaster.conninfo(self.port, database, self.superuser, self.password)
        return postmaster.conninfo(self.port, database, user, password)

    def stop(self) -> None:
        """Let go of the server: it stops unless another program uses it."""
        self.lease.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start(data: Path, *, version: int = 18, fast: bool = False) -> Embedded:
    """Start the server of `data`, or join the one that runs there.

    Args:
        data: A folder of its own; made if it is not there.
        version: PostgreSQL's major version.
        fast: Do without fsync: for tests, whose data may be lost with the machine.

    Raises:
        ServerStartError: One of its kinds, with a sentence that names the cure.
    """
    with explained(data):
        return _start(open_place(data, version), fast=fast)


@contextlib.contextmanager
def temporary(*, version: int = 18, under: Path | None = None) -> Iterator[Embedded]:
    """Run a fast and empty server, and remove its data afterwards, even after `kill -9`.

    Args:
        version: PostgreSQL's major version.
        under: The folder that holds its data; None is where the system keeps passing things.
    """
    folder = Path(tempfile.mkdtemp(prefix="erp-desktop-", dir=under))
    try:
        with explained(folder):
            server = _start(open_place(folder, version), fast=True, passing=True)
        with server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(place: Place, *, fast: bool, passing: bool = False) -> Embedded:
    with _alone(place):
        lease = Lease(_locked(place, "lock-use", shared=True))
        try:
            cluster.ensure(place, fast=fast)
            lease.guard(place, passing=passing)
            server = _running(place) or _launched(place, fast=fast)
        except BaseException:
            lease.end()
            raise
    return Embedded(server.port, place.home, place.password, place.version, lease)


@contextlib.contextmanager
def _alone(place: Place) -> Iterator[None]:
    lock = _locked(place, "lock-start")
    try:
        yield
    finally:
        lock.release()


def _locked(place: Place, name: str, *, shared: bool = False) -> FileLock:
    lock = FileLock(place.home / name, shared=shared)
    if not lock.acquire(_PATIENCE):
        raise ServerStartError(data=place.home, reason="another program holds it too long")
    return lock


def _running(place: Place) -> Postmaster | None:
    """Return the server that is there; stop it if it does not answer."""
    found = postmaster.find(place)
    if found is None or postmaster.answers(place, found):
        return found
    if postmaster.find(place) is not None:
        postmaster.stop(place)
    return None


def _launched(place: Place, *, fast: bool) -> Postmaster:
    complaint = ""
    for _ in range(_ATTEMPTS):
        cluster.configure(place, port=postmaster.free_port(), fast=fast)
        complaint = postmaster.launch(place)
        server = postmaster.find(place)
        if not complaint and server is not None:
            return server
        if postmaster.is_still_leaving(complaint):
            time.sleep(0.5)
        elif not postmaster.is_port_taken(complaint):
            break
    raise from_log(complaint, place.home)
