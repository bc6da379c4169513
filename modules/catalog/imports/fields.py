"""What the columns of a file of products can hold, and how people head them."""

import re
from collections.abc import Sequence

from erp_desktop.core.gs1 import is_ean
from erp_desktop.core.i18n import N_
from erp_desktop.core.search import fold
from erp_desktop.imports import headings, reads
from erp_desktop.imports.amounts import read_amount
from erp_desktop.imports.cells import Figure
from erp_desktop.imports.fields import EXTRA, ImportField, Read
from erp_desktop.imports.problems import ZEROS_RESTORED, Note
from modules.catalog.barcodes import expected_digit, is_readable
from modules.catalog.imports import problems
from modules.catalog.selectors import Choice, ProductSheet

_CODE, _NAME = 40, 200
_AS_NUMBER = re.compile(r"(\d{6,})[.,]0+")
_BETWEEN_BARCODES = re.compile(r"[\s;,|/]+")
# Where a number is shorter than these, a spreadsheet may have taken it for one.
_LENGTHS = (8, 12, 13)

_NAMES = (
    "name · nom · désignation · libellé · description · product · product name · item · article · "
    "produit · nom du produit · intitulé · désignation article · اسم · الاسم · اسم المنتج · "
    "المنتج · التسمية · تسمية · البيان · المادة"
)
_UNITS = "unit · uom · unit of measure · unité · unité de mesure · um · وحدة · الوحدة"
_TAXES = (
    "tax · tax code · vat · vat rate · taxe · tva · taux tva · code tva · taux de tva · ضريبة · "
    "الضريبة · الرسم · ر.ق.م · نسبة الضريبة"
)
_CATEGORIES = (
    "category · categories · family · product family · catégorie · famille · famille article · "
    "rayon · فئة · الفئة · صنف · الصنف · عائلة · العائلة"
)
_PRICES = (
    "price · price, taxes included · unit price · sale price · selling price · retail price · "
    "public price · public price dzd · public price mad · public price tnd · prix · prix ttc · "
    "prix de vente · prix de vente ttc · prix unitaire · prix public · ppv · pv · pv ttc · pu · "
    "pu ttc · tarif · سعر · السعر · ثمن · الثمن · سعر البيع · ثمن البيع · السعر شامل الرسوم · "
    "السعر شامل الضريبة · السعر مع احتساب الرسوم"
)
_REORDER_POINTS = (
    "reorder point · minimum stock · min stock · stock minimum · stock mini · stock min · seuil · "
    "seuil d'alerte · seuil de commande · seuil de réapprovisionnement · حد الطلب · "
    "حد إعادة الطلب · الحد الأدنى · المخزون الأدنى"
)


_PACKS = (
    "pack · packaging · conditionnement · colis · emballage · carton · nom du colis · عبوة · "
    "العبوة · التعبئة · الكرتون · الحزمة"
)
_FACTORS = (
    "units in the pack · pack size · units per pack · qty per pack · pcb · colisage · "
    "quantité par colis · unités par colis · qté colis · nombre par carton · "
    "عدد الوحدات في العبوة · عدد في الكرتون · سعة العبوة"
)
_PACK_PRICES = (
    "price of the pack · pack price · prix colis · prix du colis · prix carton · "
    "prix du carton ttc · سعر العبوة · سعر الكرتون · ثمن الكرتون"
)
_PACK_BARCODES = (
    "barcode of the pack · pack barcode · code-barres du colis · code barre colis · ean colis · "
    "ean carton · dun14 · itf14 · باركود العبوة · باركود الكرتون"
)


