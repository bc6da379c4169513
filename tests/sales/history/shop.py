"""Lines of a small shop, as a file has them."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from modules.sales.history.documents import Document, documents_of
from modules.sales.history.lines import Line, Rejected

SAMPLE = Path(__file__).parent / "data" / "online-retail.csv"
HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def line(
    row: int,
    invoice: str,
    quantity: str,
    price: str = "2.50",
    *,
    code: str = "85123A",
    customer: str = "17850",
    day: int = 1,
) -> Line:
    """Return one line; the later its row, the later its minute."""
    at = datetime(2010, 12, day, 8, row % 60)  # noqa: DTZ001 - the shop's own clock
    return Line(
        row, invoice, code, "HEART", Decimal(quantity), at, Decimal(price), customer, "EIRE"
    )


def papers(*lines: Line) -> tuple[list[Document], list[Rejected]]:
    """Return what lines become."""
    return documents_of(lines)


def write_csv(path: Path, *rows: str) -> Path:
    """Write a file of invoice lines."""
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path
