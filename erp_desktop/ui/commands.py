"""What the palette offers: every page, the shell's own deeds, the modules' commands and finds."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from erp_desktop.core.i18n import N_, _
from erp_desktop.plugins.manifest import CommandEntry, Manifest
from erp_desktop.plugins.modules import Modules
from erp_desktop.ui import language
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.navigation import places_for
from erp_desktop.ui.pages import MODULES, PRINTERS, SYNC
from erp_desktop.ui.palette import Found, Provider
from erp_desktop.ui.top_bar import DENSITY_NAMES, ENTRIES, THEME_NAMES


class Deeds(Protocol):
    """What the window lets the palette do."""

    backend: Backend
    modules: Modules

    def open_page(self, page_id: str, argument: Any = None) -> Any:
        """Open a page."""

    def do(self, identity: str) -> None:
        """Do one of the window's own deeds."""

    def prefer(self, what: str, value: str) -> None:
        """Change the language, the theme or the row height."""


class Commands:
    """Collects what the palette offers, in the language of now."""

    def __init__(self, deeds: Deeds) -> None:
        self._deeds = deeds

    def everything(self) -> Sequence[Found]:
        """Return every page and every deed."""
        return [*self._pages(), *self._of_modules(), *self._own(), *self._preferences()]

    def providers(self) -> Sequence[Provider]:
        """Return what searches the data of the modules."""
        user = self._deeds.backend.user
        return [
            partial(self._search, manifest.id, entry.provider)
            for manifest, entry in self._deeds.modules.searches()
            if not entry.permission or user.may(entry.permission)
        ]

    def run(self, found: Found) -> None:
        """Do what was chosen."""
        if found.deed is not None:
            found.deed()
        elif found.page:
            self._deeds.open_page(found.page, found.argument)

    def _pages(self) -> Iterator[Found]:
        for place in places_for(self._deeds.backend.user, self._deeds.modules):
            yield Found(_(place.title), _(place.group), place.icon, page=place.id)
        if self._deeds.backend.workstation is not None:
            yield Found(_("Line to head office"), _("Page"), "cloud-sync-outline", page=SYNC)
            yield Found(_("Printers"), _("Page"), "printer-outline", page=PRINTERS)
        yield Found(_("Modules"), _("Page"), "puzzle-outline", page=MODULES)

    def _of_modules(self) -> Iterator[Found]:
        user = self._deeds.backend.user
        for manifest, entry in self._deeds.modules.commands():
            if not entry.permission or user.may(entry.permission):
                deed = partial(self._run, manifest, entry)
                yield Found(_(entry.title), _(manifest.title), entry.icon, deed=deed)

    def _own(self) -> Iterator[Found]:
        for identity, name, words in ENTRIES:
            if identity not in {"modules", "printers"}:
                yield Found(_(words), _("Program"), name, deed=partial(self._deeds.do, identity))

    def _preferences(self) -> Iterator[Found]:
        choices: tuple[tuple[str, str, str, dict[str, str]], ...] = (
            ("language", N_("Language"), "translate", language.NAMES),
            ("theme", N_("Theme"), "theme-light-dark", THEME_NAMES),
            ("density", N_("Row height"), "format-line-spacing", DENSITY_NAMES),
        )
        for what, title, picture, names in choices:
            for value, words in names.items():
                shown = words if what == "language" else _(words)
                deed = partial(self._deeds.prefer, what, value)
                yield Found(f"{_(title)}: {shown}", _("Program"), picture, deed=deed)

    def _run(self, manifest: Manifest, entry: CommandEntry) -> None:
        action: Callable[[Any], object] | None = self._deeds.modules.load(manifest.id, entry.action)
        if action is not None:
            action(self._deeds)

    async def _search(self, module: str, pointer: str, text: str) -> Sequence[Found]:
        provider: Callable[[Backend, str], Awaitable[Sequence[Found]]] | None
        provider = self._deeds.modules.load(module, pointer)
        return await provider(self._deeds.backend, text) if provider else ()
