"""Forms: fields bound to a draft dataclass, validated field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.fields import (
    ArabicField,
    CheckField,
    ChoiceField,
    CodeField,
    Field,
    LinesField,
    PairsField,
    TextField,
)
from erp_desktop.ui.number_fields import AmountField, DateField
from erp_desktop.ui.parts import label

__all__ = [
    "AmountField",
    "ArabicField",
    "CheckField",
    "ChoiceField",
    "CodeField",
    "DateField",
    "Field",
    "Form",
    "LinesField",
    "PairsField",
    "Section",
    "TextField",
]

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside a form, marked `N_`."""

    title: str


class Form(QWidget, Generic[D]):
    """Shows a draft dataclass in fields named as its attributes, and reads it back.

    Signals:
        changed: The user has changed something.
    """

    changed = Signal()

    def __init__(self, parts: Sequence[Field | Section], *, columns: int = 2) -> None:
        super().__init__()
        self.fields = {part.name: part for part in parts if isinstance(part, Field)}
        self._draft: D | None = None
        self._shown: dict[str, Any] = {}
        self._lay_out(parts, columns)
        for field in self.fields.values():
            field.changed.connect(self.changed)

    def _lay_out(self, parts: Sequence[Field | Section], columns: int) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_L)
        grid.setVerticalSpacing(theme.SPACE_M)
        for number in range(columns):
            grid.setColumnStretch(number, 1)
        place = 0
        for part in parts:
            span = columns if isinstance(part, Section) else min(part.span, columns)
            if place % columns + span > columns:
                place += columns - place % columns
            widget = label(part.title, "heading") if isinstance(part, Section) else part
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(widget, place // columns, place % columns, 1, span, top)
            place += span

    def show_draft(self, draft: D) -> None:
        """Show `draft`; what was typed before is gone."""
        self._draft = draft
        for field in self.fields.values():
            field.show_value(getattr(draft, field.name))
            field.show_error("")
        self._shown = self.values()

    def read(self) -> D | None:
        """Return the draft as typed, or None after showing what is wrong beneath each field."""
        values: dict[str, Any] = {}
        wrong: list[Field] = []
        for field in self.fields.values():
            try:
                values[field.name] = field.check()
            except ValueError:
                wrong.append(field)
        if wrong:
            wrong[0].setFocus()
            return None
        return self._replaced(values)

    def values(self) -> dict[str, Any]:
        """Return what is typed, leaving out what cannot be read yet."""
        found: dict[str, Any] = {}
        for field in self.fields.values():
            try:
                found[field.name] = field.read()
            except ValueError:
                continue
        return found

    def type_values(self, values: Mapping[str, Any]) -> None:
        """Show values as if the user had typed them: after a crash, from a copy."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].show_value(value)
        self.changed.emit()

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the draft that was shown; nothing does before one was."""
        return self._draft is not None and self.values() != self._shown

    def show_refusal(self, error: UserError) -> bool:
        """Show a refusal beneath the field it names in its details, if it names one."""
        field = self.fields.get(str(error.details.get("field", "")))
        if field is None:
            return False
        named = type(error)(**{**error.details, "field": _(field.title)})
        field.show_error(named.sentence())
        field.setFocus()
        return True

    def _replaced(self, values: Mapping[str, Any]) -> D:
        assert self._draft is not None  # noqa: S101 - a form without a draft has no fields filled
        return replace(self._draft, **values)  # type: ignore[type-var] # drafts are dataclasses
