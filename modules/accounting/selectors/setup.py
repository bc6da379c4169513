"""What the accountant sets up once: templates, journals with their series, cost centres."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual, in_language
from erp_desktop.core.models import view
from modules.accounting.models import CostCentre
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """An entry that comes again; `next_on` is the day on which it falls due, if it does."""

    id: UUID
    version: int
    name: str
    journal: str
    journal_name: str
    journal_name_ar: str
    label: str
    branch: str
    total: Decimal
    currency: str
    every_months: int | None
    times: int
    is_automatic: bool
    is_active: bool
    next_on: date | None

    def journal_named(self, language: str) -> str:
        """Return the journal's name in a language."""
        return in_language(language, self.journal_name, self.journal_name_ar)

    def is_due(self, today: date) -> bool:
        """Whether a person may post it now."""
        return self.next_on is not None and self.next_on <= today


TEMPLATE_LIST: Any = view("accounting.entry_template_list", TemplateRow).c


def list_templates(ctx: Context) -> list[TemplateRow]:
    """Return the templates of the user's branches: what is due next first, then by name."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = TEMPLATE_LIST
    by_day = (columns.next_on.asc().nulls_last(), columns.name, columns.id)
    return ctx.rows(TemplateRow, select(*columns).order_by(*by_day))


@dataclass(frozen=True, slots=True)
class JournalRow(Bilingual):
    """A journal and the last number of each of its series, in words."""

    code: str
    name: str
    name_ar: str
    is_manual: bool
    is_active: bool
    series: str


JOURNAL_LIST: Any = view("accounting.journal_list", JournalRow).c


def list_journals(ctx: Context) -> list[JournalRow]:
    """Return every journal by code."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(JournalRow, select(*JOURNAL_LIST).order_by(JOURNAL_LIST.code))


@dataclass(frozen=True, slots=True)
class CostCentreRow(Bilingual):
    """A cost centre."""

    code: str
    version: int
    name: str
    name_ar: str
    is_active: bool


def list_cost_centres(ctx: Context) -> list[CostCentreRow]:
    """Return every cost centre by code."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = (
        CostCentre.code,
        CostCentre.version,
        CostCentre.name,
        CostCentre.name_ar,
        CostCentre.is_active,
    )
    return ctx.rows(CostCentreRow, select(*columns).order_by(CostCentre.code))
