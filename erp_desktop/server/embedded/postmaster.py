"""The server's process: found again, asked, started, stopped."""

import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from erp_desktop.server.embedded.errors import from_log
from erp_desktop.server.embedded.place import Place, ready_log

SUPERUSER = "postgres"
# Beyond the largest process number of any system: nobody.
_NOBODY = 2**31 - 1
_PORT_TAKEN = ("could not bind", "could not create any TCP/IP sockets")
# Backends of a killed server take a moment to notice.
_STILL_LEAVING = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What a server writes about itself in its data directory."""

    pid: int
    port: int


def conninfo(port: int, database: str, user: str, password: str | None) -> str:
    """Return a libpq connection string for a server on this machine."""
    return make_conninfo(host="127.0.0.1", port=port, dbname=database, user=user, password=password)


def find(place: Place) -> Postmaster | None:
    """Return the living server of this cluster, whoever started it."""
    try:
        lines = (place.cluster / "postmaster.pid").read_text().splitlines()
        found = Postmaster(int(lines[0]), int(lines[3]))
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return found if _is_server(found.pid, place.tag) else None


def answers(place: Place, server: Postmaster, *, timeout: float = 60) -> bool:
    """Tell whether `server` answers, waiting while it starts or recovers."""
    end = time.monotonic() + timeout
    while find(place) == server:
        if _asked(place, server.port):
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return False


def launch(place: Place) -> str:
    """Start the server; return nothing if it runs, or what it complains of."""
    _forget_stranger(place)
    ready_log(place)
    already = place.log.stat().st_size
    # No pipes: on Windows the server would inherit them and `pg_ctl` never seem to end.
    done = place.account.run(
        *(place.programs / "pg_ctl", "start", "-D", "cluster", "-l", place.log.name),
        *("-w", "-t", "600"),
        *("-o", f"--config-file=settings/postgresql.conf --cluster-name={place.tag}"),
        cwd=place.home,
        listen=False,
    )
    if done.returncode == 0:
        return ""
    with place.log.open("rb") as log:
        log.seek(already)
        return log.read().decode(errors="replace") or "pg_ctl start failed"


def stop(place: Place) -> None:
    """Stop the server that runs there, gently if it lets us."""
    for mode in ("fast", "immediate"):
        command = ("stop", "-D", "cluster", "-m", mode, "-t", "20")
        done = place.account.run(place.programs / "pg_ctl", *command, cwd=place.home)
        if done.returncode == 0 or find(place) is None:
            return
    raise from_log(done.stderr, place.home)


def is_port_taken(complaint: str) -> bool:
    """Tell whether another program took the port first."""
    return any(words in complaint for words in _PORT_TAKEN)


def is_still_leaving(complaint: str) -> bool:
    """Tell whether processes of a killed server are about to go."""
    return any(words in complaint for words in _STILL_LEAVING)


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _asked(place: Place, port: int) -> bool:
    # Whoever listens on that port now must prove that he knows the password, and not be told it.
    dsn = conninfo(port, "postgres", SUPERUSER, place.password)
    try:
        with psycopg.connect(dsn, connect_timeout=3, require_auth="scram-sha-256") as connection:
            row = connection.execute("show data_directory").fetchone()
    except psycopg.Error:
        return False
    return row is not None and Path(row[0]) == place.cluster


def _is_server(pid: int, tag: str) -> bool:
    if not sys.platform.startswith("linux"):
        return sys.platform == "win32" or _lives(pid)
    try:
        return tag.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _forget_stranger(place: Place) -> None:
    """Let PostgreSQL see that the process named in a stale file is not its own.

    After a restart of the machine that number may belong to any program, and PostgreSQL would
    refuse to start. The rest of the file stays: by it PostgreSQL finds surviving backends.
    """
    path = place.cluster / "postmaster.pid"
    if find(place) is not None or not path.exists():
        return
    with path.open("r+") as file:
        rest = file.read().split("\n", 1)[1:]
        file.seek(0)
        file.truncate()
        file.write("\n".join([str(_NOBODY), *rest]))
