"""Beside the prices of a list: what it is called, and how to copy other prices into it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms, keys, theme
from erp_desktop.ui.facts import scrolled
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import button, card, column, label
from modules.catalog.selectors import PriceListRow
from modules.catalog.services import CopyDraft, PriceListDraft

_WIDTH = 300


class PriceListSide(QWidget):
    """Two small forms.

    Signals:
        saves: A `PriceListDraft` to keep.
        copies: A `CopyDraft` to carry out.
    """

    saves = Signal(object)
    copies = Signal(object)

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._source = forms.ChoiceField("source", N_("Prices of"), translate=False)
        self._code = forms.CodeField("code", N_("Code"), required=True, hint=N_("GROS"))
        self._others: Sequence[PriceListRow] = ()
        self.form: Form[PriceListDraft] = Form(self._list_fields(), columns=1)
        self.copy: Form[CopyDraft] = Form(self._copy_fields(), columns=2)
        self._save = button(N_("Save the list"), self._on_save)
        self._may_edit = may_edit
        self._lay_out()
        # Of a list that is there, the key saves its prices.
        self._saving = keys.bind(self, "page.save", self._on_save)
        self.form.changed.connect(lambda: self._save.setEnabled(self.form.is_changed))
        follow(self, self._offer)

    def show_list(self, price_list: PriceListRow | None, others: Sequence[PriceListRow]) -> None:
        """Show a list, none for a new one, and those that can be copied."""
        kind = price_list.includes_tax if price_list else True
        self._others = [each for each in others if each.includes_tax == kind]
        self._offer()
        self._code.setEnabled(price_list is None)
        self._saving.setEnabled(price_list is None)
        self.form.show_draft(PriceListDraft.of(price_list) if price_list else PriceListDraft())
        self.copy.show_draft(CopyDraft(wall_clock.today()))
        self._copying.setVisible(price_list is not None and self._may_edit)
        self._save.setEnabled(False)

    def _list_fields(self) -> tuple[forms.Field, ...]:
        return (
            self._code,
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            forms.CheckField("includes_tax", N_("Prices include taxes")),
            forms.CheckField("is_active", N_("Used")),
        )

    def _copy_fields(self) -> tuple[forms.Field, ...]:
        self._source.span = 2
        return (
            self._source,
            forms.AmountField("percent", N_("Add %"), required=True),
            forms.AmountField("step", N_("Round to"), required=True, least=Decimal("0.001")),
            forms.DateField("valid_from", N_("Valid from"), required=True),
            forms.DateField("valid_to", N_("Valid until")),
        )

    def _lay_out(self) -> None:
        heading = label(N_("Copy prices into this list"), "heading")
        hint = label(
            N_("What is valid then ends the day before. Take off with a minus: -10."), "muted"
        )
        hint.setWordWrap(True)
        self._copying = card(heading, self.copy, hint, button(N_("Copy…"), self._on_copy))
        named = card(label(N_("The list"), "heading"), self.form, self._save)
        self.form.setEnabled(self._may_edit)
        self._save.setVisible(self._may_edit)
        inside = QWidget()
        inside.setLayout(column(named, self._copying, None, spacing=theme.SPACE_M))
        self.setLayout(column(scrolled(inside)))
        self.setFixedWidth(_WIDTH)

    def _offer(self) -> None:
        language = current().language
        own = (None, _("the products themselves"))
        self._source.offer([own, *((each.code, each.named(language)) for each in self._others)])

    def _on_save(self) -> None:
        draft = self.form.read()
        if draft is not None:
            self.saves.emit(replace(draft, code=draft.code.upper()))

    def _on_copy(self) -> None:
        draft = self.copy.read()
        if draft is not None:
            self.copies.emit(draft)
