"""Labelled fields: a caption above, the editor, and its error beneath in the user's words."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.parts import column, label

REQUIRED = N_("Please fill this in.")
NOT_A_PAIR = N_("Write a name, a colon and a value on each line, such as “Colour: red”.")


class Field(QWidget):
    """The base of all fields.

    `read` returns the typed value or raises `ValueError` with a sentence; `show_value` shows one.

    Signals:
        changed: The user has changed the value.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        editor: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        span: int = 1,
    ) -> None:
        """Dress `editor` as the field `name`.

        Args:
            name: Attribute of the draft.
            title: Caption, marked `N_`.
            editor: What the user types into.
            required: Empty is refused.
            hint: Shown while it is empty, marked `N_`.
            span: How many of the form's columns it takes.
        """
        super().__init__()
        self.span = span
        self.name = name
        self.title = title
        self.editor = editor
        self.required = required
        self.caption = label(look="caption")
        self._error = label(look="error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.caption.setBuddy(editor)
        self.setFocusProxy(editor)
        self.setLayout(column(self.caption, editor, self._error, spacing=theme.SPACE_XS))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        follow(self, self._on_language)
        if hint:
            follow(self, lambda: editor.setProperty("placeholderText", _(hint)))

    @abstractmethod
    def read(self) -> Any:
        """Return the typed value."""

    @abstractmethod
    def show_value(self, value: Any) -> None:
        """Show `value`; `changed` is not emitted."""

    def check(self) -> Any:
        """Return the typed value and show, beneath the field, why it cannot be taken.

        Raises:
            ValueError: It cannot be taken.
        """
        try:
            value = self.read()
            if self.required and value in ("", None):
                raise ValueError(_(REQUIRED))  # noqa: TRY301 - one way out for both
        except ValueError as error:
            self.show_error(str(error))
            raise
        self.show_error("")
        return value

    def show_error(self, sentence: str) -> None:
        """Show what is wrong beneath the field, or nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.editor.setProperty("wrong", "true" if sentence else "false")
        theme.restyle(self.editor)

    def shown(self) -> str:
        """Return the value as people read it, for paper."""
        if isinstance(self.editor, QComboBox):
            return self.editor.currentText()
        return self.editor.text() if isinstance(self.editor, QLineEdit) else ""

    def lock(self, *, locked: bool) -> None:
        """Let the value be read and copied, but not changed."""
        if isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.setReadOnly(locked)
        else:
            self.editor.setEnabled(not locked)

    @property
    def error(self) -> str:
        """What is shown beneath the field now."""
        return self._error.text()

    def _on_language(self) -> None:
        self.caption.setText(_(self.title) + (" *" if self.required else ""))
        self.editor.setAccessibleName(_(self.title))

    def edited(self, *_text: object) -> None:
        """Tell that the user has changed the value; subclasses connect their editor's signal."""
        if self._error.text():
            self.show_error("")
        self.changed.emit()


class TextField(Field):
    """One line of text, or several."""

    def __init__(self, name: str, title: str, *, lines: int = 1, **options: Any) -> None:
        self._line = QLineEdit() if lines == 1 else None
        self._area = QPlainTextEdit(tabChangesFocus=True) if lines > 1 else None
        editor = self._line or self._area
        assert editor is not None  # noqa: S101 - one of the two
        super().__init__(name, title, editor, **options)
        if self._line is not None:
            self._line.textEdited.connect(self.edited)
        if self._area is not None:
            self._area.setFixedHeight(theme.look().field_height + 20 * (lines - 1))
            self._area.textChanged.connect(self.edited)

    @override
    def read(self) -> Any:
        text = self._line.text() if self._line else self._area.toPlainText() if self._area else ""
        return text.strip()

    @override
    def show_value(self, value: Any) -> None:
        if self._line is not None:
            self._line.setText(str(value or ""))
            self._line.setCursorPosition(0)
        elif self._area is not None:
            self._area.blockSignals(True)  # noqa: FBT003 - Qt's own
            self._area.setPlainText(str(value or ""))
            self._area.blockSignals(False)  # noqa: FBT003 - Qt's own


class LinesField(TextField):
    """Several texts, one a line, such as barcodes; the value is a tuple."""

    def __init__(self, name: str, title: str, *, lines: int = 3, **options: Any) -> None:
        super().__init__(name, title, lines=lines, **options)

    @override
    def read(self) -> Any:
        return tuple(line.strip() for line in str(super().read()).splitlines() if line.strip())

    @override
    def show_value(self, value: Any) -> None:
        super().show_value("\n".join(value or ()))


class PairsField(TextField):
    """Extra facts, `name: value` on each line; the value is a dictionary of texts."""

    def __init__(self, name: str, title: str, *, lines: int = 3, **options: Any) -> None:
        super().__init__(name, title, lines=lines, **options)

    @override
    def read(self) -> Any:
        pairs = {}
        for text in filter(None, map(str.strip, str(super().read()).splitlines())):
            key, colon, value = text.partition(":")
            if not (colon and key.strip()):
                raise ValueError(_(NOT_A_PAIR))
            pairs[key.strip()] = value.strip()
        return pairs

    @override
    def show_value(self, value: Any) -> None:
        super().show_value("\n".join(f"{key}: {text}" for key, text in (value or {}).items()))


class ArabicField(TextField):
    """One line that is Arabic whatever the window's language: it runs from right to left."""

    def __init__(self, name: str, title: str, **options: Any) -> None:
        super().__init__(name, title, **options)
        self.editor.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.editor.setLocale(QLocale(QLocale.Language.Arabic))
        self.editor.setFont(theme.arabic_font())
        if self._area is not None:
            option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            self._area.document().setDefaultTextOption(option)


class CodeField(TextField):
    """A code, barcode, phone or e-mail: it runs from left to right, also in Arabic."""

    def __init__(self, name: str, title: str, **options: Any) -> None:
        super().__init__(name, title, **options)
        self.editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


class ChoiceField(Field):
    """One of a few; pairs of value and words marked `N_`, or plain words with `translate=False`."""

    def __init__(
        self,
        name: str,
        title: str,
        choices: Sequence[tuple[Any, str]] = (),
        *,
        translate: bool = True,
        **options: Any,
    ) -> None:
        self._box = QComboBox()
        self._translate = translate
        self._choices: list[tuple[Any, str]] = []
        super().__init__(name, title, self._box, **options)
        self._box.activated.connect(self.edited)
        self.offer(choices)
        follow(self, self._word)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer these from now on, keeping what is chosen if it is among them."""
        chosen = self.read()
        self._choices = list(choices)
        self._box.clear()
        self._box.addItems([words for _value, words in self._choices])
        self._word()
        self.show_value(chosen)

    @override
    def read(self) -> Any:
        place = self._box.currentIndex()
        return self._choices[place][0] if 0 <= place < len(self._choices) else None

    @override
    def show_value(self, value: Any) -> None:
        values = [each for each, _words in self._choices]
        self._box.setCurrentIndex(values.index(value) if value in values else -1)

    def _word(self) -> None:
        for place, (_value, words) in enumerate(self._choices):
            self._box.setItemText(place, _(words) if self._translate else words)


class CheckField(Field):
    """Yes or no; its words stand beside the box."""

    def __init__(self, name: str, title: str, **options: Any) -> None:
        self._box = QCheckBox()
        super().__init__(name, title, self._box, **options)
        worded(self._box, title)
        self._box.toggled.connect(self.edited)

    @override
    def read(self) -> bool:
        return self._box.isChecked()

    @override
    def show_value(self, value: Any) -> None:
        self._box.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._box.setChecked(bool(value))
        self._box.blockSignals(False)  # noqa: FBT003 - Qt's own

    @override
    def _on_language(self) -> None:
        self.caption.setText(" ")
