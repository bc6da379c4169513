"""What the user decides before a file is checked: defaults, repeats, and how it is read."""

from dataclasses import asdict
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, CheckField, ChoiceField, Field, Form, Section
from erp_desktop.ui.parts import column
from modules.catalog.imports.rows import ImportOptions
from modules.catalog.selectors import ProductSheet
from modules.catalog.widgets.parts import offered

_ENCODINGS = (
    ("utf-8", N_("UTF-8")),
    ("utf-8-sig", N_("UTF-8 with mark")),
    ("utf-16", N_("UTF-16")),
    ("cp1252", N_("Windows, French")),
    ("cp1256", N_("Windows, Arabic")),
)
_DELIMITERS = (
    (";", N_("Semicolon")),
    (",", N_("Comma")),
    ("\t", N_("Tabulator")),
    ("|", N_("Bar")),
)
_EXISTING = (("refuse", N_("leave the row out")), ("change", N_("change the product")))
_REPEATED = (("refuse", N_("leave the row out")), ("merge", N_("one product per code")))


class OptionsForm(QWidget):
    """Shows `ImportOptions` but for the columns, and how the file is read.

    Signals:
        changed: The rows would be read otherwise.
        file_changed: The file itself would be read otherwise.
    """

    changed = Signal()
    file_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._unit = ChoiceField("unit", N_("Unit"), translate=False)
        self._tax = ChoiceField("tax", N_("Tax"), translate=False)
        self._encoding = ChoiceField("encoding", N_("Encoding"), _ENCODINGS)
        self._delimiter = ChoiceField("delimiter", N_("Delimiter"), _DELIMITERS)
        self._form: Form[ImportOptions] = Form(self._fields())
        reading: Form[ImportOptions] = Form((self._encoding, self._delimiter))
        self.setLayout(column(self._form, reading, None))
        self._form.changed.connect(self.changed)
        reading.changed.connect(self.file_changed)
        self._sheet: ProductSheet | None = None
        follow(self, self._word_choices)

    def _fields(self) -> tuple[Field | Section, ...]:
        return (
            AmountField("price", N_("Price, taxes included"), least=Decimal(0)),
            self._tax,
            self._unit,
            CheckField("name_from_code", N_("Take the code as name")),
            ChoiceField("repeated", N_("If a code comes again in the file"), _REPEATED),
            ChoiceField("existing", N_("If a code exists in the catalog"), _EXISTING),
        )

    def offer(self, sheet: ProductSheet) -> None:
        """Offer these units and taxes."""
        self._sheet = sheet
        self._word_choices()

    def show_options(self, options: ImportOptions, encoding: str, delimiter: str) -> None:
        """Show what is decided now."""
        self._form.show_draft(options)
        self._encoding.show_value(encoding)
        self._delimiter.show_value(delimiter)

    def read(self, columns: tuple[str, ...]) -> ImportOptions | None:
        """Return what is decided, or None after showing what cannot be taken."""
        options = self._form.read()
        return None if options is None else ImportOptions(**{**asdict(options), "columns": columns})

    def encoding(self) -> str:
        """Return the encoding that the user wants the file to be read in."""
        return str(self._encoding.read() or "")

    def delimiter(self) -> str:
        """Return the delimiter that the user wants the file to be cut by."""
        return str(self._delimiter.read() or "")

    def _word_choices(self) -> None:
        if self._sheet is not None:
            self._unit.offer(offered(self._sheet.units))
            self._tax.offer(offered(self._sheet.taxes))
