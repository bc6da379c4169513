"""Making pages: the modules' by their manifests, and the shell's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from erp_desktop.core.errors import NotAllowedError, UserError
from erp_desktop.core.i18n import N_
from erp_desktop.plugins.manifest import Manifest, PageEntry
from erp_desktop.plugins.modules import Modules
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.failed_page import FailedPage, RefusedPage
from erp_desktop.ui.modules_page import ModulesPage
from erp_desktop.ui.page import Page
from erp_desktop.ui.printers_page import PrintersPage
from erp_desktop.ui.sync_page import SyncPage

SYNC, PRINTERS, MODULES = "core.sync", "core.printers", "core.modules"


@dataclass(frozen=True, slots=True)
class Made:
    """A page and its title, marked `N_`."""

    page: Page
    title: str


class Maker:
    """Makes pages; one that fails is a page that says so."""

    def __init__(self, backend: Backend, modules: Modules) -> None:
        self._backend = backend
        self._modules = modules

    def knows(self, page_id: str) -> bool:
        """Whether there is such a page for this user."""
        if page_id in {SYNC, PRINTERS}:
            return self._backend.workstation is not None
        found = self._modules.page(page_id)
        return page_id == MODULES or (found is not None and self._may_open(found[1]))

    def make(self, page_id: str, retry: Callable[[], object]) -> Made:
        """Return a page, or the page that says why it could not be made.

        Raises:
            NotAllowedError: The user may not open it, or there is no such page.
        """
        if page_id == SYNC and self._backend.workstation is not None:
            return Made(SyncPage(self._backend, self._modules.deeds()), N_("Line to head office"))
        if page_id == PRINTERS and self._backend.workstation is not None:
            return Made(PrintersPage(self._backend), N_("Printers"))
        if page_id == MODULES:
            return Made(ModulesPage(self._modules), N_("Modules"))
        found = self._modules.page(page_id)
        if found is None or not self._may_open(found[1]):
            raise NotAllowedError(permission=found[1].permission if found else page_id)
        manifest, entry = found
        return Made(self._make(manifest, entry, retry), entry.title)

    def home(self) -> str | None:
        """Return the page that fits the user's role: the first one that is a home for it."""
        mine = set(self._backend.user.roles)
        allowed = [entry for _module, entry in self._modules.pages() if self._may_open(entry)]
        homes = [entry.id for entry in allowed if mine & set(entry.home_for)]
        first = [entry.id for entry in allowed if entry.navigation]
        return next(iter([*homes, *first]), None)

    def _may_open(self, entry: PageEntry) -> bool:
        return not entry.permission or self._backend.user.may(entry.permission)

    def _make(self, manifest: Manifest, entry: PageEntry, retry: Callable[[], object]) -> Page:
        factory: Any = self._modules.load(manifest.id, entry.factory)
        if factory is None:
            return FailedPage(self._modules.failed[-1], retry)
        try:
            page = factory(self._backend)
        except UserError as refusal:
            return RefusedPage(refusal, retry)
        except Exception as error:  # noqa: BLE001 - one broken page must not stop the others
            return FailedPage(self._modules.fail(manifest.id, "page", error), retry)
        if not isinstance(page, Page):
            wrong = TypeError(f"{entry.factory} made no Page")
            return FailedPage(self._modules.fail(manifest.id, "page", wrong), retry)
        page.broke.connect(lambda error: self._modules.fail(manifest.id, "slot", error))
        return page
