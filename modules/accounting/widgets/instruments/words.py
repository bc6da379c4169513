"""What people call the kinds, states and steps of cheques and bills."""

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.parts import Tone
from modules.accounting.selectors.instruments import InstrumentRow

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
    "recovered": (N_("Settled at the bank"), "ok"),
    "issued": (N_("Written"), "warn"),
    "handed": (N_("Handed over"), "warn"),
    "paid": (N_("Paid by the bank"), "ok"),
    "rejected": (N_("Rejected"), "bad"),
    "stopped": (N_("Stopped (opposition)"), "bad"),
    "cancelled": (N_("Void"), ""),
}
# Each step and what it is called; deposits go by slip.
STEPS = {
    "cash": N_("Cashed"),
    "hand": N_("Hand over"),
    "pay": N_("Paid by the bank"),
    "reject": N_("Came back unpaid"),
    "represent": N_("Present again"),
    "withdraw": N_("Take back from the bank"),
    "endorse": N_("Endorse to a supplier"),
    "settle": N_("Settle in cash"),
    "recover": N_("Settle at the bank"),
    "return": N_("Give back"),
    "litigate": N_("Go to court"),
    "activate": N_("Take into the portfolio"),
    "stop": N_("Stop at the bank (opposition)"),
    "release": N_("Lift the stop"),
    "cancel": N_("Make void"),
}
# From which states each step leads on; accounting.instrument_steps is what counts.
FROM = {
    "cash": ("deposited", "discounted"),
    "hand": ("issued",),
    "pay": ("issued", "handed"),
    "reject": ("deposited", "discounted", "cashed", "endorsed", "issued", "handed", "paid"),
    "represent": ("unpaid", "rejected"),
    "withdraw": ("deposited",),
    "endorse": ("received",),
    "settle": ("received", "unpaid", "litigation", "rejected", "stopped"),
    "recover": ("received", "unpaid", "litigation", "rejected", "stopped"),
    "return": ("received", "guarantee", "unpaid"),
    "litigate": ("unpaid",),
    "activate": ("guarantee",),
    "stop": ("issued", "handed"),
    "release": ("stopped",),
    "cancel": ("issued", "handed", "rejected", "stopped"),
}
# Steps that move money at a bank, and those that may be about a part.
AT_BANK = frozenset({"cash", "pay", "reject", "recover"})
IN_PARTS = {
    "reject": N_("Of it the bank paid"),
    "settle": N_("Amount, empty for all"),
    "recover": N_("Amount, empty for all"),
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


def standing_words(row: InstrumentRow) -> str:
    """Return the state of a cheque or a bill, and what of it is left where a part was paid."""
    words = current()
    if not row.paid:
        return state_words(row.state)
    left = words.isolate(words.amount(row.rest, row.currency))
    return _("{state}, {amount} left").format(state=state_words(row.state), amount=left)
