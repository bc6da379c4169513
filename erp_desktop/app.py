"""The composition root: the one place where everything meets.

The sign-in window is shown before anything heavy is imported; the rest comes while the user types.
"""

import asyncio
import logging
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QApplication

from erp_desktop.settings import ServerProfile, Settings, load_settings
from erp_desktop.ui import language, theme
from erp_desktop.ui.login import LoginWindow

if TYPE_CHECKING:
    from erp_desktop.entrance import Desk, Entrance
    from erp_desktop.plugins.modules import Modules
    from erp_desktop.ui.backend import Backend
    from erp_desktop.ui.main_window import Shell

_THREADS = 3


class Program:
    """One run of the program: sign-in window, then a shell for whoever is signed in.

    Attributes:
        login: The sign-in window.
        shell: The main window; none before somebody is signed in.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.login = LoginWindow(self, settings)
        self.shell: Shell | None = None
        self._threads = ThreadPoolExecutor(_THREADS, "erp")
        self._entrance: Entrance | None = None
        self._modules: Modules | None = None
        self._backend: Backend | None = None
        self._over: asyncio.Event | None = None
        self.login.signed_in.connect(self._on_signed_in)
        self.login.closed.connect(self._on_login_closed)

    async def main(self) -> None:
        """Show the sign-in window and stay until the last window closes."""
        self._over = asyncio.Event()
        self.login.show()
        await self.login.recall()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._prepare)
        await self._over.wait()
        self._leave_shell()
        await loop.run_in_executor(None, self._close)

    def quit(self) -> None:
        """Close the program."""
        if self._over is not None:
            self._over.set()

    async def sign_in(self, profile: ServerProfile, name: str, password: str) -> "Desk":
        """Open a desk: the `SignIn` of the sign-in window.

        Raises:
            UserError: Nobody may sign in so; the sentence says why.
        """
        loop = asyncio.get_running_loop()
        entrance = await loop.run_in_executor(self._threads, self._prepare)
        return await entrance.sign_in(profile, name, password)

    def _prepare(self) -> "Entrance":
        """Import what the shell needs, read the fonts for paper, find the modules; once."""
        from erp_desktop.core.errors import UserError  # noqa: PLC0415 - after the window is shown
        from erp_desktop.documents.fonts import fonts  # noqa: PLC0415
        from erp_desktop.entrance import Entrance  # noqa: PLC0415
        from erp_desktop.plugins.finding import find_modules  # noqa: PLC0415
        from erp_desktop.ui import main_window  # noqa: F401, PLC0415

        if self._entrance is None:
            # Without fonts everything but paper works; printing then says what is missing.
            with suppress(UserError):
                fonts()
                fonts(bold=True)
            self._modules = find_modules()
            sets = _replica_sets(self._modules)
            self._entrance = Entrance(self.settings, sets, self._threads)
        return self._entrance

    def _on_signed_in(self, desk: "Desk") -> None:
        from erp_desktop.ui.backend import Backend  # noqa: PLC0415 - known by now
        from erp_desktop.ui.main_window import Shell  # noqa: PLC0415
        from erp_desktop.ui.news_source import ServerNews  # noqa: PLC0415

        assert self._entrance is not None  # noqa: S101 - it has just let somebody in
        assert self._modules is not None  # noqa: S101
        backend = Backend(
            desk.database, desk.user, self._threads, desk.workstation, author=desk.author
        )
        backend.limits = self._modules.limits()
        if desk.workstation is None:
            backend.enrol_here = partial(self._enrol, desk)
        self._backend = backend
        self.shell = Shell(
            backend,
            self._modules,
            self.login.settings,
            unlock=partial(self._entrance.check, desk.user.login),
            notices=ServerNews(backend),
        )
        self.shell.signed_out.connect(self._on_signed_out)
        self.shell.closed.connect(self.quit)
        self.shell.show()
        self.login.hide()

    async def _enrol(self, desk: "Desk", name: str, branch_id: UUID) -> Any:
        assert self._entrance is not None  # noqa: S101 - a desk is open
        work = partial(self._entrance.enrol, desk, name=name, branch_id=branch_id)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _on_signed_out(self) -> None:
        self._leave_shell()
        language.use(self.login.settings.language, self.login.settings.country)
        self.login.show()

    def _on_login_closed(self) -> None:
        if self.shell is None:
            self.quit()

    def _leave_shell(self) -> None:
        shell, self.shell = self.shell, None
        if shell is not None:
            shell.hide()
            shell.deleteLater()
        if self._backend is not None:
            self._backend.close()
            self._backend.database.close()
        self._backend = None

    def _close(self) -> None:
        """Let what is on its way come to its end; what waits goes out at the next start."""
        if self._entrance is not None:
            self._entrance.close()
        self._threads.shutdown(wait=True, cancel_futures=True)


def _replica_sets(modules: "Modules") -> Sequence[Any]:
    loaded = [
        modules.load(manifest.id, replica.set)
        for manifest in modules.manifests
        for replica in manifest.replicas
    ]
    return [each for each in loaded if each is not None]


def make_application(settings: Settings) -> QApplication:
    """Return the one application object, dressed."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv)
    application.setApplicationName("erp-desktop")
    application.setQuitOnLastWindowClosed(False)
    theme.start(application, theme.Look(settings.theme))
    return application


def run(settings: Settings | None = None) -> int:
    """Open the window; return the exit code when it is closed."""
    chosen = settings or load_settings()
    application = make_application(chosen)
    logging.captureWarnings(capture=True)
    program = Program(chosen)
    program.login.show()
    application.processEvents()
    from erp_desktop.ui import loop  # noqa: PLC0415 - the window is there already

    loop.run(application, program.main())
    return 0
