"""What waits for a printer, kept on disk: nothing is lost when the program or the power dies.

Each document is a PDF with a small file beside it that says how far it got. Both are written whole
or not at all. A document that was on its way when the program died may have come out or not: only
somebody who looks at the printer knows, so it waits and says so.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import UserError, from_code
from erp_desktop.documents.errors import NoPrinterError, PrintInterruptedError
from erp_desktop.documents.files import inside, write_whole
from erp_desktop.documents.printers import Printer

JobState = Literal["queued", "printing", "printed", "failed"]

_KEPT = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Job:
    """One document on its way to paper.

    Attributes:
        name: What the user calls it, such as the number of a ticket.
        kind: What it is, and so which printer takes it: `receipt`, `a4`, `label`.
        code: Why it failed, as the code of a `UserError`, with its details.
    """

    id: str
    name: str
    kind: str
    at: datetime
    state: JobState = "queued"
    attempts: int = 0
    code: str = ""
    details: Mapping[str, Any] | None = None

    @property
    def trouble(self) -> str:
        """Why it was not printed, in the user's language; empty if nothing is wrong."""
        return from_code(self.code, self.details or {}).sentence() if self.code else ""


class Spool:
    """The queue of one workstation; one program at a time works on it."""

    def __init__(self, folder: Path, printers: Mapping[str, Printer]) -> None:
        """Open the queue; `printers` says who takes which kind of document."""
        self._folder = folder
        self._printers = printers
        self._lock = threading.RLock()
        folder.mkdir(parents=True, exist_ok=True)
        for draft in folder.glob(".*.part"):
            draft.unlink()
        for job in self.jobs("printing"):
            self._fail(job, PrintInterruptedError())

    def add(self, name: str, content: bytes, *, kind: str, at: datetime) -> Job:
        """Queue a document; once this returns it survives a power cut."""
        job = Job(str(uuid7()), name, kind, at)
        with self._lock:
            write_whole(self._document(job), content)
            return self._keep(job)

    def jobs(self, *states: JobState) -> list[Job]:
        """Return what is in the queue, oldest first; only in `states` if any are named."""
        found = map(_read, sorted(self._folder.glob("*.json")))
        return [job for job in found if not states or job.state in states]

    def print_waiting(self) -> list[Job]:
        """Print what is queued, in order, and return how it went; a failure holds up nobody."""
        with self._lock:
            return [self._print(job) for job in self.jobs("queued")]

    def again(self, job: Job) -> Job:
        """Queue a document once more, printed or not."""
        with self._lock:
            return self._keep(replace(job, state="queued", code="", details=None))

    def set_aside(self, job: Job) -> Job:
        """Take a document out of the queue: somebody saw that its paper came out."""
        with self._lock:
            return self._keep(replace(job, state="printed", code="", details=None))

    def sweep(self, now: datetime) -> None:
        """Forget what was printed long ago."""
        with self._lock:
            for job in self.jobs("printed"):
                if job.at < now - _KEPT:
                    self._note(job).unlink(missing_ok=True)
                    self._document(job).unlink(missing_ok=True)

    def _print(self, job: Job) -> Job:
        job = self._keep(replace(job, state="printing", attempts=job.attempts + 1))
        printer = self._printers.get(job.kind)
        if printer is None:
            return self._fail(job, NoPrinterError())
        try:
            printer.print(self._document(job), name=job.name)
        except UserError as error:
            return self._fail(job, error)
        except BaseException:
            self._fail(job, PrintInterruptedError())
            raise
        return self._keep(replace(job, state="printed"))

    def _fail(self, job: Job, error: UserError) -> Job:
        return self._keep(replace(job, state="failed", code=error.code, details=error.details))

    def _keep(self, job: Job) -> Job:
        note = asdict(job) | {"at": job.at.isoformat()}
        write_whole(self._note(job), json.dumps(note, ensure_ascii=False, default=str).encode())
        return job

    def _note(self, job: Job) -> Path:
        return inside(self._folder, f"{job.id}.json")

    def _document(self, job: Job) -> Path:
        return inside(self._folder, f"{job.id}.pdf")


def _read(path: Path) -> Job:
    note = json.loads(path.read_bytes())
    return Job(**note | {"at": datetime.fromisoformat(note["at"])})
