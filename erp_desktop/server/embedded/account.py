"""Whose hands the server runs in: PostgreSQL refuses root, so root borrows a humbler user."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from erp_desktop.server.embedded.errors import NoAccountError

if sys.platform != "win32":
    import pwd

# Debian's PostgreSQL package makes the first; every Unix has the second.
_HUMBLE = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that owns the cluster and runs the server; numbers only if it is not us."""

    name: str
    uid: int | None = None
    gid: int | None = None

    def run(
        self, *command: str | Path, cwd: Path, listen: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run `command` as this user in `cwd`, with no input and a neutral environment."""
        output = subprocess.PIPE if listen else subprocess.DEVNULL
        return subprocess.run(  # noqa: S603  # our own binaries with our own arguments
            [str(part) for part in command],
            cwd=cwd,
            env=neutral_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            errors="replace",
            check=False,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )

    def can_run(self, program: Path) -> bool:
        """Tell whether this user reaches `program` and may execute it."""
        try:
            return self.run(program, "--version", cwd=Path("/")).returncode == 0
        except PermissionError:
            return False

    def reaches(self, folder: Path) -> bool:
        """Tell whether this user may pass through the nearest existing parent of `folder`."""
        parent = next(one for one in folder.parents if one.exists())
        if self.uid is None or not parent.is_dir():
            return True
        return self.run("test", "-x", parent, cwd=Path("/")).returncode == 0

    def give(self, path: Path) -> None:
        """Hand `path` over to this user."""
        if sys.platform != "win32" and self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def share(self, path: Path) -> None:
        """Keep `path` ours, and let this user read it; nobody else may."""
        mode = 0o700 if path.is_dir() else 0o600
        if sys.platform != "win32" and self.gid is not None:
            os.chown(path, 0, self.gid, follow_symlinks=False)
            mode |= 0o050 if path.is_dir() else 0o040
        path.chmod(mode)


def neutral_environment() -> dict[str, str]:
    """Return our environment without libpq's variables and in the C locale."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def is_ours(path: Path) -> bool:
    """Tell whether `path` belongs to the user that we are."""
    return sys.platform == "win32" or path.stat().st_uid == os.geteuid()


def is_root() -> bool:
    """Tell whether we are root, as whom PostgreSQL refuses to run."""
    return sys.platform != "win32" and os.geteuid() == 0


if sys.platform == "win32":

    def account_for(_cluster: Path) -> Account:
        """Return ourselves: `pg_ctl` gives up an administrator's rights by itself."""
        return Account(os.environ.get("USERNAME", ""))

else:

    def account_for(cluster: Path) -> Account:
        """Return the user that runs the server of `cluster`: its owner, or whom we choose."""
        if not is_root():
            return Account(_name_of(os.geteuid()))
        if cluster.is_dir():
            return _borrowed(_name_of(cluster.stat().st_uid))
        named = {user.pw_name for user in pwd.getpwall()}
        return _borrowed(next((name for name in _HUMBLE if name in named), _HUMBLE[-1]))

    def _name_of(uid: int) -> str:
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError as error:
            raise NoAccountError from error

    def _borrowed(name: str) -> Account:
        try:
            user = pwd.getpwnam(name)
        except KeyError as error:
            raise NoAccountError from error
        return Account(name, user.pw_uid, user.pw_gid)
