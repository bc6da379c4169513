"""The modules of this program: what they offer, and the log of what failed."""

import logging
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from erp_desktop.core.i18n import N_
from erp_desktop.plugins.failures import FailedModule, Stage
from erp_desktop.plugins.manifest import (
    CommandEntry,
    Manifest,
    PageEntry,
    PaperEntry,
    ProgramEntry,
    SearchEntry,
)
from erp_desktop.plugins.resolving import resolve
from erp_desktop.plugins.roles import module_of_package

LOADING = N_(
    "“{module}” could not be loaded; everything else works. Update the module, or send the details "
    "to your administrator."
)
OPENING = N_(
    "This page of “{module}” could not be opened; everything else works. Try again, or send the "
    "details to your administrator."
)
WORKING = N_(
    "Something in “{module}” went wrong; everything else works. Send the details to your "
    "administrator if it happens again."
)
_MESSAGES: dict[Stage, str] = {"import": LOADING, "page": OPENING, "slot": WORKING}
_LONGEST_LOG = 200


class Modules:
    """Every module that works, in order, and every failure so far."""

    def __init__(self, manifests: Sequence[Manifest], failed: Sequence[FailedModule] = ()) -> None:
        self.manifests = tuple(manifests)
        self.failed = list(failed)
        self._lost: set[str] = set()
        self._listeners: list[Callable[[FailedModule], object]] = []

    def pages(self) -> Iterator[tuple[Manifest, PageEntry]]:
        """Return every page of every module that works, in order."""
        for manifest in self._working():
            for page in manifest.pages:
                yield manifest, page

    def commands(self) -> Iterator[tuple[Manifest, CommandEntry]]:
        """Return every command for the palette."""
        for manifest in self._working():
            for command in manifest.commands:
                yield manifest, command

    def searches(self) -> Iterator[tuple[Manifest, SearchEntry]]:
        """Return every provider for the palette."""
        for manifest in self._working():
            for entry in manifest.search:
                yield manifest, entry

    def programs(self) -> Iterator[tuple[Manifest, ProgramEntry]]:
        """Return every word that modules add to the command line."""
        for manifest in self._working():
            for entry in manifest.programs:
                yield manifest, entry

    def papers(self) -> Iterator[tuple[Manifest, PaperEntry]]:
        """Return what modules hand to an auditor as it was printed."""
        for manifest in self._working():
            for entry in manifest.papers:
                yield manifest, entry

    def deeds(self) -> dict[str, str]:
        """Return what commands are called, by their names without a version; marked `N_`."""
        return {
            name: title for manifest in self.manifests for name, title in manifest.deeds.items()
        }

    def limits(self) -> dict[str, str]:
        """Return how far a user may go alone: what can be limited, by name; marked `N_`."""
        return {
            name: title for manifest in self.manifests for name, title in manifest.limits.items()
        }

    def page(self, identity: str) -> tuple[Manifest, PageEntry] | None:
        """Return one page by its id."""
        return next((each for each in self.pages() if each[1].id == identity), None)

    def prepare(self) -> None:
        """Load each module's errors and permissions; a module that raises is failed."""
        for manifest in self.manifests:
            names = [manifest.errors or "", (manifest.permissions or "").partition(":")[0]]
            try:
                for name in filter(None, names):
                    import_module(name)
            except Exception as error:  # noqa: BLE001 - one broken module must not stop the others
                self._lost.add(manifest.id)
                self.fail(manifest.id, "import", error)

    def load(self, module: str, pointer: str) -> Any:
        """Return what a manifest points at, or None after noting why it could not be loaded."""
        try:
            return resolve(pointer)
        except Exception as error:  # noqa: BLE001 - one broken module must not stop the others
            self.fail(module, "import", error)
            return None

    def fail(self, module: str, stage: Stage, error: BaseException) -> FailedModule:
        """Note a failure, log it and tell those who listen."""
        failure = FailedModule.of(module, stage, _MESSAGES[stage], error)
        logging.getLogger(f"modules.{module}").error("failed: %s", stage, exc_info=error)
        self.failed.append(failure)
        del self.failed[:-_LONGEST_LOG]
        for listener in tuple(self._listeners):
            listener(failure)
        return failure

    def on_failure(self, listener: Callable[[FailedModule], object]) -> Callable[[], None]:
        """Call `listener` at each failure; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _working(self) -> Iterator[Manifest]:
        return (manifest for manifest in self.manifests if manifest.id not in self._lost)

    def lost(self) -> list[str]:
        """Return the modules that do not work at all, each once."""
        early = {each.module for each in self.failed if each.stage in {"manifest", "dependencies"}}
        return sorted(early | self._lost)


def module_behind(error: BaseException) -> str | None:
    """Return the module in whose code `error` was raised, if it was a module's."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        found = module_of_package(trace.tb_frame.f_globals.get("__name__", "")) or found
        trace = trace.tb_next
    return found
