"""The form of a level: what its letters say in French and in Arabic, after how long, for what."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import button, label, set_tone
from erp_desktop.ui.wanted_form import WantedFormPage
from modules.accounting.permissions import Permission
from modules.accounting.reminders import LevelDraft, save_reminder_level
from modules.accounting.selectors.reminder_levels import ReminderLevelRow, list_reminder_levels
from modules.accounting.widgets.reminders.due import LEVELS
from modules.accounting.widgets.reminders.level_list import FORM


@dataclass(frozen=True, slots=True)
class LevelText:
    """A level as the form shows it; a new one may have no first day yet."""

    level: int = 1
    valid_from: date | None = None
    days: int | Decimal | None = None
    fee: Decimal | None = None
    title: str = ""
    title_ar: str = ""
    body: str = ""
    body_ar: str = ""

    @classmethod
    def of(cls, row: ReminderLevelRow) -> "LevelText":
        """Return what is kept now."""
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})


class ReminderLevelPage(WantedFormPage[LevelText]):
    """One text of a level; level and first day of one that is kept do not change."""

    title = N_("Reminder level")
    new: ClassVar[str] = "new"

    def __init__(self, backend: Backend) -> None:
        self._level = forms.ChoiceField("level", N_("Level"), list(LEVELS.items()), required=True)
        self._since = forms.DateField("valid_from", N_("Valid from"), required=True)
        super().__init__(backend, Form(self._fields()))
        self.row: ReminderLevelRow | None = None
        self._id = uuid7()
        self._currency = ""
        self._advice = label(look="chip")
        self._advice.setWordWrap(True)
        set_tone(self._advice, "warn")
        follow(self._advice, self._advise)
        self.side.addWidget(self._advice)
        self.side.addStretch(1)
        may_edit = backend.user.may(Permission.EDIT_REMINDERS)
        self._next = button(N_("New text from a day"), self._on_next, icon="calendar-plus")
        self._next.setVisible(may_edit)
        self.header.add(self._next)
        self.form.setEnabled(may_edit)

    def _fields(self) -> tuple[forms.Field, ...]:
        since = N_("After the due date, or after the level before")
        return (
            self._level,
            self._since,
            forms.AmountField(
                "days", N_("Days"), decimals=0, least=Decimal(1), required=True, hint=since
            ),
            forms.AmountField("fee", N_("Fee"), least=Decimal(0), hint=N_("Asked for, not booked")),
            forms.TextField("title", N_("Title in French"), required=True),
            forms.ArabicField("title_ar", N_("Title in Arabic"), required=True),
            forms.TextField("body", N_("Text in French"), lines=10, required=True),
            forms.ArabicField("body_ar", N_("Text in Arabic"), lines=10, required=True),
        )

    @override
    async def show_wanted(self) -> None:
        """Show the text that was asked for by its id; `new/<id>` is one that follows it.

        Raises:
            NotFoundError: There is no such text.
        """
        rows = await self.backend.ask(list_reminder_levels)
        self._currency = rows[0].currency if rows else ""
        verb, _slash, before = self.wanted.partition("/")
        if self.wanted == self.new:
            self._show_new(LevelText())
            return
        wanted = before if verb == self.new else self.wanted
        row = next((each for each in rows if str(each.id) == wanted), None)
        if row is None:
            raise NotFoundError
        if verb == self.new:
            self._show_new(replace(LevelText.of(row), valid_from=None))
        else:
            self._show_kept(row)

    @override
    async def save(self, draft: LevelText) -> str:
        assert draft.valid_from is not None  # noqa: S101 - the form requires it
        fee = draft.fee or Decimal(0)
        if self._currency:
            fee = round_money(fee, CURRENCIES[self._currency])
        kept = LevelDraft(
            *(self._id, draft.level, draft.valid_from, int(draft.days or 0), fee),
            *(draft.title, draft.title_ar, draft.body, draft.body_ar),
            version=self.row.version if self.row else None,
        )
        await self.backend.do(save_reminder_level, kept)
        self.forget_draft()
        self.wanted = str(self._id)
        await self.show_wanted()
        sentence = _("{level} is saved, valid from {day}.")
        day = current().date(draft.valid_from)
        return sentence.format(level=_(LEVELS[draft.level]), day=day)

    def _show_new(self, draft: LevelText) -> None:
        self.row, self._id = None, uuid7()
        self._show(draft, f"{FORM}/{self.wanted}", "")

    def _show_kept(self, row: ReminderLevelRow) -> None:
        self.row, self._id = row, row.id
        name = f"{_(LEVELS[row.level])} · {current().date(row.valid_from)}"
        self._show(LevelText.of(row), f"{FORM}/{row.id}", name)

    def _show(self, draft: LevelText, key: str, name: str) -> None:
        self.show_draft(draft, key=key, name=name)
        for field in (self._level, self._since):
            field.editor.setEnabled(self.row is None)
        self._next.setEnabled(self.row is not None)
        self._advice.setVisible(self.row is not None and self.row.state != "later")

    def _advise(self) -> None:
        self._advice.setText(
            _(
                "Letters that were sent keep their words. To say something else from a day on, "
                "write a new text; correct this one only if it was wrong."
            )
        )

    def _on_next(self) -> None:
        if self.row is not None:
            self.opens.emit(FORM, f"new/{self.row.id}")
