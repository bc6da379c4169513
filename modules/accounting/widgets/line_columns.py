"""Columns that grids of accounts share; their lines are frozen values with these attributes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn, LinkCell, TextCell
from modules.accounting.selectors import find_accounts, find_cost_centres, find_partners


async def accounts(backend: Backend, text: str) -> Sequence[LinkChoice]:
    """Find accounts that take entries."""
    found = await backend.ask(find_accounts, text)
    return [LinkChoice(each.id, each.code, each.name, each.name_ar) for each in found]


async def cost_centres(backend: Backend, text: str) -> Sequence[LinkChoice]:
    """Find cost centres."""
    found = await backend.ask(find_cost_centres, text)
    return [LinkChoice(each.key, each.key, each.name, each.name_ar) for each in found]


async def partners(backend: Backend, text: str) -> Sequence[LinkChoice]:
    """Find customers and suppliers."""
    found = await backend.ask(find_partners, text)
    return [LinkChoice(each.key, "", each.name, each.name_ar) for each in found]


def coded(choice: LinkChoice | None) -> str:
    """Write what is chosen by its code."""
    return current().isolate(choice.code) if choice else ""


def named(choice: LinkChoice | None) -> str:
    """Write what is chosen by its name."""
    return choice.named(current().language) if choice else ""


ACCOUNT: LineColumn[Any] = LineColumn(
    N_("Account"),
    lambda line: coded(line.account),
    width=90,
    value=lambda line: line.account,
    cell=LinkCell(accounts),
    put=lambda line, account: replace(line, account=account),
)
ACCOUNT_NAME: LineColumn[Any] = LineColumn(N_("Name"), lambda line: named(line.account))
LABEL: LineColumn[Any] = LineColumn(
    N_("Label"),
    lambda line: line.label,
    cell=TextCell(),
    put=lambda line, label: replace(line, label=label),
    is_passed=True,
)
PARTNER: LineColumn[Any] = LineColumn(
    N_("Partner"),
    lambda line: named(line.party),
    width=130,
    value=lambda line: line.party,
    cell=LinkCell(partners, shows="name"),
    put=lambda line, party: replace(line, party=party),
    is_passed=True,
)
COST_CENTRE: LineColumn[Any] = LineColumn(
    N_("Cost centre"),
    lambda line: coded(line.centre),
    width=135,
    value=lambda line: line.centre,
    cell=LinkCell(cost_centres, create="accounting.cost_centre"),
    put=lambda line, centre: replace(line, centre=centre),
    is_passed=True,
)
