"""The windows over cash boxes: one is kept, counted, filled up."""

from collections.abc import Sequence
from dataclasses import dataclass, make_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.core.context import Branch
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.fields import ArabicField, CheckField, CodeField, Field
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, ChoiceField, DateField, TextField
from modules.accounting.petty_cash import CashBoxDraft
from modules.accounting.selectors import AccountRow
from modules.accounting.selectors.internal_transfers import MoneyPlace
from modules.accounting.selectors.petty_cash import CashBoxRow
from modules.accounting.widgets.account_field import AccountField
from modules.accounting.widgets.cash.expense_asking import box_words
from modules.accounting.widgets.cash.transfer_asking import place_words

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Filling:
    """Money for a box, as it is typed."""

    on: date | None
    source: str | None = None
    amount: Decimal | None = None
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: how many of each note and coin."""

    on: date
    pieces: dict[str, int]
    note: str


async def ask_box(
    page: QWidget, chart: Sequence[AccountRow], branches: Sequence[Branch], draft: CashBoxDraft
) -> CashBoxDraft | None:
    """Ask for a cash box; None if there is none."""
    language = current().language
    account = AccountField("account", N_("Account of its own"), required=True)
    account.offer(chart)
    named = [(each.id, in_language(language, each.name, each.name_ar)) for each in branches]
    fields: tuple[Field, ...] = (
        CodeField("code", N_("Code"), required=True, hint=N_("Such as DEP-1")),
        AmountField("ceiling", N_("Ceiling"), required=True, least=_ZERO),
        TextField("name", N_("Name"), required=True),
        ArabicField("name_ar", N_("Arabic name")),
        account,
        ChoiceField("branch_id", N_("Branch"), named, translate=False, required=True),
        TextField("custodian", N_("Custodian")),
        CheckField("is_active", N_("In use")),
    )
    return await ask_form(page, N_("Cash box"), N_("Save"), fields, draft)


async def ask_filling(
    page: QWidget, box: CashBoxRow, places: Sequence[MoneyPlace], draft: Filling
) -> Filling | None:
    """Ask how a box is filled up; None if it is not."""
    sources = [(each.code, place_words(each)) for each in places if each.code != box.account]
    fields: tuple[Field, ...] = (
        ChoiceField("source", N_("From the account"), sources, translate=False, required=True),
        AmountField("amount", N_("Amount"), currency=box.currency, required=True),
        DateField("on", N_("Date"), required=True),
        CheckField("is_there", N_("It is in the box already")),
    )
    return await ask_form(
        page, N_("Fill up the box"), N_("Fill up"), fields, draft, about=box_words(box)
    )


class _Sum:
    """Keeps what the pieces are worth, and how far that is from the book."""

    def __init__(self, box: CashBoxRow, pieces: Sequence[Decimal]) -> None:
        self._box, self._pieces = box, pieces
        self.fields = [
            AmountField(f"n{place}", current().amount(worth, box.currency), decimals=0, least=_ZERO)
            for place, worth in enumerate(pieces)
        ]
        self.total = TextField("total", N_("Counted"), span=2)
        if isinstance(self.total.editor, QLineEdit):
            self.total.editor.setReadOnly(True)
        for field in self.fields:
            field.changed.connect(self.show)

    def counts(self) -> dict[str, int]:
        """Return how many there are of each piece; none of what cannot be read yet."""
        found: dict[str, int] = {}
        for worth, field in zip(self._pieces, self.fields, strict=True):
            try:
                number = field.read()
            except ValueError:
                continue
            if number:
                found[str(worth)] = int(number)
        return found

    def show(self) -> None:
        """Show the sum and the difference."""
        words, currency = current(), self._box.currency
        total = sum((Decimal(worth) * n for worth, n in self.counts().items()), _ZERO)
        told = _("{counted}, difference {difference}").format(
            counted=words.money(total, currency),
            difference=words.amount(total - self._box.balance, currency),
        )
        self.total.show_value(told)


async def ask_count(
    page: QWidget, box: CashBoxRow, pieces: Sequence[Decimal], today: date
) -> Counted | None:
    """Ask how many notes and coins there are; None if nobody counted."""
    sums = _Sum(box, pieces)
    fields: tuple[Field, ...] = (
        *sums.fields,
        DateField("on", N_("Date"), required=True),
        sums.total,
        TextField("note", N_("Note"), span=2),
    )
    draft = make_dataclass("Pieces", [field.name for field in fields], frozen=True)
    empty: Any = draft(*(None for _piece in pieces), today, "", "")
    title = N_("Count the box")
    typed: Any = await ask_form(page, title, N_("Count"), fields, empty, about=box_words(box))
    return None if typed is None else Counted(typed.on, sums.counts(), typed.note)
