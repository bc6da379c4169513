"""A product at the side of the list: all it has, without opening it."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, clear, column, label, row
from modules.catalog.selectors import Choice, ProductDetails, ProductSheet
from modules.catalog.widgets.parts import scrolled

_LONGEST_FACT = 280

Fact = tuple[str, str]


class ProductPreview(QWidget):
    """Name, price, and a list of facts."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: ProductSheet | None = None
        self._name = _wrapped("heading")
        self._other_name = _wrapped("muted")
        self._price = label(look="figure")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.SPACE_M)
        self._facts.setVerticalSpacing(theme.SPACE_S)
        self._facts.setColumnStretch(1, 1)
        self.edit = button(N_("Open"), icon="pencil-outline")
        self._lay_out()
        follow(self, self._show)

    def show_product(self, sheet: ProductSheet) -> None:
        """Show a product instead of the one before."""
        self._sheet = sheet
        self._show()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(column(self._name, self._other_name, self._price, self._facts, None))
        self.setLayout(column(scrolled(inside), row(self.edit, None)))

    def _show(self) -> None:
        if self._sheet is None or self._sheet.product is None:
            return
        product = self._sheet.product
        speaks_arabic = current().language == "ar" and bool(product.name_ar)
        names = (product.name, product.name_ar)
        self._name.setText(names[speaks_arabic])
        self._other_name.setText(names[not speaks_arabic])
        self._other_name.setVisible(bool(product.name_ar))
        self._price.setText(current().money(product.price, self._sheet.currency))
        self._show_facts(facts_of(product, self._sheet))

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        clear(self._facts)
        for line, (title, text) in enumerate(facts):
            caption, value = label(look="muted"), _wrapped()
            caption.setText(title)
            value.setText(text)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, line, 1)


def facts_of(product: ProductDetails, sheet: ProductSheet) -> list[Fact]:
    """Return what is to be known of a product, in the user's words."""
    words = current()
    point = product.reorder_point
    facts = [
        (_("Code"), words.isolate(product.code)),
        (_("Barcodes"), "\n".join(words.isolate(barcode) for barcode in product.barcodes)),
        (_("Unit"), _named(sheet.units, product.unit)),
        (_("Tax"), _named(sheet.taxes, product.tax_code)),
        (_("Reorder point"), "" if point is None else words.number(point)),
        (_("State"), _("For sale") if product.is_active else _("Not for sale")),
        *((name, _shortened(str(value))) for name, value in product.metadata.items()),
    ]
    return [(title, text or "—") for title, text in facts]


def _named(choices: Sequence[Choice], code: str) -> str:
    found = next(
        (each for each in choices if each.code == code), Choice(code, code, code, Decimal(0))
    )
    return found.named(current().language)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_FACT else f"{text[:_LONGEST_FACT]}…"


def _wrapped(look: str = "") -> QLabel:
    made = label(look=look)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
