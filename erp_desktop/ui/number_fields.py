"""Fields for amounts, quantities and dates, which understand what people type."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import _, current
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.entry import parse_amount, parse_day, step_day
from erp_desktop.ui.fields import Field
from erp_desktop.ui.follow import follow


class AmountField(Field):
    """An amount or a quantity: arithmetic, both separators; grouped when left, plain in work.

    Args by name: `currency` for its decimals, or `decimals` (None: as typed); `least`.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        currency: str = "",
        decimals: int | None = None,
        least: Decimal | None = None,
        **options: Any,
    ) -> None:
        self._line = QLineEdit()
        super().__init__(name, title, self._line, **options)
        self._decimals = CURRENCIES[currency].decimals if currency else decimals
        self._least = least
        self._value: Decimal | None = None
        self._is_typed = False
        self._line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.textEdited.connect(self._on_typed)
        self._line.installEventFilter(self)
        follow(self, self._reword)

    @override
    def read(self) -> Decimal | None:
        if self._is_typed:
            text = self._line.text().strip()
            self._value = self._fit(parse_amount(text)) if text else None
        return self._value

    @override
    def show_value(self, value: Any) -> None:
        self._value = None if value is None else Decimal(value)
        self._is_typed = False
        self._show(plain=self._line.hasFocus())

    def use(self, currency: str) -> None:
        """Take and show the decimals of a currency from now on."""
        self._decimals = CURRENCIES[currency].decimals
        self._reword()

    def _fit(self, value: Decimal) -> Decimal:
        if self._least is not None and value < self._least:
            least = current().number(self._least)
            raise ValueError(_("Type {least} or more.").format(least=least))
        if self._decimals is not None and value != round(value, self._decimals):
            return round(value, self._decimals)
        return value

    def _show(self, *, plain: bool) -> None:
        if self._value is None:
            self._line.clear()
            return
        text = current().number(self._value, self._decimals)
        if plain:
            text = text.replace("," if current().language == "en" else "\u00a0", "")
        self._line.setText(text)

    def _reword(self) -> None:
        if not self._is_typed:
            self._show(plain=self._line.hasFocus())

    def _on_typed(self) -> None:
        self._is_typed = True
        self.edited()

    def _settle(self) -> None:
        """Replace a typed sum by its value, as soon as the field is left."""
        try:
            self.check()
        except ValueError:
            return
        self._is_typed = False
        self._show(plain=False)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._settle() if self._is_typed else self._show(plain=False)
        elif event.type() == QEvent.Type.FocusIn and not self._is_typed:
            self._show(plain=True)
            if isinstance(event, QFocusEvent) and event.reason() != Qt.FocusReason.MouseFocusReason:
                self._line.selectAll()
        return super().eventFilter(watched, event)


class DateField(Field):
    """A date: `0` today, `+3`, `15`, `15/3`; letters d w m y step, capitals step back."""

    def __init__(self, name: str, title: str, **options: Any) -> None:
        self._line = QLineEdit()
        super().__init__(name, title, self._line, **options)
        self.today: Callable[[], date] = wall_clock.today
        self._line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._line.textEdited.connect(self.edited)
        self._line.editingFinished.connect(self._settle)
        self._line.installEventFilter(self)

    @override
    def read(self) -> date | None:
        text = self._line.text().strip()
        return parse_day(text, self.today()) if text else None

    @override
    def show_value(self, value: date | None) -> None:
        self._line.setText(f"{value:%d/%m/%Y}" if value else "")
        self._line.setCursorPosition(0)

    def _settle(self) -> None:
        try:
            self.show_value(self.check())
        except ValueError:
            return

    def _step(self, letter: str) -> None:
        try:
            day = self.read() or self.today()
        except ValueError:
            return
        self.show_value(step_day(day, -1 if letter.isupper() else 1, letter.lower()))
        self.edited()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = event.text()
            after_sign = self._line.text()[:1] in {"+", "-"}
            if letter and letter in "dwmyDWMY" and not after_sign:
                self._step(letter)
                return True
        return super().eventFilter(watched, event)
