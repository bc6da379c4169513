"""A file of invoice lines, read whole: its papers in their order, and what can be said of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.errors import FileEmptyError
from modules.sales.errors import NothingToBookError
from modules.sales.history.census import Census
from modules.sales.history.documents import Document, documents_of
from modules.sales.history.lines import Line, Rejected, read_line
from modules.sales.history.masters import Masters, masters_of
from modules.sales.history.originals import tie_returns
from modules.sales.history.reading import HistoryFile, open_history

Progress = Callable[[int, int, str], None]
_TOLD_EVERY = 5000


@dataclass(frozen=True, slots=True)
class History:
    """What a file holds, before anything is booked.

    Attributes:
        documents: In the order in which they will be booked.
        rejected: Lines that are on no document.
    """

    file: str
    sha256: str
    census: Census
    documents: list[Document]
    masters: Masters
    rejected: list[Rejected]

    def days(self) -> tuple[date, date]:
        """Return the day before the first document, on which stock is opened, and the last day."""
        first, last = self.documents[0], self.documents[-1]
        return first.at.date() - timedelta(days=1), last.at.date()


def read_history(path: Path, *, progress: Progress = lambda _done, _total, _doing: None) -> History:
    """Read a file to its end.

    Args:
        path: CSV, or CSV in xz, gzip or zip.
        progress: Told how many rows are read; may raise to end the reading.

    Raises:
        FileEmptyError: There is no line in it.
        NothingToBookError: None of its lines can be booked.
        UserError: It is not there, is damaged, or holds something else.
    """
    census = Census()
    rejected: list[Rejected] = []
    with open_history(path) as file:
        lines = list(_lines(file, census, rejected, progress))
    if not census.rows:
        raise FileEmptyError(file=path.name)
    progress(census.rows, census.rows, _(N_("Sorting the lines…")))
    papers, left_over = documents_of(lines)
    documents = tie_returns(papers)
    masters = masters_of(papers)
    if not documents:
        raise NothingToBookError(file=path.name)
    return History(path.name, file.sha256, census, documents, masters, [*rejected, *left_over])


def _lines(
    file: HistoryFile, census: Census, rejected: list[Rejected], progress: Progress
) -> Iterator[Line]:
    for raw in file.lines():
        line = read_line(raw)
        if isinstance(line, Rejected):
            rejected.append(line)
            census.add_rejected(line)
        else:
            census.add(line)
            yield line
        if not raw.row % _TOLD_EVERY:
            progress(raw.row, 0, _(N_("Reading the file…")))
