"""The rows that are not booked, as a file that somebody can mend."""

import csv
from collections.abc import Iterable
from pathlib import Path

from erp_desktop.core.i18n import _
from modules.sales.history.lines import Rejected
from modules.sales.history.reasons import sentence_of


def write_rejected(path: Path, rejected: Iterable[Rejected]) -> None:
    """Write rows with their reasons as CSV; a spreadsheet program reads it as it stands."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("Row"), _("Invoice"), _("Product"), _("Value"), _("Reason")])
        for each in rejected:
            reason = sentence_of(each.reason)
            writer.writerow([each.row, each.invoice, each.code, each.value, reason])
