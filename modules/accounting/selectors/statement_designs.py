"""Statements as they are designed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from modules.accounting.models import Statement
from modules.accounting.permissions import Permission
from modules.accounting.statement_designs import Design, DesignLine


@dataclass(frozen=True, slots=True)
class DesignRow(Bilingual):
    """A statement in the list of all: of the law, or of the company's own."""

    code: str
    name: str
    name_ar: str
    basis: str
    columns: str
    is_own: bool
    is_active: bool


def list_statement_designs(ctx: Context) -> list[DesignRow]:
    """Return every statement: the company's own first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    names = ("code", "name", "name_ar", "basis", "columns", "is_own", "is_active")
    query = select(*(getattr(Statement, name) for name in names))
    return ctx.rows(DesignRow, query.order_by(Statement.is_own.desc(), Statement.code))


@dataclass(frozen=True, slots=True)
class DesignSheet:
    """What the page of a design opens with.

    Attributes:
        version: None for a new one.
        accounts: Names in French and Arabic by code, without the classes.
    """

    design: Design
    version: int | None
    is_own: bool
    accounts: Mapping[str, tuple[str, str]]


def get_statement_design(ctx: Context, code: str = "") -> DesignSheet:
    """Return a statement as it is designed, or an empty one of the company's own.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is no such statement.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told: dict[str, Any] = ctx.call("accounting.statement_design_v1", code)
    accounts = {key: (name, name_ar) for key, (name, name_ar) in told["accounts"].items()}
    about = told["statement"]
    if about is None:
        if code:
            raise NotFoundError
        return DesignSheet(Design("", ""), None, is_own=True, accounts=accounts)
    names = ("code", "name", "name_ar", "basis", "columns", "is_active")
    lines = tuple(DesignLine(**line) for line in told["lines"])
    design = Design(**{name: about[name] for name in names}, lines=lines)
    return DesignSheet(design, about["version"], about["is_own"], accounts)
