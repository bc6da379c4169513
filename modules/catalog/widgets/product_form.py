"""The form of a product: write a new one, or change one that is there."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import InvalidValueError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.form_page import FormPage
from erp_desktop.ui.forms import Form, Section
from erp_desktop.ui.parts import label, set_tone
from modules.catalog.barcodes import expected_digit, is_readable
from modules.catalog.permissions import Permission
from modules.catalog.selectors import ProductSheet, get_product
from modules.catalog.services import ProductDraft, save_product
from modules.catalog.widgets.parts import offered


class ProductFormView(Protocol):
    """All the presenter needs of whoever shows the form."""

    def show_choices(self, sheet: ProductSheet) -> None:
        """Offer these units and taxes."""

    def show_product(self, draft: ProductDraft, key: str) -> None:
        """Show a product; what is typed from now on is kept under `key`."""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved."""


class ProductFormPresenter:
    """What the form does, told without a widget."""

    def __init__(self, view: ProductFormView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._id = uuid7()
        self._version: int | None = None

    @property
    def saved_id(self) -> UUID | None:
        """The product's id, once it is kept."""
        return None if self._version is None else self._id

    async def show(self, product_id: UUID | None) -> None:
        """Show a product, or an empty form."""
        sheet = await self._backend.ask(get_product, product_id)
        self._view.show_choices(sheet)
        if sheet.product is None:
            self._id, self._version = uuid7(), None
            self._view.show_product(_new(sheet), "catalog.product/new")
        else:
            self._id, self._version = sheet.product.id, sheet.product.version
            draft = ProductDraft.of(sheet.product)
            self._view.show_product(draft, f"catalog.product/{self._id}")

    async def save(self, draft: ProductDraft) -> str:
        """Save what was typed and return the sentence to say."""
        check_barcodes(draft.barcodes)
        self._version = await self._backend.do(save_product, self._id, draft, version=self._version)
        self._view.forget_draft()
        self._view.show_product(draft, f"catalog.product/{self._id}")
        return _("{product} is saved.").format(product=draft.name)


def _new(sheet: ProductSheet) -> ProductDraft:
    """Most products are pieces and taxed at the full rate, which comes first."""
    units = [unit.code for unit in sheet.units]
    unit = "PCE" if "PCE" in units else next(iter(units), "")
    return ProductDraft(unit=unit, tax_code=next((tax.code for tax in sheet.taxes), ""))


def check_barcodes(barcodes: Sequence[str]) -> None:
    """Refuse what no scanner could send.

    Raises:
        InvalidValueError: One of them.
    """
    for barcode in barcodes:
        if not is_readable(barcode):
            cure = _("Write one barcode a line, without spaces: {barcode}").format(barcode=barcode)
            raise InvalidValueError(field="barcodes", cure=cure)


def doubts(barcodes: Sequence[str]) -> str:
    """Say which barcodes do not end with their check digit: worth a look, no reason to refuse."""
    sentences = [
        _("{barcode}: the last digit should be {digit}. Compare with the label.").format(
            barcode=current().isolate(barcode), digit=expected_digit(barcode)
        )
        for barcode in barcodes
        if expected_digit(barcode)
    ]
    return "\n".join(sentences)


class ProductFormPage(FormPage[ProductDraft]):
    """The presenter's hands and face."""

    title = N_("New product")

    def __init__(self, backend: Backend) -> None:
        self._unit = forms.ChoiceField("unit", N_("Unit"), translate=False, required=True)
        self._tax = forms.ChoiceField("tax_code", N_("Tax"), translate=False, required=True)
        self._barcodes = forms.LinesField("barcodes", N_("Barcodes"), hint=N_("One a line"))
        super().__init__(backend, Form(self._fields()))
        self._presenter = ProductFormPresenter(self, backend)
        self._doubts = label(look="chip")
        self._doubts.setWordWrap(True)
        set_tone(self._doubts, "warn")
        self._barcodes.layout().addWidget(self._doubts)  # type: ignore[union-attr] # a field has one
        self._barcodes.changed.connect(self._on_barcodes)
        self._sheet: ProductSheet | None = None
        self._name = ""
        follow(self, self._word_choices)
        self.form.setEnabled(backend.user.may(Permission.EDIT_PRODUCTS))
        self._product_id: UUID | None = None

    def _fields(self) -> tuple[forms.Field | Section, ...]:
        zero = Decimal(0)
        return (
            Section(N_("Identity")),
            forms.CodeField("code", N_("Code"), required=True),
            forms.CheckField("is_active", N_("For sale")),
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            self._barcodes,
            Section(N_("Selling")),
            forms.AmountField("price", N_("Price, taxes included"), required=True, least=zero),
            self._tax,
            self._unit,
            forms.AmountField(
                "reorder_point", N_("Reorder point"), least=zero, hint=N_("Never warn")
            ),
            Section(N_("More")),
            forms.PairsField(
                "metadata", N_("Extra facts"), span=2, hint=N_("Colour: red, one a line")
            ),
        )

    def show_choices(self, sheet: ProductSheet) -> None:
        """Offer these units and taxes."""
        self._sheet = sheet
        self._word_choices()

    def show_product(self, draft: ProductDraft, key: str) -> None:
        """Show a product; what is typed from now on is kept under `key`."""
        self._name = draft.name
        self.show_draft(draft, key=key, name=draft.name)
        self.header.show_state("" if draft.is_active else _("Not for sale"))
        self._on_barcodes()

    @override
    async def save(self, draft: ProductDraft) -> str:
        sentence = await self._presenter.save(draft)
        self._product_id = self._presenter.saved_id
        return sentence

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._presenter.show, self._product_id)

    @override
    def open(self, argument: Any) -> None:
        self._product_id = UUID(str(argument)) if argument else None
        self.start_latest(self._presenter.show, self._product_id)

    @override
    def on_scan(self, text: str) -> bool:
        """A scan goes to the barcodes, wherever the focus is."""
        self._barcodes.show_value(tuple(dict.fromkeys([*self._barcodes.read(), text])))
        self._barcodes.edited()
        return True

    @override
    def state(self) -> dict[str, Any]:
        kept = {"product": str(self._product_id) if self._product_id else None}
        return {**super().state(), **kept}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._product_id = UUID(state["product"]) if state.get("product") else None

    def _word_choices(self) -> None:
        if self._name:
            self.header.show_title(self._name)
        if self._sheet is not None:
            self._unit.offer(offered(self._sheet.units))
            self._tax.offer(offered(self._sheet.taxes))

    def _on_barcodes(self) -> None:
        sentence = doubts(self._barcodes.read())
        self._doubts.setText(sentence)
        self._doubts.setVisible(bool(sentence))
