"""Faults in slots: noted under the module they belong to, told on the page in front."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from erp_desktop.plugins.modules import Modules, module_behind


class Guard:
    """Takes what nobody caught, as long as it is on duty."""

    def __init__(self, modules: Modules, tell: Callable[[BaseException], object]) -> None:
        """Note faults in `modules`, and `tell` the user."""
        self._modules = modules
        self._tell = tell
        self._before = sys.excepthook

    def start(self) -> None:
        """Go on duty: Qt hands what a slot raises to `sys.excepthook`."""
        self._before = sys.excepthook
        sys.excepthook = self.take

    def stop(self) -> None:
        """Go off duty."""
        sys.excepthook = self._before

    def take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Note a fault; only what is no fault at all goes on as before."""
        if not issubclass(kind, Exception):
            self._before(kind, error, trace)
            return
        module = module_behind(error)
        if module is None:
            logging.getLogger(__name__).error("a slot failed", exc_info=error)
        else:
            self._modules.fail(module, "slot", error)
        self._tell(error)
