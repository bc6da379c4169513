"""How people head their columns in three languages, and what is compared of a heading."""

from erp_desktop.core.search import terms

CODE = (
    "code · code article · code produit · référence · réf · ref · reference · sku · stock code · "
    "item code · product code · code pct · n° article · رمز · الرمز · "
    "رمز المنتج · رمز المادة · مرجع · المرجع"
)
BARCODE = (
    "barcode · barcodes · bar code · code barre · code barres · code-barres · code à barres · "
    "ean · ean13 · ean 13 · barcode ean13 · gtin · upc · gencod · باركود · الباركود · رمز شريطي · "
    "الرمز الشريطي · الرمز العمودي"
)
NAME_AR = (
    "name ar · arabic name · name in arabic · nom arabe · nom en arabe · nom ar · "
    "désignation arabe · désignation ar · libellé arabe · الاسم بالعربية · الاسم العربي · "
    "التسمية بالعربية"
)
REMARKS = "remarks · remarques · ملاحظات"


def squeezed(heading: str) -> str:
    """Return what is compared of a heading: `Code-Barres` and `code_barres` are alike."""
    return "".join(terms(heading)).replace("_", "")


def each(headings: str) -> list[str]:
    """Return the headings of a list with dots between, as they are compared."""
    return [squeezed(heading) for heading in headings.split(" · ")] if headings else []


_REMARKS = frozenset(each(REMARKS))


def is_remarks(heading: str) -> bool:
    """Whether a column holds what we wrote about its rows (`remarks.write_remarks`)."""
    return squeezed(heading) in _REMARKS
