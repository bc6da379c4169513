"""Reversing an entry: which day its mirror has, and what is said of it."""

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import DateField
from modules.accounting.entries import REVERSE_ENTRY
from modules.accounting.widgets.asking_one import Answered, ask_one

_HINT = N_("Empty: the day of the entry if it is open, else the first open one")


async def ask_reversal(parent: QWidget, number: str) -> Answered | None:
    """Ask whether and on which day an entry shall be reversed; no day leaves it to the ledger."""
    question = _("Reverse entry {number}?").format(number=current().isolate(number))
    field = DateField("on", N_("Date of the reversal"), hint=_HINT)
    return await ask_one(parent, question, _("Reverse"), field)


async def reverse_entry(backend: Backend, entry: UUID, on: date | None) -> str:
    """Reverse an entry and return the sentence to say."""
    payload = {"entry_id": str(entry), "on": on.isoformat() if on else None}
    result = (await backend.execute(REVERSE_ENTRY, payload)).result
    words = current()
    said = {
        "old": words.isolate(str(result["reverses"])),
        "number": words.isolate(str(result["number"])),
        "date": words.date(date.fromisoformat(str(result["dated_on"]))),
    }
    if result["is_moved"]:
        moved = N_(
            "{old} is reversed by {number}, on {date}: its own period takes nothing any more."
        )
        return words.say(moved).format(**said)
    return _("{old} is reversed by {number}, on {date}.").format(**said)
