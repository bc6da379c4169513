"""A product at the side of the list: all it has, without opening it."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.facts import Fact, Facts, scrolled, wrapped
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, column, label, row
from modules.accounting.api import net_of
from modules.catalog.selectors import Choice, ProductDetails, ProductSheet, paths_of
from modules.catalog.widgets.picture_field import pixmap_of
from modules.catalog.widgets.prices_field import pack_name
from modules.catalog.widgets.product_fields import KINDS

_LONGEST_FACT = 280
_PICTURE = 220


class ProductPreview(QWidget):
    """Name, price, and a list of facts."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: ProductSheet | None = None
        self._name = wrapped("heading")
        self._other_name = wrapped("muted")
        self._price = label(look="figure")
        self._net = wrapped("muted")
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._facts = Facts()
        self.edit = button(N_("Open"), icon="pencil-outline")
        self._lay_out()
        follow(self, self._show)

    def show_product(self, sheet: ProductSheet) -> None:
        """Show a product instead of the one before."""
        self._sheet = sheet
        self._show()

    def _lay_out(self) -> None:
        inside = QWidget()
        parts = (self._picture, self._name, self._other_name, self._price, self._net, self._facts)
        inside.setLayout(column(*parts, None))
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
        net = net_price(product, self._sheet)
        self._net.setText("" if net is None else _("{price} without taxes").format(price=net))
        self._net.setVisible(net is not None)
        self._picture.setVisible(product.picture is not None)
        if product.picture is not None:
            self._picture.setPixmap(pixmap_of(product.picture, _PICTURE))
        self._facts.show_facts(facts_of(product, self._sheet), lists_of(product, self._sheet))


def facts_of(product: ProductDetails, sheet: ProductSheet) -> list[Fact]:
    """Return what is to be known of a product, in the user's words."""
    words = current()
    point = product.reorder_point
    paths = paths_of(sheet.categories, words.language)
    facts = [
        (_("Code"), words.isolate(product.code)),
        (_("Barcodes"), "\n".join(words.isolate(barcode) for barcode in product.barcodes)),
        (_("Category"), paths.get(product.category_id, "") if product.category_id else ""),
        (_("Kind"), _(dict(KINDS)[product.kind])),
        (_("Unit"), _named(sheet.units, product.unit)),
        (_("Tax"), _named(sheet.taxes, product.tax_code)),
        (_("Reorder point"), "" if point is None else words.number(point)),
        (_("State"), _("For sale") if product.is_active else _("Not for sale")),
        *((name, _shortened(str(value))) for name, value in product.metadata.items()),
    ]
    return [(title, text or "—") for title, text in facts]


def lists_of(product: ProductDetails, sheet: ProductSheet) -> list[Fact]:
    """Return the packs and the prices of lists, where there are any."""
    packs, prices = pack_lines(product, sheet), price_lines(product, sheet)
    told = ((_("Packs"), packs), (_("Prices of lists"), prices))
    return [(title, "\n".join(lines)) for title, lines in told if lines]


def net_price(product: ProductDetails, sheet: ProductSheet) -> str | None:
    """Return what a product costs without taxes, kept or reckoned, in the user's words."""
    plan, net = sheet.plan(product.tax_code), product.price_net
    if net is None and plan is not None:
        net = net_of(product.price, plan, CURRENCIES[sheet.currency])
    return None if net is None else current().money(net, sheet.currency)


def pack_lines(product: ProductDetails, sheet: ProductSheet) -> list[str]:
    """Say each pack: its name, how many units are in it, what it costs."""
    words = current()
    said = []
    for pack in product.packs:
        factor = Decimal(pack["factor"])
        price = Decimal(pack["price"]) if pack["price"] else product.price * factor
        number = words.isolate(f"× {words.number(factor)}")
        said.append(f"{pack_name(pack)} {number} · {words.money(price, sheet.currency)}")
    return said


def price_lines(product: ProductDetails, sheet: ProductSheet) -> list[str]:
    """Say what each list has for the product today."""
    words, today = current(), wall_clock.today().isoformat()
    lists = {each.code: each.named(words.language) for each in sheet.price_lists}
    packs = {pack["id"]: pack_name(pack) for pack in product.packs}
    said = []
    for price in product.prices:
        if price["valid_from"] <= today <= (price["valid_to"] or today):
            what = packs.get(price["pack_id"], "")
            step = Decimal(price["min_quantity"])
            since = words.isolate(f"≥ {words.number(step)}") if step != 1 else ""
            name = lists.get(price["price_list"], price["price_list"])
            money = words.money(Decimal(price["price"]), sheet.currency)
            said.append(" · ".join(filter(None, (name, what, since, money))))
    return said


def _named(choices: Sequence[Choice], code: str) -> str:
    found = next(
        (each for each in choices if each.code == code), Choice(code, code, code, Decimal(0))
    )
    return found.named(current().language)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_FACT else f"{text[:_LONGEST_FACT]}…"
