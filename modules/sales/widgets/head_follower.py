"""What follows when the head of a document changes: another customer, day or terms."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.follow import follow
from modules.sales.widgets.attesting import proposed

if TYPE_CHECKING:
    from modules.sales.widgets.invoice_page import InvoicePage

# What is paid so is paid on the day.
_AT_ONCE = ("cash", "card")


class HeadFollower:
    """Listens to the head of one page."""

    def __init__(self, page: "InvoicePage") -> None:
        self._page = page
        fields = page.fields
        fields.customer.confirmed.connect(self._on_customer_confirmed)
        editor = fields.dated_on.editor
        if isinstance(editor, QLineEdit):
            # A day is asked for once it is typed, not at each of its digits.
            editor.editingFinished.connect(self._on_day)
        follow(page, self._word)

    def follow(self, name: str) -> None:
        """Follow a change of the field `name`."""
        page = self._page
        if name == "customer":
            choice: LinkChoice | None = page.body.form.values().get("customer")
            page.start_latest(page.presenter.sell_to, choice, page.body.grid.lines.lines)
        elif name == "terms":
            self.set_due()
        elif name == "payment_method" and page.body.form.values().get(name) in _AT_ONCE:
            day = page.body.form.values().get("dated_on")
            page.body.form.type_values({"terms": "", "due_on": day})

    def set_due(self) -> None:
        """Say when it is due by the terms, if it has any."""
        writing, typed = self._page.presenter.writing, self._page.body.form.values()
        if writing is not None and typed.get("terms"):
            due = writing.due(typed.get("dated_on"), typed["terms"])
            self._page.body.form.type_values({"due_on": due})

    def set_attestation(self) -> None:
        """Take the attestation of another day, unless one is chosen or switched off."""
        writing, form = self._page.presenter.writing, self._page.body.form
        if writing is not None and form.values().get("attestation") is None:
            form.type_values({"attestation": proposed(writing, self._day())})

    def _day(self) -> date | None:
        day: date | None = self._page.body.form.values().get("dated_on")
        return day

    def _on_day(self) -> None:
        page = self._page
        writing, day = page.presenter.writing, page.body.form.values().get("dated_on")
        if writing is not None and writing.is_editable and day and day != writing.base.dated_on:
            page.start_latest(page.presenter.date, day, page.body.grid.lines.lines)

    def _on_customer_confirmed(self) -> None:
        """Go on with the lines, unless the user is somewhere else by now."""
        if self._page.fields.customer.editor.hasFocus():
            self._page.body.grid.setFocus()
            self._page.body.grid.start()

    def _word(self) -> None:
        if self._page.presenter.writing is not None:
            self._page.fields.offer(self._page.presenter.writing, self._day())
