"""The field in which the value of a rule is edited: a field for each of its parts."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui import theme
from erp_desktop.ui.entry import parse_amount
from erp_desktop.ui.fields import Field
from erp_desktop.ui.forms import (
    AmountField,
    ArabicField,
    CheckField,
    CodeField,
    LinesField,
    PairsField,
    TextField,
)
from erp_desktop.ui.parts import clear
from modules.accounting.widgets.law_words import PARTS

# The bracket without an end stands under this name.
_OPEN_END = "…"
_AMOUNTS = frozenset({"amount", "slice", "free_up_to", "minimum", "unit"})
_CODES = frozenset({"pattern", "check", "on", "when", "borne_by", "article", "base"})
# What says of which kind a value is, and what belongs to the tax and not to its rate.
_HIDDEN = frozenset({"type", "base_taxes"})
_RATES = frozenset({"rate", "attested"})
_HUNDRED = Decimal(100)

NOT_A_VALUE = N_("Correct the red fields.")
NOT_A_BRACKET = N_("Write each bracket as its end, a colon and its rate; the last ends with “…”.")


class LawValueField(Field):
    """Edits a JSON object of texts, amounts, lists and truths, each by its own kind of field."""

    def __init__(self, name: str, title: str, **options: Any) -> None:
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_L)
        for side in range(2):
            self._grid.setColumnStretch(side, 1)
        self._parts: dict[str, Field] = {}
        self._value: Mapping[str, Any] = {}
        super().__init__(name, title, self._inside, **options)

    @override
    def read(self) -> dict[str, Any]:
        typed = {name: part.read() for name, part in self._parts.items()}
        written = {name: _written(name, each, self._value[name]) for name, each in typed.items()}
        return {**self._value, **written}

    @override
    def check(self) -> dict[str, Any]:
        wrong = [name for name, part in self._parts.items() if not _is_right(part)]
        if wrong:
            raise ValueError(_(NOT_A_VALUE))
        found: dict[str, Any] = super().check()
        return found

    @override
    def show_value(self, value: Mapping[str, Any] | None) -> None:
        self._value = value or {}
        clear(self._grid)
        self._parts = {
            name: _field(name, part) for name, part in self._value.items() if name not in _HIDDEN
        }
        for place, (name, part) in enumerate(self._parts.items()):
            part.show_value(_shown(name, self._value[name]))
            part.changed.connect(self.edited)
            self._grid.addWidget(part, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)


def _is_right(part: Field) -> bool:
    """Whether a part can be read; if not, it says why beneath itself."""
    try:
        part.check()
    except ValueError:
        return False
    return True


def _field(name: str, value: Any) -> Field:
    """Return the field that fits a part of a value."""
    title = PARTS.get(name, name)
    if isinstance(value, bool):
        return CheckField(name, title)
    if name == "brackets":
        return PairsField(name, title, lines=4)
    if isinstance(value, list):
        return LinesField(name, title, lines=4)
    if name in _AMOUNTS | _RATES:
        return AmountField(name, title, required=True, least=Decimal(0))
    if name in {"ar", "name_ar"}:
        return ArabicField(name, title)
    is_code = name in _CODES or not isinstance(value, str)
    return CodeField(name, title) if is_code else TextField(name, title)


def _shown(name: str, value: Any) -> Any:
    """Return a part as its field shows it."""
    if name in _RATES:
        return Decimal(value) * _HUNDRED
    if name == "brackets":
        return {each.get("up_to") or _OPEN_END: each["per_slice"] for each in value}
    if isinstance(value, list):
        return tuple(map(str, value))
    return value if isinstance(value, str | bool) else json.dumps(value)


def _written(name: str, typed: Any, before: Any) -> Any:
    """Return what was typed as the law keeps it: amounts as texts.

    Raises:
        ValueError: It is not what a part of this kind can be, in the user's words.
    """
    if isinstance(typed, Decimal):
        amount = typed / _HUNDRED if name in _RATES else typed
        return f"{amount.normalize():f}"
    if name == "brackets":
        return _brackets(typed)
    if isinstance(before, list):
        return list(typed)
    return typed if isinstance(before, str | bool) else json.loads(typed or "null")


def _brackets(typed: Mapping[str, str]) -> list[dict[str, str]]:
    *ends, last = typed.items() or [("", "")]
    if last[0] != _OPEN_END:
        raise ValueError(_(NOT_A_BRACKET))
    closed = [{"up_to": f"{parse_amount(end):f}", "per_slice": _rate(rate)} for end, rate in ends]
    return [*closed, {"per_slice": _rate(last[1])}]


def _rate(text: str) -> str:
    return f"{parse_amount(text):f}"
