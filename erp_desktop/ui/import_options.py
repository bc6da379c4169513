"""What the user decides before a file is checked: defaults, repeats, and how it is read."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _
from erp_desktop.imports.reading import ENCODINGS
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import Table
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, CheckField, ChoiceField, CodeField, Field, Form
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.parts import column, label

_ENCODINGS = (
    N_("UTF-8"),
    N_("UTF-8 with mark"),
    N_("UTF-16"),
    N_("UTF-16, little-endian"),
    N_("UTF-16, big-endian"),
    N_("Windows, French"),
    N_("Windows, Arabic"),
)
_DELIMITERS = (
    (";", N_("Semicolon")),
    (",", N_("Comma")),
    ("\t", N_("Tabulator")),
    ("|", N_("Bar")),
)
_EXISTING = (("refuse", N_("leave the row out")), ("change", N_("change what is there")))
_REPEATED = (("refuse", N_("leave the row out")), ("merge", N_("make one of the rows")))
_HEADINGS_BY = 15


class OptionsForm(QWidget):
    """Shows `ImportOptions` but for the columns; a kind of import adds its own defaults.

    Signals:
        changed: The rows would be read otherwise.
    """

    changed = Signal()

    def __init__(self, defaults: Sequence[Field], job: ImportJob[Any]) -> None:
        """Show defaults by the names of the fields that they fill.

        Args:
            defaults: What a row says that says nothing.
            job: Says what else can be decided.
        """
        super().__init__()
        self._defaults = {field.name: field for field in defaults}
        self._prefix = CodeField(
            "code_prefix", N_("Number rows without code"), hint=N_("Letters before it")
        )
        self._name_from_code = CheckField("name_from_code", N_("Take the code as name"))
        self._repeated = ChoiceField("repeated", N_("If a code comes again"), _REPEATED)
        self._existing = ChoiceField("existing", N_("If a code exists already"), _EXISTING)
        offered = {
            self._prefix: job.may_number,
            self._name_from_code: job.has_codes,
            self._repeated: job.may_merge,
            self._existing: job.has_codes,
        }
        self._decided = tuple(
            field
            for field in (self._prefix, self._name_from_code, self._repeated, self._existing)
            if offered[field]
        )
        self.form: Form[ImportOptions] = Form((*defaults, *self._decided))
        self.setLayout(column(self.form))
        self.form.changed.connect(self.changed)

    def show_options(self, options: ImportOptions) -> None:
        """Show what is decided now."""
        for name, field in self._defaults.items():
            nothing = None if isinstance(field, AmountField) else ""
            field.show_value(options.defaults.get(name) or nothing)
        for field in self._decided:
            field.show_value(getattr(options, field.name))

    def read(self, columns: tuple[str, ...]) -> ImportOptions | None:
        """Return what is decided, or None after showing what cannot be taken."""
        values: dict[str, Any] = {}
        for field in (*self._defaults.values(), *self._decided):
            try:
                values[field.name] = field.check()
            except ValueError:
                field.setFocus()
                return None
        decided = {field.name: values[field.name] for field in self._decided}
        defaults = {name: _as_cell(values[name]) for name in self._defaults}
        said = {name: cell for name, cell in defaults.items() if cell}
        return ImportOptions(columns, said, **decided)


class ReadingForm(QWidget):
    """How the file itself is read: the sheet of a spreadsheet, or the encoding of a text.

    Signals:
        changed: It would be read otherwise.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheet = ChoiceField("sheet", N_("Sheet"), translate=False)
        self._headings = ChoiceField("headings_in", N_("Headings"), translate=False)
        encodings = tuple(zip(ENCODINGS, _ENCODINGS, strict=True))
        self._encoding = ChoiceField("encoding", N_("Encoding"), encodings)
        self._delimiter = ChoiceField("delimiter", N_("Delimiter"), _DELIMITERS)
        self.form: Form[Table] = Form(
            (self._headings, self._sheet, self._encoding, self._delimiter)
        )
        self.setLayout(column(label(N_("How the file is read"), "heading"), self.form))
        self.form.changed.connect(self.changed)
        follow(self, self._word)

    def show_table(self, table: Table) -> None:
        """Show how a file was read; only what concerns files of its kind."""
        self._sheet.offer([(name, name) for name in table.sheets])
        self.form.show_draft(table)
        self._sheet.setVisible(len(table.sheets) > 1)
        self._encoding.setVisible(not table.sheet)
        self._delimiter.setVisible(not table.sheet)

    def reading(self) -> Mapping[str, Any]:
        """Return how the user wants the file to be read."""
        values = self.form.values()
        is_text = not values["sheet"]
        wanted = ("encoding", "delimiter") if is_text else ("sheet",)
        return {name: values[name] for name in (*wanted, "headings_in")}

    def _word(self) -> None:
        rows = [(n, _("in row {n}").format(n=n)) for n in range(1, _HEADINGS_BY + 1)]
        self._headings.offer([(0, _("none")), *rows])


def _as_cell(value: Any) -> str:
    """Return a default as a cell would say it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value or "")
