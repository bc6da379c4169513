"""The ids of new documents: made once, so that an answer that was lost posts nothing twice.

What was typed into a new document and put aside comes back under the id that it had.
"""

from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.ui import memory


def new_argument(kind: str, **about: Any) -> dict[str, str]:
    """Return what the page of a new document is opened with.

    Args:
        kind: `invoice`, `credit_note` or `payment`.
        about: Ids of what it is about: `customer`, `original`, `invoice`, `credit_note`.
    """
    told = {name: str(value) for name, value in about.items() if value}
    key = "/".join((f"sales.new.{kind}", *told.values()))
    kept = memory.current().get(key)
    if not kept or memory.current().drafts.load(f"sales.{kind}/{kept}") is None:
        kept = str(uuid7())
        memory.current().set(key, kept)
    return {"new": kept, **told}


def id_in(wanted: Any, name: str) -> UUID | None:
    """Return an id that a page was opened with."""
    return UUID(str(wanted[name])) if wanted.get(name) else None


def page_of(kind: str, original_id: UUID | None) -> str:
    """Return the page that shows an invoice or a credit note."""
    if kind != "credit_note":
        return "sales.invoice"
    return "sales.credit_note" if original_id is not None else "sales.free_credit_note"
