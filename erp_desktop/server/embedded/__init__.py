"""A real PostgreSQL that starts and stops with the program: for the demo, trials and tests.

`start` makes a data directory on first use and finds it again afterwards. Everybody proves a
password (SCRAM), except the operating-system user that owns the data, on the local socket. The
server goes when the last program that uses it is gone, even by `kill -9`: see `keeper`.
"""

from erp_desktop.server.embedded.errors import (
    DiskFullError,
    ForeignFolderError,
    MissingServerError,
    NoAccountError,
    OtherOwnerError,
    OtherVersionError,
    ServerStartError,
    UnwritableError,
)
from erp_desktop.server.embedded.programs import binaries
from erp_desktop.server.embedded.server import Embedded, start, temporary

__all__ = [
    "DiskFullError",
    "Embedded",
    "ForeignFolderError",
    "MissingServerError",
    "NoAccountError",
    "OtherOwnerError",
    "OtherVersionError",
    "ServerStartError",
    "UnwritableError",
    "binaries",
    "start",
    "temporary",
]
