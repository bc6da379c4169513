"""The statement of deductions as a file: XML of the Moroccan tax office (SIMPL-TVA, EDI). Pure.

The elements are those of the office's *relevé de déductions* in public samples of 2026, which have
the rate as a part of one; its specification itself was not at hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

# How a purchase was paid, as the office numbers it; what is not listed is 7, another way.
PAID_BY: Mapping[str, int] = {"cash": 1, "cheque": 2, "bank": 4, "bill": 5, "offset": 6}
_OTHER = 7
_MONTHLY, _QUARTERLY = "1", "2"


@dataclass(frozen=True, slots=True)
class Deduction:
    """A row of the statement: one tax of one purchase, as far as it is deducted.

    Attributes:
        rate: A part of one.
        tax_id: The supplier's *identifiant fiscal*; `ice` the common one.
    """

    number: str
    label: str
    base: Decimal
    tax: Decimal
    rate: Decimal
    supplier: str
    tax_id: str
    ice: str
    method: str
    paid_on: date
    invoiced_on: date


def deductions_xml(
    rows: Iterable[Deduction], tax_id: str, first_day: date, last_day: date
) -> bytes:
    """Return the file for whole months: one, or those of a quarter.

    Args:
        rows: In the order in which they are numbered.
        tax_id: Of the company.
        first_day: Of the months.
        last_day: Of the months.
    """
    is_month = (first_day.year, first_day.month) == (last_day.year, last_day.month)
    root = ET.Element("DeclarationReleveDeduction")
    _put(root, "identifiantFiscal", tax_id)
    _put(root, "annee", str(last_day.year))
    _put(root, "periode", str(last_day.month if is_month else (last_day.month + 2) // 3))
    _put(root, "regime", _MONTHLY if is_month else _QUARTERLY)
    listed = ET.SubElement(root, "releveDeductions")
    for place, row in enumerate(rows, 1):
        _add(ET.SubElement(listed, "rd"), place, row)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def _add(element: ET.Element, place: int, row: Deduction) -> None:
    _put(element, "ord", str(place))
    _put(element, "num", row.number)
    _put(element, "des", row.label)
    _put(element, "mht", f"{row.base:.2f}")
    _put(element, "tva", f"{row.tax:.2f}")
    _put(element, "ttc", f"{row.base + row.tax:.2f}")
    supplier = ET.SubElement(element, "refF")
    _put(supplier, "if", row.tax_id)
    _put(supplier, "nom", row.supplier)
    _put(supplier, "ice", row.ice)
    _put(element, "tx", f"{row.rate:.2f}")
    _put(ET.SubElement(element, "mp"), "id", str(PAID_BY.get(row.method, _OTHER)))
    _put(element, "dpai", row.paid_on.isoformat())
    _put(element, "dfac", row.invoiced_on.isoformat())


def _put(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, name).text = value
