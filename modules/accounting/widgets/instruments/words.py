"""What people call the kinds, states and steps of cheques and bills."""

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.parts import Tone

KINDS = {"cheque": N_("Cheque"), "bill": N_("Bill")}
DIRECTIONS = {"received": N_("From a customer"), "issued": N_("To a supplier")}
STATES: dict[str, tuple[str, Tone]] = {
    "received": (N_("In portfolio"), ""),
    "guarantee": (N_("Kept as a guarantee"), ""),
    "deposited": (N_("At the bank"), "warn"),
    "discounted": (N_("Discounted"), "warn"),
    "cashed": (N_("Cashed"), "ok"),
    "endorsed": (N_("Endorsed"), "ok"),
    "unpaid": (N_("Bounced"), "bad"),
    "litigation": (N_("In litigation"), "bad"),
    "returned": (N_("Handed back"), ""),
    "settled": (N_("Settled in cash"), "ok"),
    "issued": (N_("To be presented"), "warn"),
    "paid": (N_("Paid by the bank"), "ok"),
    "rejected": (N_("Rejected"), "bad"),
}
# Each step and what it is called; deposits go by slip.
STEPS = {
    "cash": N_("Cashed"),
    "pay": N_("Paid by the bank"),
    "reject": N_("Came back unpaid"),
    "represent": N_("Present again"),
    "endorse": N_("Endorse to a supplier"),
    "settle": N_("Settle in cash"),
    "return": N_("Give back"),
    "litigate": N_("Go to court"),
    "activate": N_("Take into the portfolio"),
}
# From which states each step leads on; accounting.instrument_steps is what counts.
FROM = {
    "cash": ("deposited", "discounted"),
    "pay": ("issued",),
    "reject": ("deposited", "discounted", "cashed", "endorsed", "issued", "paid"),
    "represent": ("unpaid",),
    "endorse": ("received",),
    "settle": ("received", "unpaid", "litigation"),
    "return": ("received", "guarantee", "unpaid"),
    "litigate": ("unpaid",),
    "activate": ("guarantee",),
}
VERBS = {
    "register": N_("Registered"),
    "deposit": N_("Taken to the bank"),
    "discount": N_("Given for discount"),
    "undo": N_("Step taken back"),
    **STEPS,
}


def state_words(state: str) -> str:
    """Return what a state is called."""
    return _(STATES[state][0]) if state in STATES else state
