"""The fields of a product, in the order in which the form shows them; prices follow each other."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from typing_extensions import override

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.money import CURRENCIES, Currency, round_money
from erp_desktop.ui import forms
from erp_desktop.ui.fields import Field
from erp_desktop.ui.forms import Section
from modules.accounting.api import TaxPlan, net_of
from modules.catalog.selectors import ProductSheet
from modules.catalog.widgets.category_field import CategoryField
from modules.catalog.widgets.packs_field import PacksField
from modules.catalog.widgets.parts import offered
from modules.catalog.widgets.picture_field import PictureField
from modules.catalog.widgets.prices_field import PricesField

KINDS = (("goods", N_("Goods")), ("service", N_("Service")))
_ZERO = Decimal(0)


class MoneyField(forms.AmountField):
    """An amount whose currency is known only when the form is shown."""

    def use(self, currency: str) -> None:
        """Round to this currency's decimals, half up."""
        self._decimals = CURRENCIES[currency].decimals
        self._currency = CURRENCIES[currency]

    @override
    def _fit(self, value: Decimal) -> Decimal:
        known: Currency | None = getattr(self, "_currency", None)
        return super()._fit(value if known is None else round_money(value, known))


def gross_of(net: Decimal, plan: TaxPlan, currency: Currency) -> Decimal:
    """Return what a net price amounts to with all taxes."""
    return round_money(net * plan.factor, currency)


class ProductFields:
    """Makes the fields, offers what can be chosen, and keeps both prices in step."""

    def __init__(self) -> None:
        self.category = CategoryField("category_id", N_("Category"))
        self.unit = forms.ChoiceField("unit", N_("Unit"), translate=False, required=True)
        self.tax = forms.ChoiceField("tax_code", N_("Tax"), translate=False, required=True)
        self.barcodes = forms.LinesField("barcodes", N_("Barcodes"), hint=N_("One a line"))
        self.price = MoneyField("price", N_("Price, taxes included"), required=True, least=_ZERO)
        self.price_net = MoneyField("price_net", N_("Price without taxes"), least=_ZERO)
        self.picture = PictureField("picture", N_("Picture"))
        self.packs = PacksField("packs")
        self.prices = PricesField("prices")
        self._sheet: ProductSheet | None = None
        self.price.changed.connect(self._on_price)
        self.tax.changed.connect(self._on_price)
        self.price_net.changed.connect(self._on_net)
        self.unit.changed.connect(self._offer_packs)
        self.packs.changed.connect(self._offer_packs)

    def parts(self) -> Sequence[Field | Section]:
        """Return all of it, in order."""
        return (
            Section(N_("Identity")),
            forms.CodeField("code", N_("Code"), required=True),
            forms.CheckField("is_active", N_("For sale")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            self.category,
            forms.ChoiceField("kind", N_("Kind"), KINDS),
            self.barcodes,
            self.picture,
            Section(N_("Selling")),
            self.price,
            self.price_net,
            self.tax,
            self.unit,
            forms.AmountField(
                "reorder_point", N_("Reorder point"), least=_ZERO, hint=N_("Never warn")
            ),
            self.packs,
            self.prices,
            Section(N_("More")),
            forms.PairsField(
                "metadata", N_("Extra facts"), span=2, hint=N_("Colour: red, one a line")
            ),
        )

    def offer(self, sheet: ProductSheet) -> None:
        """Offer what can be chosen, in the user's language."""
        self._sheet = sheet
        self.category.know(sheet.categories)
        self.unit.offer(offered(sheet.units))
        self.tax.offer(offered(sheet.taxes))
        for field in (self.price, self.price_net):
            field.use(sheet.currency)
        self.packs.currency = self.prices.currency = sheet.currency
        self.prices.offer_lists(sheet.price_lists)
        self._offer_packs()

    def follow_price(self) -> None:
        """Show what depends on the price."""
        self.packs.show_unit_price(_read(self.price))
        self._offer_packs()

    def _on_price(self) -> None:
        """The shelf price stays, also under another tax; the net price follows."""
        price, plan = _read(self.price), self._plan()
        if price is not None and plan is not None and self._sheet is not None:
            self.price_net.show_value(net_of(price, plan, CURRENCIES[self._sheet.currency]))
        self.follow_price()

    def _on_net(self) -> None:
        net, plan = _read(self.price_net), self._plan()
        if net is not None and plan is not None and self._sheet is not None:
            self.price.show_value(gross_of(net, plan, CURRENCIES[self._sheet.currency]))
        self.follow_price()

    def _plan(self) -> TaxPlan | None:
        return self._sheet.plan(str(self.tax.read() or "")) if self._sheet else None

    def _offer_packs(self) -> None:
        packs: Sequence[Mapping[str, str]] = _read(self.packs) or ()
        unit = next((each for each in self._units() if each[0] == self.unit.read()), ("", ""))
        self.prices.offer_packs(packs, unit[1])

    def _units(self) -> list[tuple[str, str]]:
        language = current().language
        units = self._sheet.units if self._sheet else ()
        return [(each.code, each.named(language)) for each in units]


def _read(field: Field) -> Any:
    """Return what is typed, or nothing while it cannot be read."""
    try:
        return field.read()
    except ValueError:
        return None
