"""Documents that were printed, as a module hands them on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    """A document that can be put on paper again as it was.

    Attributes:
        number: By which people know it.
        entry_id: The entry of the ledger that it was posted with, if it has one.
        by: The login that posted it.
    """

    id: UUID
    number: str
    entry_id: UUID | None
    by: str
    at: datetime | None
