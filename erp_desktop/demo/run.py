"""`erp-desktop demo`: a server, a worker, a company, and then the window or the guided day."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from erp_desktop.demo.company import (
    DATABASE,
    Demo,
    found_demo,
    open_stock,
    stock_products,
    welcome_customers,
)
from erp_desktop.demo.line import Line
from erp_desktop.demo.past import remember_past
from erp_desktop.server import embedded
from erp_desktop.settings import ServerProfile, Settings


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the demo runs on.

    Attributes:
        line: Between this program and the server; the guided day cuts it.
        settings: Of a computer that knows only this server.
    """

    demo: Demo
    line: Line
    settings: Settings


def run_demo(
    output: Path, *, guided: bool, country: str = "dz", takes_pictures: bool = True
) -> int:
    """Run the demo; return the exit code."""
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        guided = True
    with _stage(country) as stage:
        _say_who(stage.demo)
        if guided:
            from erp_desktop.demo.guide import guide  # noqa: PLC0415 - Qt, only when it is needed

            return guide(stage, output, takes_pictures=takes_pictures)
        from erp_desktop.app import run  # noqa: PLC0415

        _say(f"Wrote {welcome_customers(stage.demo)} customers into the address book.")
        _say(f"Put {stock_products(stage.demo)} products on sale, and booked their stock:")
        _say(f"entry {open_stock(stage.demo)}. This computer is the first till of the company.")
        past = remember_past(stage.demo)
        _say(f"Wrote the books of {past.months} months before this one.")
        _enrol(stage)
        return run(stage.settings)


@contextmanager
def _stage(country: str) -> Iterator[Stage]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="erp-demo-")))
        _say("Starting PostgreSQL …")
        server = stack.enter_context(embedded.start(home / "server"))
        _say("Founding the company …")
        demo = found_demo(server, country)
        stack.enter_context(_worker(demo, home / "worker.log"))
        line = stack.enter_context(Line(server.port))
        profile = ServerProfile(demo.name, "127.0.0.1", line.port, DATABASE)
        folders = home / "config", home / "data"
        settings = Settings(*folders, (profile,), profile=demo.name, country=demo.country)
        yield Stage(demo, line, settings)


def _enrol(stage: Stage) -> None:
    """Make this computer a till, as the branch manager would on the page of workstations."""
    from erp_desktop.entrance import Entrance  # noqa: PLC0415 - only for the window

    (profile,) = stage.settings.profiles
    with (
        ThreadPoolExecutor(1) as threads,
        closing(Entrance(stage.settings, (), threads)) as entrance,
    ):
        password = stage.demo.users["karim"].password
        desk = asyncio.run(entrance.sign_in(profile, "karim", password))
        entrance.enrol(desk, name="Caisse 1", branch_id=desk.user.branch.id)
        desk.database.close()


@contextmanager
def _worker(demo: Demo, log: Path) -> Iterator[None]:
    """A worker of the demo's own, in a process of its own, as at head office."""
    environment = os.environ | {"ERP_DSN": demo.worker_dsn()}
    command = [sys.executable, "-m", "erp_desktop", "worker", "--attached"]
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - ourselves
            command, env=environment, stdin=subprocess.PIPE, stdout=output, stderr=output
        ) as worker,
    ):
        # Leaving the block closes the pipe; so does whatever ends this program.
        yield
        worker.terminate()


def _has_display() -> bool:
    """Whether there is a screen; a platform that is chosen by hand counts as one."""
    if sys.platform != "linux":
        return True
    wanted = ("DISPLAY", "WAYLAND_DISPLAY")
    return any(os.environ.get(name) for name in wanted) and (
        os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    )


def _say_who(demo: Demo) -> None:
    _say(f"\nWho works at {demo.name} (name · password · role):")
    for user in demo.users.values():
        _say(f"  {user.login:<8} {user.password:<16} {', '.join(user.roles)}  ({user.name})")
    _say(f'Another terminal reaches it with --dsn "{demo.reach()}" and the password.\n')


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
