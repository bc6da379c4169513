"""Documents as they were printed, for the package of the auditor: other modules render their own.

A module names them in its manifest (`[[papers]]`); accounting knows none of them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import _
from erp_desktop.documents.archived import ArchivedPaper
from erp_desktop.documents.files import safe_name
from erp_desktop.imports.kinds import Progress
from erp_desktop.plugins.finding import find_modules
from erp_desktop.plugins.manifest import PaperEntry
from erp_desktop.plugins.resolving import resolve
from modules.accounting.models import Entry

FOLDER = "papers"
# Returns the name under which a file stands, and its digest.
Add = Callable[[str, bytes], tuple[str, str]]
Row = tuple[Any, ...]


def write_papers(ctx: Context, add: Add, year: int, progress: Progress) -> Iterator[Row]:
    """Render every paper of a year that the user may see, one at a time; yield a row of each.

    Args:
        ctx: The transaction to read in: all papers are as of its moment.
        add: Keeps one file.
        year: In which the documents were issued.
        progress: Told before each; what it raises ends the work.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    for manifest, entry in find_modules().papers():
        if ctx.user.may(entry.permission) and ctx.may_be(manifest.id):
            yield from _of_module(ctx, manifest.id, entry, add, year, progress)


def _of_module(
    ctx: Context, module: str, entry: PaperEntry, add: Add, year: int, progress: Progress
) -> Iterator[Row]:
    numbers = _entry_numbers(ctx, year)
    render: Callable[[Context, UUID], bytes] = resolve(entry.render)
    with ctx.as_module(module) as own:
        papers: list[ArchivedPaper] = resolve(entry.listing)(own, year)
        for done, paper in enumerate(papers):
            progress(done, len(papers), _(entry.title))
            content = render(own, paper.id)
            wanted = safe_name(paper.number.replace("/", "-"), ".pdf")
            name, digest = add(f"{FOLDER}/{wanted}", content)
            number = numbers.get(paper.entry_id, "") if paper.entry_id else ""
            at = paper.at.isoformat() if paper.at else ""
            yield (number, paper.number, name, len(content), digest, paper.by, at)


def _entry_numbers(ctx: Context, year: int) -> dict[UUID, str]:
    days = (date(year, 1, 1), date(year, 12, 31))
    query = select(Entry.id, Entry.number).where(Entry.dated_on.between(*days))
    return {row.id: row.number for row in ctx.connection.execute(query)}
