"""Booking a history: every step is one transaction, and may be taken again after a power cut."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.sales.errors import TaxNotZeroError
from modules.sales.history.codes import is_service
from modules.sales.history.ids import record_id
from modules.sales.history.job import Job
from modules.sales.history.masters import WALK_IN, CustomerDraft, ProductDraft
from modules.sales.history.payloads import Ahead
from modules.sales.permissions import Permission

_CHUNK = 500
# What the products of a history are counted in, and what its papers speak.
_UNIT, _LANGUAGE = "PCE", "en"


@dataclass(frozen=True, slots=True)
class TaxChoice(Bilingual):
    """A tax code whose rate is zero on the days of a history."""

    code: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far an import is; rows and values are the file's, the amount is the company's.

    Attributes:
        documents: How many there are; `done` of them are booked or rejected.
    """

    id: UUID
    state: str
    branch_id: UUID
    options: Mapping[str, Any]
    documents: int
    done: int
    rows: int
    value: Decimal
    booked_rows: int
    booked_value: Decimal
    booked_amount: Decimal
    rejected_rows: int
    rejected_value: Decimal

    @property
    def rows_done(self) -> int:
        """How many rows are booked or rejected."""
        return self.booked_rows + self.rejected_rows

    @property
    def is_done(self) -> bool:
        """Whether every row is told."""
        return self.state == "done"

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ImportState":
        """Read what PostgreSQL answers."""
        told = {name: row[name] for name in cls.__dataclass_fields__}
        for name in ("value", "booked_value", "booked_amount", "rejected_value"):
            told[name] = Decimal(str(row[name]))
        return cls(**told | {name: UUID(row[name]) for name in ("id", "branch_id")})


@dataclass(frozen=True, slots=True)
class Setting:
    """What the company says of a history: its currency, its taxes of zero, and how far it is."""

    currency: str
    taxes: tuple[TaxChoice, ...]
    state: ImportState | None

    def usual_tax(self) -> TaxChoice:
        """Return the first tax of zero.

        Raises:
            TaxNotZeroError: The company has none on those days.
        """
        if not self.taxes:
            raise TaxNotZeroError(tax="—")
        return self.taxes[0]


@dataclass(frozen=True, slots=True)
class Loss:
    """How many rows are not booked for one reason, of the file or of PostgreSQL.

    Attributes:
        details: What the reason speaks of, in the first such document.
    """

    reason: str
    rows: int
    value: Decimal
    details: Mapping[str, Any] = field(default_factory=dict)


Step: TypeAlias = Callable[[Context], Any]


def get_setting(ctx: Context, import_id: UUID, first_on: date, last_on: date) -> Setting:
    """Return what the company says of a history.

    Raises:
        NotAllowedError: The user may not import histories.
    """
    ctx.require(Permission.HISTORY_IMPORT)
    told = ctx.call("sales.history_setting_v1", import_id, first_on, last_on)
    taxes = tuple(TaxChoice(**each) for each in told["taxes"])
    state = ImportState.of(told["import"]) if told["import"] else None
    return Setting(told["currency"], taxes, state)


def list_losses(ctx: Context, import_id: UUID) -> list[Loss]:
    """Return why rows of a file are not booked, the most frequent first."""
    ctx.require(Permission.HISTORY_IMPORT)
    return ctx.table("sales.import_reasons_v1", Loss, import_id=import_id)


def booking(job: Job) -> Generator[Step, Any, ImportState]:
    """Yield one step after the other, each for a transaction; expect what it returned.

    Whoever begins again goes on where the last transaction was committed.
    """
    state: ImportState = yield partial(open_import, job=job)
    if state.is_done:
        return state
    yield partial(write_masters, job=job)
    yield partial(reject_rows, job=job)
    with closing(Ahead(job)) as ahead:
        while state.done < state.documents:
            state = yield partial(book_next, ahead=ahead, place=state.done)
    state = yield partial(finish_import, job=job)
    return state


def open_import(ctx: Context, job: Job) -> ImportState:
    """Begin an import, or go on with it.

    Raises:
        NotAllowedError: The user may not import histories.
        ImportDiffersError: It was begun with other options.
        TaxNotZeroError: The tax code has a rate, or none, on one of the days.
        OtherBranchError: The branch is not one of the user's.
    """
    ctx.require(Permission.HISTORY_IMPORT)
    return ImportState.of(ctx.call("sales.open_import_v1", job.as_json()))


def write_masters(ctx: Context, job: Job) -> None:
    """Create the products and customers that are not there yet, and learn the ids of all."""
    masters = job.history.masters
    for chunk in _chunks([_product(job, each) for each in masters.products.values()]):
        _learn(job, ctx.call("sales.import_masters_v1", job.id, chunk, []))
    customers = [_walk_in(job), *(_customer(job, each) for each in masters.customers.values())]
    for chunk in _chunks(customers):
        _learn(job, ctx.call("sales.import_masters_v1", job.id, [], chunk))


def reject_rows(ctx: Context, job: Job) -> None:
    """Note the rows that are on no document."""
    rejected = [
        {**each._asdict(), "number": each.invoice, "value": str(each.value)}
        for each in job.history.rejected
    ]
    for chunk in _chunks(rejected):
        ctx.call("sales.reject_rows_v1", job.id, chunk)


def book_next(ctx: Context, ahead: Ahead, place: int) -> ImportState:
    """Book the next documents from a place on."""
    batch = ahead.batch(place)
    return ImportState.of(ctx.call("sales.import_documents_v1", ahead.job.id, batch))


def finish_import(ctx: Context, job: Job) -> ImportState:
    """End an import whose rows are all booked or rejected."""
    return ImportState.of(ctx.call("sales.finish_import_v1", job.id))


def _chunks(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk


def _learn(job: Job, ids: Mapping[str, Mapping[str, str]]) -> None:
    job.products.update(ids["products"])
    job.customers.update(ids["customers"])


def _product(job: Job, draft: ProductDraft) -> dict[str, Any]:
    return {
        "id": str(record_id(job.id, "product", draft.code)),
        "code": draft.code,
        "name": draft.name,
        "unit": _UNIT,
        "tax_code": job.options.tax_code,
        "price": str(max(draft.price * job.options.rate, Decimal(0))),
        "kind": "service" if is_service(draft.code) else "goods",
        "metadata": {"import": str(job.id)},
    }


def _customer(job: Job, draft: CustomerDraft) -> dict[str, Any]:
    return {
        "id": str(record_id(job.id, "customer", draft.code)),
        "code": draft.code,
        "name": f"Client {draft.code}",
        "name_ar": f"زبون {draft.code}",
        "country": draft.country,
        "document_language": _LANGUAGE,
        "metadata": {"import": str(job.id)},
    }


def _walk_in(job: Job) -> dict[str, Any]:
    return {
        "id": str(record_id(job.id, "customer", WALK_IN)),
        "code": WALK_IN,
        "name": "Clients de passage",
        "name_ar": "زبائن عابرون",
        "document_language": "fr",
        "metadata": {"import": str(job.id)},
    }
