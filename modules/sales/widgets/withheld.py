"""What a customer keeps back of a payment for the state: its kind, and their paper."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.forms import ChoiceField, CodeField
from modules.accounting.api import WithholdingKind
from modules.sales.widgets.keeping import under
from modules.sales.widgets.open_lines import WITHHELD_PLACE

if TYPE_CHECKING:
    from modules.sales.widgets.payment_page import PaymentPage

_HUNDRED = 100


class WithheldFields:
    """Two fields of the page of a payment, hidden where the law keeps nothing back."""

    def __init__(self, page: "PaymentPage") -> None:
        self._page = page
        self.kind = ChoiceField(
            "withholding", N_("Withheld by the customer"), translate=False, span=3
        )
        self.certificate = CodeField(
            "certificate", N_("Number of the certificate"), hint=N_("Empty: to come"), span=2
        )
        self.fields = (self.kind, self.certificate)
        self._day: date | None = None

    def offer(self, day: date | None = None) -> None:
        """Offer the kinds of a day; none for what was received."""
        self._day = day
        words, items = current(), self._page.presenter.items
        ways = items.withholding.ways(day) if items else ()
        told = [
            (
                "+".join(kind.code for kind in way),
                " + ".join(_worded(kind, words.language) for kind in way),
            )
            for way in ways
        ]
        self.kind.offer([("", _("Nothing")), *told])
        if self.kind.read() is None:
            self.kind.show_value("")
        for field in self.fields:
            field.setVisible(bool(told))
        self._page.body.grid.setColumnHidden(WITHHELD_PLACE, not told)

    def word(self) -> None:
        """Offer the same in the language of now."""
        self.offer(self._day)

    def follow(self, name: str) -> None:
        """Let the lines follow another kind or day; of the same invoices less is paid, or more."""
        page = self._page
        typed = page.body.form.values()
        day: date | None = typed.get("dated_on")
        if name == "dated_on":
            self.offer(day)
        kind = page.body.form.values().get("withholding") or ""
        lines, less = under(page.presenter.items, page.body.grid.lines.lines, kind, day)
        page.change_lines(lines)
        amount: Decimal | None = typed.get("amount")
        if amount is not None and less:
            page.body.form.type_values({"amount": amount - less})


def _worded(kind: WithholdingKind, language: str) -> str:
    return f"{kind.named(language)} · {_percent(Decimal(kind.law['rate']))}"


def _percent(rate: Decimal) -> str:
    return f"{current().number(rate * _HUNDRED)}\u00a0%"
