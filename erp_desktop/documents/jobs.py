"""One document on its way to paper, as the note beside it in the queue says."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from erp_desktop.core.errors import from_code
from erp_desktop.core.i18n import N_, _
from erp_desktop.documents.errors import PrintCutError, PrintInterruptedError

JobState = Literal["queued", "printing", "printed", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """One document on its way to paper.

    Attributes:
        name: What the user calls it, such as the number of a ticket.
        kind: What it is, and so which printer takes it: `receipt`, `a4`, `label`.
        code: Why it failed, as the code of a `UserError`, with its details.
        opens_drawer: Whether the cash drawer opens with it: the first time, never again.
        mark: What its next paper says at the top, because there may be one already.
    """

    id: str
    name: str
    kind: str
    at: datetime
    state: JobState = "queued"
    attempts: int = 0
    code: str = ""
    details: Mapping[str, Any] | None = None
    opens_drawer: bool = False
    mark: str = ""

    @property
    def trouble(self) -> str:
        """Why it was not printed, in the user's language; empty if nothing is wrong."""
        return from_code(self.code, self.details or {}).sentence() if self.code else ""

    @property
    def may_be_out(self) -> bool:
        """Whether some of it reached a printer before it failed."""
        return self.code in {PrintInterruptedError.code, PrintCutError.code}

    @property
    def next_mark(self) -> str:
        """What a repeat says; once there may be a paper, every further one says so."""
        if self.state == "printed":
            return _(N_("DUPLICATE"))
        return _(N_("MAY HAVE BEEN PRINTED BEFORE")) if self.may_be_out else self.mark

    def note(self) -> bytes:
        """Return what is kept beside the document."""
        content = asdict(self) | {"at": self.at.isoformat()}
        return json.dumps(content, ensure_ascii=False, default=str).encode()


def read_job(path: Path) -> Job:
    """Read the note of a document."""
    content = json.loads(path.read_bytes())
    return Job(**content | {"at": datetime.fromisoformat(content["at"])})
