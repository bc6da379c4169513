"""What the columns of a file can mean, and how people head them in three languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from erp_desktop.core.i18n import N_
from erp_desktop.core.search import terms
from modules.catalog.barcodes import expected_digit
from modules.catalog.imports.reading import Table

IGNORED = ""
EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class ImportField:
    """What a column can hold.

    Attributes:
        id: Its name in `ImportOptions.columns`.
        title: Marked `N_`.
        headings: How people call it, with dots between.
        repeats: Several columns can hold it.
    """

    id: str
    title: str
    headings: str = ""
    repeats: bool = False


FIELDS = (
    ImportField(
        "code",
        N_("Code"),
        "code · code article · code produit · référence · réf · ref · reference · sku · "
        "stock code · item code · product code · n° article · رمز · الرمز · "
        "رمز المنتج · رمز المادة · مرجع · المرجع",
    ),
    ImportField(
        "barcode",
        N_("Barcode"),
        "barcode · barcodes · bar code · code barre · code barres · code-barres · "
        "code à barres · ean · ean13 · ean 13 · gtin · upc · gencod · باركود · "
        "الباركود · رمز شريطي · الرمز الشريطي · الرمز العمودي",
        repeats=True,
    ),
    ImportField(
        "name",
        N_("Name"),
        "name · nom · désignation · libellé · description · product · product name · "
        "item · article · produit · nom du produit · intitulé · désignation article · "
        "اسم · الاسم · اسم المنتج · المنتج · التسمية · تسمية · البيان · المادة",
    ),
    ImportField(
        "name_ar",
        N_("Arabic name"),
        "name ar · arabic name · name in arabic · nom arabe · nom ar · "
        "désignation arabe · désignation ar · libellé arabe · الاسم بالعربية · "
        "الاسم العربي · التسمية بالعربية",
    ),
    ImportField(
        "unit",
        N_("Unit"),
        "unit · uom · unit of measure · unité · unité de mesure · um · وحدة · الوحدة",
    ),
    ImportField(
        "tax",
        N_("Tax"),
        "tax · tax code · vat · vat rate · taxe · tva · taux tva · code tva · "
        "taux de tva · ضريبة · الضريبة · الرسم · ر.ق.م · نسبة الضريبة",
    ),
    ImportField(
        "price",
        N_("Price, taxes included"),
        "price · unit price · sale price · selling price · retail price · prix · "
        "prix ttc · prix de vente · prix de vente ttc · prix unitaire · pv · pv ttc · "
        "pu · pu ttc · tarif · سعر · السعر · ثمن · الثمن · سعر البيع · ثمن البيع",
    ),
    ImportField(
        "reorder_point",
        N_("Reorder point"),
        "reorder point · minimum stock · min stock · stock minimum · stock mini · "
        "stock min · seuil · seuil d'alerte · seuil de commande · حد الطلب · "
        "الحد الأدنى · المخزون الأدنى",
    ),
    ImportField(EXTRA, N_("Extra fact"), repeats=True),
)


def squeezed(heading: str) -> str:
    """Return what is compared of a heading: `Code-Barres` and `code_barres` are alike."""
    return "".join(terms(heading)).replace("_", "")


_BY_HEADING = {
    squeezed(each): field.id
    for field in FIELDS
    if field.headings
    for each in field.headings.split(" · ")
}
_REPEATING = {field.id for field in FIELDS if field.repeats}


def propose_columns(table: Table) -> tuple[str, ...]:
    """Return what each column seems to hold: by its heading, or because it is full of barcodes."""
    columns = [_BY_HEADING.get(squeezed(heading), IGNORED) for heading in table.headings]
    _keep_first_of_each(columns)
    if "barcode" not in columns:
        sample = table.sample()
        for place, field in enumerate(columns):
            if field == IGNORED and _holds_barcodes(sample, place):
                columns[place] = "barcode"
    return tuple(columns)


def repeats_codes(table: Table, columns: Sequence[str]) -> bool:
    """Whether many rows share their code, as the lines of invoices do."""
    if "code" not in columns:
        return False
    place = list(columns).index("code")
    codes = [cells[place] for cells in table.sample(2000) if place < len(cells)]
    return len(codes) > 20 and len(set(codes)) < 0.9 * len(codes)


def _keep_first_of_each(columns: list[str]) -> None:
    seen: set[str] = set()
    for place, field in enumerate(columns):
        if field in seen and field not in _REPEATING:
            columns[place] = IGNORED
        seen.add(field)


def _holds_barcodes(sample: list[list[str]], place: int) -> bool:
    values = [cells[place].strip() for cells in sample if place < len(cells) and cells[place]]
    right = [v for v in values if len(v) in {8, 12, 13} and v.isdigit() and not expected_digit(v)]
    return len(values) > 2 and len(right) > 0.8 * len(values)