def product_fields(sheet: ProductSheet) -> tuple[ImportField, ...]:
    """Return what a column can hold, where these units and taxes exist."""
    return (
        ImportField(
            "code",
            N_("Code"),
            headings.CODE,
            reads.code(_CODE),
            missing=problems.CODE_MISSING,
            is_code=True,
        ),
        ImportField(
            "barcode",
            N_("Barcode"),
            headings.BARCODE,
            read_barcodes,
            marks=tuple,
            recognise=is_ean,
            repeats=True,
            is_code=True,
        ),
        ImportField("name", N_("Name"), _NAMES, reads.text(_NAME), missing=problems.NAME_MISSING),
        ImportField("name_ar", N_("Arabic name"), headings.NAME_AR, reads.text(_NAME)),
        ImportField("unit", N_("Unit"), _UNITS, _unit(sheet), missing=problems.UNIT_MISSING),
        ImportField("tax", N_("Tax"), _TAXES, _tax(sheet.taxes), missing=problems.TAX_MISSING),
        ImportField(
            "price",
            N_("Price, taxes included"),
            _PRICES,
            reads.amount(sheet.currency),
            missing=problems.PRICE_MISSING,
        ),
        # Its code or name, or a path `Drinks > Juices`; what is missing is made.
        ImportField("category", N_("Category"), _CATEGORIES, reads.text(_NAME)),
        ImportField("reorder_point", N_("Reorder point"), _REORDER_POINTS, reads.quantity),
        *_pack_fields(sheet.currency),
        ImportField(EXTRA, N_("Extra fact"), repeats=True),
    )


def _pack_fields(currency: str) -> tuple[ImportField, ...]:
    """Return what says that a product is also sold by the carton."""
    return (
        ImportField("pack", N_("Pack"), _PACKS, reads.text(_NAME)),
        ImportField("pack_factor", N_("Units in the pack"), _FACTORS, reads.quantity),
        ImportField("pack_price", N_("Price of the pack"), _PACK_PRICES, reads.amount(currency)),
        ImportField(
            "pack_barcode",
            N_("Barcode of the pack"),
            _PACK_BARCODES,
            read_barcodes,
            marks=tuple,
            is_code=True,
        ),
    )


def read_barcodes(cell: str, note: Note) -> tuple[str, ...] | None:
    """Read one barcode or several; a number of a spreadsheet gets its zeros back if that is sure.

    That is sure where the check digit is right with them.
    """
    if not reads.is_kept(cell, note):
        return None
    if isinstance(cell, Figure):
        cell = _with_zeros(cell, note)
    as_number = _AS_NUMBER.fullmatch(cell)
    found = [as_number[1]] if as_number else filter(None, _BETWEEN_BARCODES.split(cell))
    return tuple(dict.fromkeys(_judged(barcode, note) for barcode in found))


def _with_zeros(cell: str, note: Note) -> str:
    wider = (cell.zfill(length) for length in _LENGTHS if length > len(cell) not in _LENGTHS)
    restored = next((each for each in wider if is_ean(each)), "")
    if restored:
        note(ZEROS_RESTORED, value=restored)
    return restored or cell


def _judged(barcode: str, note: Note) -> str:
    digit = expected_digit(barcode)
    if not is_readable(barcode):
        note(problems.BARCODE_UNREADABLE)
    elif digit:
        note(problems.BARCODE_CHECK_DIGIT, digit=digit)
    return barcode


def _unit(sheet: ProductSheet) -> Read:
    known = ", ".join(unit.code for unit in sheet.units)
    return reads.choice(reads.named(sheet.units), problems.UNIT_UNKNOWN, known)


def _tax(taxes: Sequence[Choice]) -> Read:
    """Read a tax by its code, its name, or its rate: `19`, `19 %`, `19,00`, `0.19`."""
    words = reads.named(taxes)
    by_rate = {f"{tax.rate * 100:.2f}": tax.code for tax in taxes if tax.rate is not None}
    known = ", ".join(tax.code for tax in taxes)

    def read(cell: str, note: Note) -> str | None:
        meant = by_rate.get(_rate(cell)) or words.get(fold(cell))
        if meant is None:
            note(problems.TAX_UNKNOWN, known=known)
        return meant

    return read


def _rate(cell: str) -> str:
    rate = read_amount(cell.replace("%", "").replace("٪", ""))
    if rate is None:
        return ""
    is_part = 0 < rate < 1 and "%" not in cell
    return f"{rate * 100 if is_part else rate:.2f}"
