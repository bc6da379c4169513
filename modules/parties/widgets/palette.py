"""What parties add to search and commands (Ctrl+K)."""

from collections.abc import Sequence

from erp_desktop.core.i18n import current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.palette import Found
from modules.parties.selectors import PartyFilter, PartyRow, list_parties

_MOST = 8


async def find_parties(backend: Backend, text: str) -> Sequence[Found]:
    """Return the customers and suppliers that a search means, best first."""
    rows = await backend.ask(list_parties, PartyFilter(kind="any", text=text, is_active=True))
    return [_found(row) for row in rows[:_MOST]]


def _found(row: PartyRow) -> Found:
    words = current()
    facts = (words.isolate(row.code), words.isolate(row.phone) if row.phone else "", row.city)
    return Found(
        title=row.named(words.language),
        note=" · ".join(filter(None, facts)),
        icon="account-outline" if row.is_customer else "truck-outline",
        page="parties.customer" if row.is_customer else "parties.supplier",
        argument=str(row.id),
    )
