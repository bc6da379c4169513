"""The bar beneath the list: what is marked, what is left of it, and what can be done with it."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QFrame, QSizePolicy

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import Tone, button, chip, kind, label, row, set_tone
from modules.accounting.widgets.matching.lines import Marked

keys.declare(
    ("matching.mark", N_("Mark a line to be matched"), "Space"),
    ("matching.match", N_("Match the marked lines"), "Return"),
)
_NOTHING = Marked(0, Decimal(0), Decimal(0))


class DifferenceBar(QFrame):
    """Debits, credits and difference of the marked lines, as they are marked."""

    def __init__(self, match: Callable[[], object], write_off: Callable[[], object] | None) -> None:
        super().__init__()
        kind(self, "card")
        self._marked, self._currency = _NOTHING, "DZD"
        self._number, self._debit, self._credit = label(look="muted"), label(), label()
        self.difference = chip()
        self.match = button(N_("Match the marked lines"), match, icon="link-variant")
        self.write_off = button(N_("Write off the rest"), write_off, icon="eraser")
        self.write_off.setVisible(write_off is not None)
        parts = (self._number, self._debit, self._credit, self.difference, None)
        line = row(*parts, self.write_off, self.match, spacing=theme.SPACE_L)
        line.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        follow(self, self._word)

    def show_marked(self, marked: Marked, currency: str) -> None:
        """Show what the marked lines come to."""
        self._marked, self._currency = marked, currency
        self._word()

    def _word(self) -> None:
        marked, words = self._marked, current()
        amount = words.amount(abs(marked.difference), self._currency)
        self._number.setText(
            count("{n} line marked", "{n} lines marked", marked.number)
            if marked.number
            else _("Mark lines with {mark}, then match them with {match}.").format(
                mark=keys.shown("matching.mark"), match=keys.shown("matching.match")
            )
        )
        sides = (
            (self._debit, N_("Debit"), marked.debit),
            (self._credit, N_("Credit"), marked.credit),
        )
        for shown, title, value in sides:
            shown.setVisible(marked.number > 0)
            shown.setText(f"{_(title)} {words.isolate(words.amount(value, self._currency))}")
        self.difference.setVisible(marked.number > 0)
        self.difference.setText(f"{_('Difference')} {words.isolate(amount)}")
        tone: Tone = "warn" if marked.difference else "ok"
        set_tone(self.difference, tone)
        is_pair = bool(marked.debit and marked.credit)
        self.match.setEnabled(is_pair)
        self.write_off.setEnabled(is_pair and bool(marked.difference))
