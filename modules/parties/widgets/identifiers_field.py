"""The legal identifiers of a party: one field for each that its country knows, checked as typed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, current
from erp_desktop.ui import theme
from erp_desktop.ui.fields import CodeField, Field, PairsField
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import column, label, set_tone
from modules.parties.identifiers import IdentifierLaw, doubt_about, what_is_wrong, written

_COLUMNS = 2


class IdentifierField(CodeField):
    """One identifier; when it is left it is written as its country writes it, and judged."""

    def __init__(self, law: IdentifierLaw) -> None:
        self.law = law
        super().__init__(law.code, law.name)
        if isinstance(self.editor, QLineEdit):
            self.editor.editingFinished.connect(self.judge)

    def judge(self) -> None:
        """Write what was typed as usual, and say beneath it why it cannot be right."""
        typed = self.read()
        if written(self.law, typed) != typed:
            self.show_value(written(self.law, typed))
        self.show_error(what_is_wrong(self.law, typed))

    @override
    def read(self) -> str:
        return str(super().read())

    @override
    def check(self) -> Any:
        self.judge()
        if self.error:
            raise ValueError(self.error)
        return self.read()

    @override
    def _on_language(self) -> None:
        super()._on_language()
        self.caption.setText(self.law.named(current().language))
        if self.error:
            self.judge()


class IdentifiersField(Field):
    """All identifiers of a party, by their codes; what no law knows is written as `name: value`."""

    def __init__(self, name: str, title: str) -> None:
        editor = QWidget()
        super().__init__(name, title, editor, span=2)
        self._fields: dict[str, IdentifierField] = {}
        self._others = PairsField(
            "others", N_("Other identifiers"), lines=2, hint=N_("SIRET: 732 829 320, one a line")
        )
        self._others.changed.connect(self.edited)
        self._doubts: QLabel = label(look="chip")
        self._doubts.setWordWrap(True)
        set_tone(self._doubts, "warn")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_L)
        self._grid.setVerticalSpacing(theme.SPACE_M)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        editor.setLayout(column(self._grid, self._others, self._doubts))
        self.caption.hide()
        follow(self, self._say_doubts)

    @property
    def fields(self) -> dict[str, IdentifierField]:
        """The field of each identifier, by its code."""
        return self._fields

    @property
    def doubts(self) -> str:
        """What is worth a look, as it is shown."""
        return self._doubts.text()

    def offer(self, laws: Sequence[IdentifierLaw]) -> None:
        """Show a field for each of these identifiers, keeping what is typed."""
        if list(laws) == [field.law for field in self._fields.values()]:
            return
        kept = {**self._typed(), **self._others_typed()}
        for field in self._fields.values():
            self._grid.removeWidget(field)
            field.deleteLater()
        self._fields = {law.code: IdentifierField(law) for law in laws}
        for place, field in enumerate(self._fields.values()):
            field.changed.connect(self.edited)
            field.changed.connect(self._say_doubts)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(field, place // _COLUMNS, place % _COLUMNS, top)
        self.show_value(kept)

    @override
    def read(self) -> dict[str, str]:
        return {**self._typed(), **self._others.read()}

    @override
    def show_value(self, value: Any) -> None:
        numbers = dict(value or {})
        for code, field in self._fields.items():
            field.show_value(numbers.pop(code, ""))
            field.show_error("")
        self._others.show_value(numbers)
        self._others.setVisible(bool(numbers) or not self._fields)
        self._say_doubts()

    @override
    def check(self) -> Any:
        for field in (*self._fields.values(), self._others):
            field.check()
        self.show_error("")
        return self.read()

    def _typed(self) -> dict[str, str]:
        typed = {code: field.read() for code, field in self._fields.items()}
        return {code: number for code, number in typed.items() if number}

    def _others_typed(self) -> dict[str, str]:
        try:
            return dict(self._others.read())
        except ValueError:
            return {}

    def _say_doubts(self) -> None:
        found = [doubt_about(field.law, field.read()) for field in self._fields.values()]
        sentence = "\n".join(filter(None, found))
        self._doubts.setText(sentence)
        self._doubts.setVisible(bool(sentence))
