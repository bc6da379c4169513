"""The form of a product: write a new one, or change one that is there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import InvalidValueError
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.file_choice import choose_source
from erp_desktop.ui.follow import follow
from erp_desktop.ui.form_page import FormPage
from erp_desktop.ui.forms import Form
from erp_desktop.ui.parts import label, set_tone
from modules.accounting.api import net_of
from modules.catalog.barcodes import expected_digit, is_readable
from modules.catalog.permissions import Permission
from modules.catalog.pictures import read_picture, scaled
from modules.catalog.selectors import ProductSheet, get_product
from modules.catalog.services import ProductDraft, save_product
from modules.catalog.widgets.product_fields import ProductFields

_PICTURES = "*.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff"


class ProductFormView(Protocol):
    """All the presenter needs of whoever shows the form."""

    def show_choices(self, sheet: ProductSheet) -> None:
        """Offer what can be chosen."""

    def show_product(self, draft: ProductDraft, key: str) -> None:
        """Show a product; what is typed from now on is kept under `key`."""

    def show_picture(self, picture: str) -> None:
        """Show a picture that the user has chosen."""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved."""


class ProductFormPresenter:
    """What the form does, told without a widget."""

    def __init__(self, view: ProductFormView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._id = uuid7()
        self._version: int | None = None
        self._sheet: ProductSheet | None = None
        self._picture = ""

    @property
    def saved_id(self) -> UUID | None:
        """The product's id, once it is kept."""
        return None if self._version is None else self._id

    async def show(self, product_id: UUID | None) -> None:
        """Show a product, or an empty form."""
        sheet = await self._backend.ask(get_product, product_id)
        self._sheet = sheet
        self._view.show_choices(sheet)
        if sheet.product is None:
            self._id, self._version, self._picture = uuid7(), None, ""
            self._view.show_product(_new(sheet), "catalog.product/new")
        else:
            self._id, self._version = sheet.product.id, sheet.product.version
            self._picture = sheet.product.picture or ""
            draft = with_net(ProductDraft.of(sheet.product), sheet)
            self._view.show_product(draft, f"catalog.product/{self._id}")

    async def save(self, draft: ProductDraft) -> str:
        """Save what was typed and return the sentence to say."""
        check_barcodes(draft.barcodes)
        kept = replace(draft, picture=None if draft.picture == self._picture else draft.picture)
        if self._sheet is not None:
            kept = without_net(kept, self._sheet)
        self._version = await self._backend.do(save_product, self._id, kept, version=self._version)
        self._picture = draft.picture or ""
        self._view.forget_draft()
        self._view.show_product(draft, f"catalog.product/{self._id}")
        return _("{product} is saved.").format(product=draft.name)

    async def take_picture(self, given: Path | bytes) -> None:
        """Make a picture small enough, and show it."""
        work = scaled if isinstance(given, bytes) else read_picture
        self._view.show_picture(await self._backend.thread(work, given))  # type: ignore[arg-type]


def with_net(draft: ProductDraft, sheet: ProductSheet) -> ProductDraft:
    """Return a draft with its net price, which follows from the price where it is not kept."""
    plan = sheet.plan(draft.tax_code)
    if draft.price_net is not None or plan is None:
        return draft
    return replace(draft, price_net=net_of(draft.price, plan, CURRENCIES[sheet.currency]))


def without_net(draft: ProductDraft, sheet: ProductSheet) -> ProductDraft:
    """Return a draft that keeps a net price only where it says more than the price does."""
    follows = with_net(replace(draft, price_net=None), sheet).price_net
    return replace(draft, price_net=None) if draft.price_net == follows else draft


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
        self._fields = ProductFields()
        super().__init__(backend, Form(self._fields.parts()))
        self._presenter = ProductFormPresenter(self, backend)
        self._doubts = label(look="chip")
        self._doubts.setWordWrap(True)
        set_tone(self._doubts, "warn")
        self._sheet: ProductSheet | None = None
        self._names = ("", "")
        self._product_id: UUID | None = None
        self._connect()
        follow(self, self._word_choices)
        self.form.setEnabled(backend.user.may(Permission.EDIT_PRODUCTS))

    def show_choices(self, sheet: ProductSheet) -> None:
        """Offer what can be chosen."""
        self._sheet = sheet
        self._word_choices()

    def show_product(self, draft: ProductDraft, key: str) -> None:
        """Show a product; what is typed from now on is kept under `key`."""
        self._names = (draft.name, draft.name_ar)
        named = in_language(current().language, *self._names)
        self.show_draft(replace(draft, picture=draft.picture or ""), key=key, name=named)
        self.header.show_state("" if draft.is_active else _("Not for sale"))
        self._fields.follow_price()
        self._on_barcodes()

    def show_picture(self, picture: str) -> None:
        """Show a picture that the user has chosen."""
        self._fields.picture.take(picture)

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
        """A scan goes to the pack that is being edited, or else to the product."""
        barcodes = self._fields.barcodes
        if not self._fields.packs.take_scan(text):
            barcodes.show_value(tuple(dict.fromkeys([*barcodes.read(), text])))
            barcodes.edited()
        return True

    @override
    def state(self) -> dict[str, Any]:
        kept = {"product": str(self._product_id) if self._product_id else None}
        return {**super().state(), **kept}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._product_id = UUID(state["product"]) if state.get("product") else None

    def _connect(self) -> None:
        barcodes, picture = self._fields.barcodes, self._fields.picture
        barcodes.layout().addWidget(self._doubts)  # type: ignore[union-attr] # a field has one
        barcodes.changed.connect(self._on_barcodes)
        picture.asked.connect(lambda: self.start_once(self._choose_picture))
        picture.given.connect(lambda given: self.start_latest(self._presenter.take_picture, given))

    async def _choose_picture(self) -> None:
        path = await choose_source(self, _("Choose a picture"), _PICTURES)
        if path is not None:
            await self._presenter.take_picture(path)

    def _word_choices(self) -> None:
        if self._names[0]:
            self.header.show_title(in_language(current().language, *self._names))
        if self._sheet is not None:
            self._fields.offer(self._sheet)

    def _on_barcodes(self) -> None:
        sentence = doubts(self._fields.barcodes.read())
        self._doubts.setText(sentence)
        self._doubts.setVisible(bool(sentence))
