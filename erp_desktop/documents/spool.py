"""What waits for a printer, kept on disk: nothing is lost when the program or the power dies.

Each document is a PDF with a small file beside it that says how far it got. Both are written whole
or not at all. A document that was on its way when the program died may have come out or not: only
somebody who looks at the printer knows, so it waits and says so.
"""

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import UserError
from erp_desktop.documents.errors import NoPrinterError, PrintInterruptedError
from erp_desktop.documents.files import inside, write_whole
from erp_desktop.documents.jobs import Job, JobState, read_job
from erp_desktop.documents.printers import Printer
from erp_desktop.documents.stamping import stamp

__all__ = ["Job", "JobState", "Spool"]

_KEPT = timedelta(days=35)


class Spool:
    """The queue of one workstation; one program at a time works on it.

    A printer that hangs holds up its own kind of document, and no other.
    """

    def __init__(self, folder: Path, printers: Mapping[str, Printer]) -> None:
        """Open the queue; `printers` says who takes which kind of document."""
        self._folder = folder
        self._printers = printers
        self._lock = threading.RLock()
        self._at_work: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
        folder.mkdir(parents=True, exist_ok=True)
        for draft in (*folder.glob(".*.part"), *folder.glob("*.marked.pdf")):
            draft.unlink()
        for job in self.jobs("printing"):
            self._fail(job, PrintInterruptedError())

    def use(self, printers: Mapping[str, Printer]) -> None:
        """Let others take the documents, from the next one on."""
        self._printers = printers

    def add(
        self, name: str, content: bytes, *, kind: str, at: datetime, opens_drawer: bool = False
    ) -> Job:
        """Queue a document; once this returns it survives a power cut."""
        job = Job(str(uuid7()), name, kind, at, opens_drawer=opens_drawer)
        with self._lock:
            write_whole(self._document(job), content)
            return self._keep(job)

    def jobs(self, *states: JobState) -> list[Job]:
        """Return what is in the queue, oldest first; only in `states` if any are named."""
        found = map(read_job, sorted(self._folder.glob("*.json")))
        return [job for job in found if not states or job.state in states]

    def job(self, job_id: str) -> Job:
        """Return a document as it is now."""
        return read_job(inside(self._folder, f"{job_id}.json"))

    def print_waiting(self, kind: str = "") -> list[Job]:
        """Print what is queued, of one kind or all, in order, and return how it went.

        A failure holds up nobody.
        """
        waiting = {job.kind: None for job in self.jobs("queued") if kind in {"", job.kind}}
        return [job for each in waiting for job in self._print_kind(each)]

    def again(self, job: Job) -> Job:
        """Queue a document once more, printed or not; its paper says if there may be one already.

        What is queued or on its way stays so.
        """
        with self._lock:
            now = self.job(job.id)
            if now.state in {"queued", "printing"}:
                return now
            queued = replace(now, state="queued", code="", details=None, opens_drawer=False)
            return self._keep(replace(queued, mark=now.next_mark))

    def set_aside(self, job: Job) -> Job:
        """Take a document out of the queue: its paper came out, or nobody needs it."""
        with self._lock:
            now = self.job(job.id)
            if now.state == "printing":
                return now
            return self._keep(replace(now, state="printed", code="", details=None))

    def sweep(self, now: datetime) -> None:
        """Forget what was printed long ago."""
        with self._lock:
            for job in self.jobs("printed"):
                if job.at < now - _KEPT:
                    self._note(job).unlink(missing_ok=True)
                    self._document(job).unlink(missing_ok=True)

    def _print_kind(self, kind: str) -> list[Job]:
        with self._at_work[kind]:
            return [self._print(job) for job in self.jobs("queued") if job.kind == kind]

    def _print(self, job: Job) -> Job:
        with self._lock:
            if self.job(job.id).state != "queued":
                return self.job(job.id)
            job = self._keep(replace(job, state="printing", attempts=job.attempts + 1))
        printer = self._printers.get(job.kind)
        if printer is None:
            return self._fail(job, NoPrinterError())
        marked = inside(self._folder, f"{job.id}.marked.pdf")
        try:
            path = self._document(job)
            if job.mark:
                write_whole(marked, stamp(path.read_bytes(), job.mark))
                path = marked
            printer.print(path, name=job.name, opens_drawer=job.opens_drawer)
        except UserError as error:
            return self._fail(job, error)
        except BaseException:
            self._fail(job, PrintInterruptedError())
            raise
        finally:
            marked.unlink(missing_ok=True)
        return self._keep(replace(job, state="printed"))

    def _fail(self, job: Job, error: UserError) -> Job:
        return self._keep(replace(job, state="failed", code=error.code, details=error.details))

    def _keep(self, job: Job) -> Job:
        write_whole(self._note(job), job.note())
        return job

    def _note(self, job: Job) -> Path:
        return inside(self._folder, f"{job.id}.json")

    def _document(self, job: Job) -> Path:
        return inside(self._folder, f"{job.id}.pdf")
