"""Customers to choose from, with their telephone and what they owe."""

from collections.abc import Sequence
from typing import Any

from erp_desktop.core.i18n import current
from erp_desktop.core.links import LinkChoice
from modules.parties.api import PartyRow, find_parties_for_link


async def find_customers(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Return the active customers that a text means, best first."""
    return [_choice(row) for row in await find_parties_for_link(backend, text)]


def _choice(row: PartyRow) -> LinkChoice:
    words = current()
    facts = (words.isolate(row.phone) if row.phone else "", row.city)
    return LinkChoice(
        row.id, row.code, row.name, row.name_ar, " · ".join(filter(None, facts)), record=row
    )
