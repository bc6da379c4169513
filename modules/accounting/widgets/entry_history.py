"""What happened to an entry: who posted it, what it reverses and what reversed it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from erp_desktop.core.i18n import N_
from erp_desktop.ui.document_page import Happening


def history_of(told: Mapping[str, Any]) -> tuple[Happening, ...]:
    """Say who posted it, what it reverses and what reversed it."""
    at = datetime.fromisoformat(told["posted_at"])
    happened = [Happening(at, N_("Posted"), told["posted_by"])]
    if told.get("reverses"):
        happened.insert(
            0, Happening(at, N_("Reverses {number}"), values={"number": told["reverses"]})
        )
    if told.get("reversed_by"):
        number = {"number": told["reversed_by"]}
        happened.insert(0, Happening(at, N_("Reversed by {number}"), values=number))
    return tuple(happened)
