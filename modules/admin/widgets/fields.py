"""Fields that only the administration needs: several of a few, and a password."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.fields import REQUIRED, Field
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, Form
from erp_desktop.ui.icons import icon
from erp_desktop.ui.parts import clear, column, row


class ChecksField(Field):
    """Several of a few, each with a box; the value is a tuple."""

    def __init__(self, name: str, title: str, **options: Any) -> None:
        self._boxes: dict[Any, QCheckBox] = {}
        self._unknown: tuple[Any, ...] = ()
        self._list = column(spacing=theme.SPACE_S)
        editor = QWidget()
        editor.setLayout(self._list)
        super().__init__(name, title, editor, **options)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer these from now on, already translated, keeping what is checked."""
        chosen = self.read()
        clear(self._list)
        self._boxes = {value: QCheckBox(words) for value, words in choices}
        for box in self._boxes.values():
            box.toggled.connect(self.edited)
            self._list.addWidget(box)
        for first in list(self._boxes.values())[:1]:
            self.setFocusProxy(first)
        self.show_value(chosen)

    @override
    def read(self) -> tuple[Any, ...]:
        checked = tuple(value for value, box in self._boxes.items() if box.isChecked())
        return (*checked, *self._unknown)

    @override
    def show_value(self, value: Any) -> None:
        wanted = tuple(value or ())
        # What is not offered here, such as a branch that we do not see, is not lost by saving.
        self._unknown = tuple(each for each in wanted if each not in self._boxes)
        for each, box in self._boxes.items():
            box.blockSignals(True)  # noqa: FBT003 - Qt's own
            box.setChecked(each in wanted)
            box.blockSignals(False)  # noqa: FBT003 - Qt's own

    @override
    def check(self) -> Any:
        if self.required and not self.read():
            self.show_error(_(REQUIRED))
            raise ValueError(_(REQUIRED))
        return super().check()


class LimitsField(Field):
    """How far somebody may go alone, an amount for each limit; the value maps names to texts.

    Nothing typed is nothing allowed. Limits of modules that are not installed here are kept.
    """

    def __init__(self, name: str, title: str, limits: Mapping[str, str], **options: Any) -> None:
        """Offer these limits, by name, with their words marked `N_`."""
        self._amounts = {
            each: AmountField(each, words, decimals=None, least=Decimal(0))
            for each, words in limits.items()
        }
        self._unknown: dict[str, str] = {}
        editor = QWidget()
        editor.setLayout(row(*self._amounts.values(), spacing=theme.SPACE_L))
        super().__init__(name, title, editor, span=2, **options)
        for amount in self._amounts.values():
            self.setFocusProxy(amount)
            amount.changed.connect(self.edited)

    @property
    def names(self) -> Sequence[str]:
        """The limits that are offered."""
        return tuple(self._amounts)

    @override
    def read(self) -> dict[str, str]:
        typed = {name: amount.read() for name, amount in self._amounts.items()}
        known = {name: f"{value:f}" for name, value in typed.items() if value is not None}
        return {**self._unknown, **known}

    @override
    def show_value(self, value: Any) -> None:
        kept = dict(value or {})
        self._unknown = {name: text for name, text in kept.items() if name not in self._amounts}
        for name, amount in self._amounts.items():
            amount.show_value(kept.get(name))

    @override
    def check(self) -> Any:
        for amount in self._amounts.values():
            amount.check()
        return super().check()


class PasswordField(Field):
    """A password; an eye shows what was typed."""

    def __init__(self, name: str, title: str, **options: Any) -> None:
        self._line = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        super().__init__(name, title, self._line, **options)
        self._eye = QAction(self._line, checkable=True)
        self._eye.toggled.connect(self._on_eye)
        follow(self._line, self._dress)
        self._line.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._line.textEdited.connect(self.edited)

    @override
    def read(self) -> str:
        return self._line.text()

    @override
    def show_value(self, value: Any) -> None:
        self._line.setText(str(value or ""))

    def _on_eye(self) -> None:
        modes = QLineEdit.EchoMode
        self._line.setEchoMode(modes.Normal if self._eye.isChecked() else modes.Password)
        self._dress()

    def _dress(self) -> None:
        is_shown = self._eye.isChecked()
        self._eye.setIcon(icon("eye-off-outline" if is_shown else "eye-outline", "muted"))
        self._eye.setToolTip(_(N_("Hide the password") if is_shown else N_("Show the password")))


class SecretForm(Form[Any]):
    """A form whose password is never kept in a file: what is kept against a crash leaves it out."""

    @override
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "password"}

    @property
    @override
    def is_changed(self) -> bool:
        if self._draft is None:  # a restored tab that nobody has looked at
            return False
        return super().is_changed or bool(self.fields["password"].read())

    @override
    def type_values(self, values: Mapping[str, Any]) -> None:
        super().type_values({name: v for name, v in values.items() if name != "password"})
