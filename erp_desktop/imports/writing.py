"""Writing what an import has read: chunk by chunk, all or nothing, and told how far it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from erp_desktop.core.i18n import _
from erp_desktop.imports.kinds import Progress

CHUNK = 500

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import has written."""

    created: int = 0
    changed: int = 0


def write_chunks(
    drafts: Sequence[D],
    write: Callable[[Sequence[D]], dict[str, int]],
    progress: Progress,
    doing: str,
) -> ImportReport:
    """Write all drafts and return how many were new and how many were changed.

    Args:
        drafts: What to write.
        write: Writes some of them: `{"created": 3, "changed": 2}`.
        progress: Told how many are written; may raise to end the work.
        doing: What is being done, marked `N_`.
    """
    report = ImportReport()
    for start in range(0, len(drafts), CHUNK):
        progress(start, len(drafts), _(doing))
        answer = write(drafts[start : start + CHUNK])
        report = ImportReport(
            report.created + answer["created"], report.changed + answer["changed"]
        )
    progress(len(drafts), len(drafts), _(doing))
    return report
