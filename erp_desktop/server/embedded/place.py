"""Where a server lives: a home of ours, with the cluster that belongs to the server's user.

home/               ours; the server's user may read it, and cannot change what is in it
  cluster/          PostgreSQL's data directory, of the server's user
  settings/         written anew at each start
  password          of the superuser, for us alone
  server.log
  lock-*            who starts, who uses, who keeps
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from erp_desktop.server.embedded import programs
from erp_desktop.server.embedded.account import Account, account_for, is_ours, is_root
from erp_desktop.server.embedded.errors import ForeignFolderError, OtherOwnerError

# For root, when the chosen folder lies where the server's user may not go.
_SYSTEM = Path("/var/lib/erp-desktop")
_LOG_LIMIT = 10_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A home, the user of its server and the programs that open it."""

    home: Path
    account: Account
    version: int
    programs: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def settings(self) -> Path:
        """The configuration that we write."""
        return self.home / "settings"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "server.log"

    @property
    def tag(self) -> str:
        """A name for this server that its process carries."""
        return f"erp-{_digest(self.home)}"

    @property
    def password(self) -> str:
        """The superuser's password, made on first use."""
        path = self.home / "password"
        if not path.exists():
            write(path, secrets.token_urlsafe(24))
        return path.read_text()


def open_place(data: Path, version: int) -> Place:
    """Return the place for `data`, its home made if it is new.

    Raises:
        ForeignFolderError: The folder holds something else.
        OtherOwnerError: The folder belongs to somebody else.
    """
    home = Path(data).expanduser().resolve()
    account = account_for(home / "cluster")
    if not account.reaches(home):
        home = _SYSTEM / f"{home.name}-{_digest(home)}"
        account = account_for(home / "cluster")
    _make_home(home, account)
    return Place(home, account, version, programs.reachable(version, account))


def write(path: Path, text: str) -> None:
    """Write a file that only we can read, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)


def ready_log(place: Place) -> None:
    """Make the log's file, or begin it anew when it has grown long."""
    if not place.log.exists() or place.log.stat().st_size > _LOG_LIMIT:
        write(place.log, "")
        place.account.give(place.log)


def _make_home(home: Path, account: Account) -> None:
    if home.is_dir():
        _check_home(home)
    for folder in reversed([one for one in (home, *home.parents) if not one.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
        # Under a strict umask the server's user could not pass through.
        if is_root():
            folder.chmod(0o755)
    account.share(home)


def _check_home(home: Path) -> None:
    if not is_ours(home):
        raise OtherOwnerError(data=home)
    if not (home / "lock-start").exists() and any(home.iterdir()):
        raise ForeignFolderError(data=home)


def _digest(home: Path) -> str:
    return hashlib.sha256(str(home).encode()).hexdigest()[:10]
