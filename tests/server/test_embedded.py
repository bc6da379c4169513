"""The embedded server: it starts anywhere, lets nobody in without a password, and goes."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from erp_desktop.server import embedded
from erp_desktop.server.embedded import place, postmaster, programs

pytestmark = pytest.mark.database

VERSION = int(os.environ.get("ERP_TEST_PG", "18"))

# A program that uses the server in argv[1], says so, and goes on until it is killed.
PROGRAM = """
import sys, time
from pathlib import Path
from erp_desktop.server import embedded
server = embedded.start(Path(sys.argv[1]), version=int(sys.argv[2]), fast=True)
print(server.port, flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return an empty folder that the server's user can reach."""
    made = Path(tempfile.mkdtemp(prefix="erp-desktop-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def server() -> Iterator[embedded.Embedded]:
    """Return a server for the tests that only look at it."""
    with embedded.temporary(version=VERSION) as running:
        yield running


def start(folder: Path) -> embedded.Embedded:
    return embedded.start(folder, version=VERSION, fast=True)


def ask(dsn: str, sql: str) -> str:
    with psycopg.connect(dsn, autocommit=True, connect_timeout=3) as connection:
        cursor = connection.execute(sql)
        row = cursor.fetchone() if cursor.description else None
    return "" if row is None else str(row[0])


def is_up(dsn: str) -> bool:
    try:
        return ask(dsn, "select 1") == "1"
    except psycopg.OperationalError:
        return False


def wait_until_down(dsn: str) -> None:
    end = time.monotonic() + 20
    while is_up(dsn):
        assert time.monotonic() < end, "the server stays"
        time.sleep(0.05)


@contextlib.contextmanager
def program(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another program that uses the server of `folder`."""
    command = [sys.executable, "-c", PROGRAM, str(folder), str(VERSION)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert int(running.stdout.readline()) > 0
        yield running
        running.kill()


def keeper_of(folder: Path) -> int:
    words = f"keeper.py\0{folder}\0".encode()
    [pid] = [one for one in Path("/proc").glob("[0-9]*") if words in command_line(one)]
    return int(pid.name)


def command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("timezone", "UTC"),
        ("listen_addresses", "127.0.0.1"),
        ("lc_messages", "C"),
        ("password_encryption", "scram-sha-256"),
        ("idle_in_transaction_session_timeout", "20s"),
        ("deadlock_timeout", "200ms"),
        ("client_connection_check_interval", "5s"),
    ],
)
def test_it_runs_under_our_settings(server: embedded.Embedded, setting: str, value: str) -> None:
    assert ask(server.dsn(), f"show {setting}") == value


def test_it_is_the_version_asked_for(server: embedded.Embedded) -> None:
    assert server.version == VERSION
    assert ask(server.dsn(), "show server_version").startswith(str(VERSION))


def test_letters_with_accents_have_an_upper_case(server: embedded.Embedded) -> None:
    assert ask(server.dsn(), "select upper('é')") == "É"


@pytest.mark.parametrize("password", [None, "", "wrong", "postgres"])
def test_nobody_comes_in_without_the_password(
    server: embedded.Embedded, password: str | None
) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        ask(server.dsn(user="postgres", password=password), "select 1")


def test_its_password_is_proven_not_sent(server: embedded.Embedded) -> None:
    assert ask(server.dsn() + " require_auth=scram-sha-256", "select 1") == "1"


def test_the_local_socket_knows_only_the_owner_of_the_data(server: embedded.Embedded) -> None:
    socket_dsn = f"host={server.data / 'cluster'} port={server.port} user=postgres"

    if os.geteuid() == 0:
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            ask(socket_dsn, "select 1")
    else:
        assert ask(socket_dsn, "select 1") == "1"


def test_the_password_is_for_the_programs_user_alone(server: embedded.Embedded) -> None:
    secret = server.data / "password"

    assert secret.stat().st_mode & 0o777 == 0o600
    assert secret.stat().st_uid == os.geteuid()
    assert server.password not in repr(server)


def test_data_and_password_outlive_a_restart(folder: Path) -> None:
    with start(folder) as first:
        ask(first.dsn(), "create table kept as select 7 as seven")

    with start(folder) as second:
        assert ask(second.dsn(), "select seven from kept") == "7"
        assert second.password == first.password


def test_stop_stops(folder: Path) -> None:
    server = start(folder)
    server.stop()
    server.stop()

    assert not is_up(server.dsn())
    assert not (server.data / "cluster" / "postmaster.pid").exists()


def test_nothing_is_left_of_a_temporary_server() -> None:
    with embedded.temporary(version=VERSION) as server:
        assert is_up(server.dsn())

    assert not server.data.exists()


def test_a_second_start_joins_and_the_last_one_stops(folder: Path) -> None:
    first, second = start(folder), start(folder)
    assert first.port == second.port

    first.stop()
    assert is_up(second.dsn())

    second.stop()
    wait_until_down(second.dsn())


def test_two_servers_at_once_do_not_clash(folder: Path) -> None:
    started: list[embedded.Embedded] = []
    homes = [folder / "one", folder / "two"]
    folder.chmod(0o755)

    threads = [threading.Thread(target=lambda h=h: started.append(start(h))) for h in homes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({server.port for server in started}) == 2
    assert all(is_up(server.dsn()) for server in started)
    for server in started:
        server.stop()


def test_a_port_that_is_taken_meanwhile_is_no_harm(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as rival:
        taken = rival.getsockname()[1]
        free = postmaster.free_port()
        ports = iter([taken, free])
        monkeypatch.setattr(postmaster, "free_port", lambda: next(ports))

        with start(folder) as server:
            assert server.port == free


def test_a_killed_program_leaves_its_data_and_no_server(folder: Path) -> None:
    with program(folder) as killed:
        with start(folder) as mine:
            ask(mine.dsn(), "create table kept as select 7 as seven")
        killed.send_signal(signal.SIGKILL)
    wait_until_down(mine.dsn())

    with start(folder) as again:
        assert ask(again.dsn(), "select seven from kept") == "7"


def test_a_start_right_after_the_kill_waits_for_the_old_server(folder: Path) -> None:
    with program(folder) as killed:
        killed.send_signal(signal.SIGKILL)

    with start(folder) as again:
        assert is_up(again.dsn())


def test_an_orphan_without_program_and_keeper_is_adopted(folder: Path) -> None:
    with program(folder) as killed:
        os.kill(keeper_of(folder), signal.SIGKILL)
        killed.send_signal(signal.SIGKILL)

    with start(folder) as adopter:
        assert is_up(adopter.dsn())

    assert not is_up(adopter.dsn())


def test_a_killed_server_recovers_though_its_number_went_to_a_stranger(folder: Path) -> None:
    pid_file = folder / "cluster" / "postmaster.pid"
    with start(folder) as first:
        ask(first.dsn(), "create table kept as select 7 as seven")
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
        stale = pid_file.read_text()
    pid_file.write_text(f"{os.getpid()}\n" + stale.split("\n", 1)[1])

    with start(folder) as second:
        assert ask(second.dsn(), "select seven from kept") == "7"


def test_a_half_made_cluster_is_made_again(folder: Path) -> None:
    (folder / "lock-start").touch()
    (folder / "cluster.new").mkdir()
    (folder / "cluster.new" / "PG_VERSION").write_text("1")

    with start(folder) as server:
        assert is_up(server.dsn())


def test_a_folder_out_of_reach_is_replaced_by_one_within(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reachable = Path(tempfile.mkdtemp(prefix="erp-desktop-"))
    reachable.chmod(0o755)
    tmp_path.chmod(0o700)
    monkeypatch.setattr(place, "_SYSTEM", reachable)

    with start(tmp_path / "demo") as server:
        assert is_up(server.dsn())
        expected = reachable if os.geteuid() == 0 else tmp_path
        assert server.data.parent == expected
    shutil.rmtree(reachable)


def test_programs_out_of_reach_are_copied_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_CACHES", (folder / "cache",))

    copies = {programs._copied(embedded.binaries(18), 18) for _ in range(2)}

    assert len(copies) == 1
    initdb = subprocess.run([copies.pop() / "initdb", "--version"], check=True, capture_output=True)
    assert b" 18." in initdb.stdout
    assert len(list((folder / "cache").iterdir())) == 1
