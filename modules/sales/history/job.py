"""How a history is meant to be booked, and the documents that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.money import Currency
from modules.sales.history.cover import USUAL_SHARE, Opening, openings, unit_costs
from modules.sales.history.history import History
from modules.sales.history.ids import import_id

# So many products are opened with one entry.
OPENINGS = 500


@dataclass(frozen=True, slots=True)
class Options:
    """What the file does not say.

    Attributes:
        tax_code: Of every line; its rate is zero, for the file has no taxes.
        rate: What one unit of the file's currency is in the company's.
        share: What goods are taken to have cost, as a share of their lowest price; with it, an
            opening receipt covers what will be sold. None lets the stock go short.
    """

    tax_code: str
    rate: Decimal = Decimal(1)
    share: Decimal | None = USUAL_SHARE

    def as_json(self) -> dict[str, Any]:
        """Return what PostgreSQL keeps, and compares when the import goes on."""
        share = None if self.share is None else str(self.share.normalize())
        return {"tax_code": self.tax_code, "rate": str(self.rate.normalize()), "share": share}


@dataclass(frozen=True, slots=True)
class Job:
    """A history with its options, for one branch; ids are known once masters are written."""

    history: History
    options: Options
    branch_id: UUID
    currency: Currency
    unit_costs: Mapping[str, Decimal]
    openings: tuple[Opening, ...]
    products: dict[str, str] = field(default_factory=dict)
    customers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History, options: Options, branch_id: UUID, currency: Currency) -> "Job":
        """Return the job that follows from a file and its options."""
        share = options.share if options.share is not None else Decimal(0)
        costs = unit_costs(history.documents, share, options.rate, currency)
        covered = openings(history.documents, costs) if options.share is not None else []
        return cls(history, options, branch_id, currency, costs, tuple(covered))

    @property
    def id(self) -> UUID:
        """The import's id."""
        return import_id(self.history.sha256)

    @property
    def opening_documents(self) -> int:
        """How many documents bring in what was there."""
        return -(-len(self.openings) // OPENINGS)

    @property
    def documents(self) -> int:
        """How many documents there are in all."""
        return self.opening_documents + len(self.history.documents)

    @property
    def first_on(self) -> date:
        """The day of the opening, before the first document."""
        return self.history.days()[0]

    @property
    def last_on(self) -> date:
        """The day of the last document."""
        return self.history.days()[1]

    def as_json(self) -> dict[str, Any]:
        """Return what begins the import."""
        history = self.history
        return {
            "id": str(self.id),
            "branch_id": str(self.branch_id),
            "file": history.file,
            "sha256": history.sha256,
            "options": self.options.as_json(),
            "rows": history.census.rows,
            "value": str(history.census.value),
            "documents": self.documents,
            "first_on": self.first_on.isoformat(),
            "last_on": self.last_on.isoformat(),
        }
