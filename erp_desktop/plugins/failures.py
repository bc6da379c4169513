"""A module that failed: what it could not do, in words and in details to copy."""

import traceback
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from erp_desktop.core.i18n import N_, _

Stage = Literal["manifest", "dependencies", "import", "page", "slot"]

STAGES: dict[Stage, str] = {
    "manifest": N_("reading its manifest"),
    "dependencies": N_("finding what it requires"),
    "import": N_("loading"),
    "page": N_("opening a page"),
    "slot": N_("at work"),
}


@dataclass(frozen=True, slots=True)
class FailedModule:
    """One failure of one module.

    Attributes:
        message: Marked `N_`; `{module}` and other placeholders come from `facts`.
        details: What a developer needs; copied, never shown.
    """

    module: str
    stage: Stage
    message: str
    details: str
    facts: tuple[tuple[str, str], ...] = ()
    at: datetime | None = None

    @classmethod
    def of(
        cls, module: str, stage: Stage, message: str, error: BaseException, **facts: str
    ) -> "FailedModule":
        """Return the failure that `error` was."""
        details = "".join(traceback.format_exception(error))
        moment = datetime.now().astimezone()
        return cls(module, stage, message, details, tuple(facts.items()), moment)

    @property
    def sentence(self) -> str:
        """What happened and what to do, in the user's language."""
        return _(self.message).format(module=self.module, **dict(self.facts))

    @property
    def doing(self) -> str:
        """What the module was doing when it failed."""
        return _(STAGES[self.stage])
