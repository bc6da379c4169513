"""The tax return of whole months, with what stands in each box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.models import TaxReturn
from modules.accounting.permissions import Permission
from modules.accounting.returns import Box, BoxFigures, figures_of, fill

_DOCUMENTS = text("select * from accounting.tax_documents_v1(:first, :last, :codes)")


@dataclass(frozen=True, slots=True)
class BoxRow(Bilingual):
    """A box of the form.

    Attributes:
        kind: `head`, `line` or `sum`.
        account: The code of the account behind it, where there is one.
        taxes: Codes of the taxes that documents name for it.
        use: What is deducted in it: `goods`, `assets` or `other`; empty in other boxes.
    """

    code: str
    kind: str
    name: str
    name_ar: str
    base: Decimal
    tax: Decimal
    currency: str
    account: str = ""
    doubt: str = ""
    taxes: tuple[str, ...] = ()
    use: str = ""


@dataclass(frozen=True, slots=True)
class ShownReturn:
    """A return of whole months.

    Attributes:
        due: What is to be paid; what may be carried forward is negative.
        id: None while it is not declared.
        is_last: Whether it can be declared next, or taken back.
    """

    rows: tuple[BoxRow, ...]
    due: Decimal
    currency: str
    id: UUID | None = None
    declared_by: str = ""
    declared_at: datetime | None = None
    entry: str = ""
    is_last: bool = True


def get_return(ctx: Context, *, first_day: date, last_day: date) -> ShownReturn:
    """Return the form of whole months: as it was declared, or as the books are now.

    Raises:
        NotAllowedError: The user may not see the ledger.
        OtherBranchError: The user does not see every branch: a return is of the whole company.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told: dict[str, Any] = ctx.call("accounting.tax_return_v1", first_day, last_day)
    boxes = told["boxes"] or ()
    filled = fill(
        [Box(box["code"], box["kind"], box["base"], box["tax"]) for box in boxes],
        figures_of(told["figures"]),
    )
    rows = tuple(_row(box, filled[box["code"]], told) for box in boxes)
    moment = told["declared_at"]
    return ShownReturn(
        rows,
        Decimal(told["figures"]["due"]),
        told["currency"],
        UUID(told["id"]) if told["id"] else None,
        told["declared_by"] or "",
        datetime.fromisoformat(moment) if moment else None,
        told["entry"] or "",
        told["is_last"],
    )


@dataclass(frozen=True, slots=True)
class TaxDocument(Bilingual):
    """What a document says of one tax, in the company's currency.

    Attributes:
        document: `{"module", "kind", "id", "number"}`.
        name: Of the partner; empty where there is none, as on a ticket.
    """

    entry_id: UUID | None
    number: str
    dated_on: date | None
    document: Mapping[str, Any]
    name: str
    name_ar: str
    tax_code: str
    base: Decimal
    tax: Decimal
    currency: str


def list_tax_documents(
    ctx: Context, taxes: Sequence[str], *, first_day: date, last_day: date
) -> list[TaxDocument]:
    """Return the documents whose taxes a return declares; their sum is the box.

    Raises:
        NotAllowedError: The user may not see the ledger.
        OtherBranchError: The user does not see every branch.
    """
    ctx.require(Permission.VIEW_LEDGER)
    about = {"first": first_day, "last": last_day, "codes": list(taxes)}
    return ctx.rows(TaxDocument, _DOCUMENTS.bindparams(**about))


def next_month(ctx: Context) -> date | None:
    """Return the first day of the month that is to be declared next; None if none ever was."""
    ctx.require(Permission.VIEW_LEDGER)
    last = select(TaxReturn.ends_on).where(TaxReturn.undone_at.is_(None))
    ends = ctx.connection.execute(last.order_by(TaxReturn.ends_on.desc()).limit(1)).scalar()
    return None if ends is None else date(ends.year + ends.month // 12, ends.month % 12 + 1, 1)


def _row(box: Mapping[str, Any], figures: BoxFigures, told: Mapping[str, Any]) -> BoxRow:
    accounts: dict[str, str] = told["accounts"]
    return BoxRow(
        box["code"],
        box["kind"],
        box["name"],
        box["name_ar"],
        figures.base,
        figures.tax,
        told["currency"],
        _account(box["tax"], accounts) if box["kind"] == "line" else "",
        box["doubt"],
        codes_in(f"{box['base']} {box['tax']}"),
        box["tax"].removeprefix("deductible.") if box["tax"].startswith("deductible.") else "",
    )


def codes_in(formula: str) -> tuple[str, ...]:
    """Return the taxes that a formula names, such as `TVA19`, each once."""
    words = (word.removeprefix("-").partition(".") for word in formula.split())
    return tuple(dict.fromkeys(code for kind, _dot, code in words if kind in {"base", "tax"}))


def _account(formula: str, accounts: Mapping[str, str]) -> str:
    """Return the account on which what a formula names has moved."""
    word = formula.split(maxsplit=1)[0].removeprefix("-") if formula else ""
    kind, _dot, code = word.partition(".")
    if kind in {"tax", "unnamed"}:
        return accounts.get(f"tax_collected.{code}", accounts.get("tax_collected", ""))
    name = {"deductible": f"tax_deductible.{code}", "credit": "tax_credit"}.get(kind)
    return accounts.get(name or ("stamp_collected" if kind == "stamp" else ""), "")
