"""Which column holds what: the headings under which shops write their invoice lines."""

from collections.abc import Sequence

from erp_desktop.core.search import fold

# In the order of `reading.RawLine`, after the row.
COLUMNS: tuple[tuple[str, ...], ...] = (
    ("invoiceno", "invoice", "invoicenumber", "facture", "nfacture", "numerofacture"),
    ("stockcode", "code", "productcode", "item", "article", "reference"),
    ("description", "name", "designation", "libelle", "productname"),
    ("quantity", "qty", "quantite", "qte"),
    ("invoicedate", "date", "datefacture"),
    ("unitprice", "price", "prix", "prixunitaire", "pu"),
    ("customerid", "customer", "client", "codeclient"),
    ("country", "pays"),
)


def columns_of(headings: Sequence[str]) -> tuple[int, ...] | None:
    """Return the place of each column, or None if one of them is missing."""
    names = ["".join(filter(str.isalnum, fold(heading))) for heading in headings]
    places = [next((names.index(n) for n in known if n in names), None) for known in COLUMNS]
    found = tuple(place for place in places if place is not None)
    return found if len(found) == len(COLUMNS) else None
