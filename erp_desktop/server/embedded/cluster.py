"""Making a cluster, and the settings it runs under."""

import shutil
import sys

from erp_desktop.server.embedded.errors import OtherVersionError, from_log
from erp_desktop.server.embedded.place import Place, write

# Unix refuses longer socket paths.
_SOCKET_PATH_LIMIT = 103

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "password_encryption": "scram-sha-256",
    # Short statements gain nothing from compiling them.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The program reads SQLSTATEs and constraint names; the log is for us.
    "lc_messages": "C",
    # A client that died must not hold its locks: RELIABILITY.md 2k.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "client_connection_check_interval": "5s",
    "idle_in_transaction_session_timeout": "20s",
    "deadlock_timeout": "200ms",
    "log_lock_waits": "on",
    "temp_file_limit": "2GB",
}
_FROM_17 = {"transaction_timeout": "60s"}
# For data that may be lost when the machine stops, never for a company's.
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "on"}


def ensure(place: Place, *, fast: bool) -> None:
    """Make the cluster unless it is there.

    Raises:
        OtherVersionError: It is there, of another version.
        ServerStartError: `initdb` refuses.
    """
    if not place.cluster.is_dir():
        _create(place, fast=fast)
    found = (place.cluster / "PG_VERSION").read_text().strip()
    if found != str(place.version):
        raise OtherVersionError(data=place.home, found=found, version=place.version)


def configure(place: Place, *, port: int, fast: bool) -> None:
    """Write the settings, who may connect and how."""
    place.settings.mkdir(mode=0o700, exist_ok=True)
    place.account.share(place.settings)
    for name, text in _files(place, port, fast=fast).items():
        write(place.settings / name, text)
        place.account.share(place.settings / name)


def _create(place: Place, *, fast: bool) -> None:
    new, secret = place.home / "cluster.new", place.home / "password.initdb"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    write(secret, place.password)
    for path in (new, secret):
        place.account.give(path)
    options = [*_locale(place.version), *(["--no-sync"] if fast else [])]
    done = place.account.run(
        place.programs / "initdb",
        *("--pgdata=cluster.new", "--username=postgres", f"--pwfile={secret.name}"),
        *("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", *options),
        cwd=place.home,
    )
    secret.unlink()
    if done.returncode != 0:
        shutil.rmtree(new, ignore_errors=True)
        raise from_log(done.stderr, place.home)
    new.rename(place.cluster)


def _locale(version: int) -> list[str]:
    # The same order and the same upper case on every machine, whatever its locale.
    if version >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8", "--lc-messages=C"]


def _files(place: Place, port: int, *, fast: bool) -> dict[str, str]:
    return {
        "postgresql.conf": _postgresql_conf(place, port, fast=fast),
        "pg_hba.conf": "".join(
            f"{line}\n"
            for line in (
                *(["local all postgres peer map=owner"] if _socket_folder(place) else []),
                "host all all 127.0.0.1/32 scram-sha-256",
                "host all all ::1/128 scram-sha-256",
            )
        ),
        "pg_ident.conf": f'owner "{place.account.name}" postgres\n',
    }


def _postgresql_conf(place: Place, port: int, *, fast: bool) -> str:
    settings = {
        **_SETTINGS,
        **(_FROM_17 if place.version >= 17 else {}),
        **(_FAST if fast else {}),
        "port": str(port),
        "cluster_name": place.tag,
        "unix_socket_directories": _socket_folder(place),
        "hba_file": str(place.settings / "pg_hba.conf"),
        "ident_file": str(place.settings / "pg_ident.conf"),
    }
    # What `initdb` found out about this machine holds, such as the kind of shared memory.
    found_out = "include '../cluster/postgresql.conf'\n"
    head = "# Written at each start. Settings of your own: ALTER SYSTEM.\n" + found_out
    return head + "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())


def _socket_folder(place: Place) -> str:
    """Return the folder of the local socket, which only the cluster's owner can enter."""
    folder = str(place.cluster)
    too_long = len(f"{folder}/.s.PGSQL.65535".encode()) > _SOCKET_PATH_LIMIT
    if sys.platform == "win32" or too_long or '"' in folder:
        return ""
    return f'"{folder}"'


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
