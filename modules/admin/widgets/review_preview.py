"""A flagged fact at the side of the list: why it waits, what it says, and what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.core.administration.selectors import CommandDetails, ReviewRow
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.facts import Fact, Facts, scrolled, wrapped
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, chip, column, label, row, set_tone
from modules.admin.widgets.parts import moment
from modules.admin.widgets.readable import facts_of
from modules.admin.widgets.review_words import reason_of, state_of, what_of

_AUTHENTICITY = {
    "direct": N_("Sent directly, without a journal"),
    "unverified": N_("Not verified yet"),
    "verified": N_("Genuine"),
    "forged": N_("Forged"),
}
# What `core.retry_v1` notes; everything else was typed by somebody.
_NOTES = {"booked again": N_("Booked again")}


class ReviewPreview(QWidget):
    """Why, what, and the two deeds.

    Signals:
        booked: Somebody wants this review's fact booked again.
        resolved: Somebody has looked at this review, and notes this.
    """

    booked = Signal(object)
    resolved = Signal(object, str)

    def __init__(self, *, may_resolve: bool) -> None:
        super().__init__()
        self._shown: tuple[ReviewRow, CommandDetails] | None = None
        self._may_resolve = may_resolve
        self._what, self._why, self._state = wrapped("heading"), wrapped(), chip()
        self._facts, self._payload = Facts(), Facts()
        self.note = QLineEdit()
        follow(self.note, lambda: self.note.setPlaceholderText(_("What was found out and done")))
        self.book = button(N_("Book again"), self._on_book, icon="refresh")
        self.resolve = button(N_("Mark as checked"), self._on_resolve, icon="check")
        self.note.returnPressed.connect(self._on_resolve)
        self._lay_out()
        follow(self, self._show)

    def show_review(self, review: ReviewRow, command: CommandDetails) -> None:
        """Show a review instead of the one before; a note that was typed for another is gone."""
        if self._shown is None or self._shown[0].id != review.id:
            self.note.clear()
        self._shown = (review, command)
        self._show()

    def _lay_out(self) -> None:
        inside = QWidget()
        said = label(N_("What it says"), "caption")
        inside.setLayout(column(self._why, self._facts, said, self._payload, None))
        self._deeds = QWidget()
        self._deeds.setLayout(column(self.note, row(self.resolve, self.book, None)))
        head = row(self._what, self._state)
        head.setStretch(0, 1)
        self.setLayout(column(head, scrolled(inside), self._deeds))

    def _show(self) -> None:
        if self._shown is None:
            return
        review, command = self._shown
        words, tone = state_of(review)
        self._what.setText(what_of(review))
        self._why.setText(reason_of(review))
        self._state.setText(words)
        set_tone(self._state, tone)
        self._facts.show_facts(_facts(review, command))
        self._payload.show_facts(list(facts_of(command.payload)))
        self._deeds.setVisible(self._may_resolve and review.resolved_at is None)
        self.book.setVisible(review.is_parked)

    def _on_book(self) -> None:
        if self._shown is not None:
            self.booked.emit(self._shown[0])

    def _on_resolve(self) -> None:
        if self._shown is not None:
            self.resolved.emit(self._shown[0], self.note.text())


def _facts(review: ReviewRow, command: CommandDetails) -> list[Fact]:
    words = current()
    facts = [
        (_("Command"), words.isolate(review.command)),
        (_("User"), f"{review.actor} ({words.isolate(review.actor_login)})"),
        (_("Workstation"), words.isolate(review.workstation)),
        (_("Journal line"), "" if review.seq is None else words.number(review.seq)),
        (_("When"), moment(review.happened_at)),
        (_("Received"), moment(command.received_at)),
        (_("Signature"), _(_AUTHENTICITY.get(command.authenticity, ""))),
    ]
    if review.resolved_at is not None:
        checked = f"{moment(review.resolved_at)}  {review.resolved_by}"
        note = _(_NOTES[review.note]) if review.note in _NOTES else review.note
        facts += [(_("Checked"), checked), (_("Note"), note)]
    return facts
