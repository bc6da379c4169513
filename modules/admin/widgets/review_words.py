"""How a flagged fact is worded, in the list and at its side."""

from erp_desktop.core.administration.selectors import ReviewRow
from erp_desktop.core.errors import from_code
from erp_desktop.core.i18n import _, current
from erp_desktop.ui.parts import Tone


def what_of(review: ReviewRow) -> str:
    """Return what a fact is called: its number, or its place in a journal."""
    if review.number or review.seq is None:
        return current().isolate(review.number or review.command)
    return current().isolate(f"{review.workstation} / {review.seq}")


def reason_of(review: ReviewRow) -> str:
    """Say why somebody has to look."""
    return from_code(review.code, review.details).sentence()


def state_of(review: ReviewRow) -> tuple[str, Tone]:
    """Return how far a review is, and its tone."""
    if review.resolved_at is not None:
        return _("Checked"), "ok"
    return (_("Not booked"), "bad") if review.is_parked else (_("To check"), "warn")
