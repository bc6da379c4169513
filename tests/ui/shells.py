"""A window with a module of sample pages, and all that it needs to be shown."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from erp_desktop.core.errors import SignInRefusedError
from erp_desktop.plugins.manifest import CommandEntry, Manifest, PageEntry, SearchEntry
from erp_desktop.plugins.modules import Modules
from erp_desktop.settings import Settings
from erp_desktop.ui.main_window import Shell
from erp_desktop.ui.notifications import Notice
from erp_desktop.workstation.link import Link, LinkState
from tests.fakes import FakeBackend, make_user


def page(name: str, factory: str, **more: Any) -> PageEntry:
    """Return a page of the sample module."""
    return PageEntry(
        id=f"sample.{name}", title=name.title(), factory=f"tests.ui.pages:{factory}", **more
    )


def sample() -> Modules:
    """Return a module with a page of each kind, and some that are broken."""
    manifest = Manifest(
        id="sample",
        title="Sample",
        pages=(
            page("orders", "OrderList", permission="sample.order.view"),
            page("form", "OrderForm", navigation=False),
            page("balance", "Balance", home_for=("accountant",), shortcut="Ctrl+3"),
            page("counter", "Counter", home_for=("cashier",)),
            page("secret", "OrderList", permission="sample.secret.view"),
            page("missing", "NoSuchPage"),
            page("broken", "Broken"),
            page("refused", "Refused", navigation=False),
        ),
        commands=(
            CommandEntry(id="sample.explode", title="Explode", action="tests.ui.pages:explode"),
        ),
        search=(SearchEntry(provider="tests.ui.pages:find_orders"),),
    )
    return Modules([manifest])


class Desk:
    """A workstation that is all shop window."""

    def __init__(self, folder: Path) -> None:
        self.link = Link(LinkState(online=True))
        self.folder = folder
        memory = SimpleNamespace(get=lambda _name: None)
        self.journal = SimpleNamespace(entries=lambda _limit: [], memory=memory)
        self.sync = None


class News:
    """One piece of news."""

    def __init__(self) -> None:
        self.notices = [
            Notice(1, "Stock is low", datetime(2026, 11, 20, tzinfo=UTC), "sample.form", "A-1")
        ]

    async def unread(self) -> list[Notice]:
        """Return the news."""
        return self.notices

    async def mark_read(self, ids: Any) -> None:
        """Forget them."""
        self.notices = [n for n in self.notices if n.id not in ids]


async def unlock(password: str) -> None:
    """Let in whoever knows the word."""
    await asyncio.sleep(0)
    if password != "sesame":
        raise SignInRefusedError


def make_shell(settings: Settings, *, role: str = "accountant", **options: Any) -> Shell:
    backend: Any = FakeBackend(user=make_user("sample.order.view"))
    object.__setattr__(backend.user, "roles", (role,))
    backend.workstation = Desk(settings.data_folder)
    return Shell(backend, sample(), settings, unlock=unlock, **options)


def give_up(shell: Shell) -> None:
    """Let the window close without asking what shall become of what is typed."""
    shell.leave()
    for tab in shell.tabs:
        setattr(tab.page, "unsaved", str)  # noqa: B010 - nothing is unsaved


def front(shell: Shell) -> Any:
    """Return the page in front."""
    tab = shell.tabs.current
    assert tab is not None
    return tab.page
