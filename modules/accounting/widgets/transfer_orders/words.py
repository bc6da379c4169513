"""What people call the states of a transfer order."""

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.parts import Tone

STATES: dict[str, tuple[str, Tone]] = {
    "draft": (N_("Draft"), ""),
    "ordered": (N_("Given to the bank"), "warn"),
    "taken": (N_("Carried out"), "ok"),
    "cancelled": (N_("Cancelled"), "bad"),
}


def state_words(state: str) -> str:
    """Return what a state is called."""
    return _(STATES[state][0]) if state in STATES else state
