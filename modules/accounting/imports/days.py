"""Reading the days of a file, as spreadsheets and people write them."""

import re
from datetime import date

from erp_desktop.core.i18n import N_
from erp_desktop.imports.problems import Note, What

DAY_UNREADABLE = What("day_unreadable", N_("This is no day. Write it as 31/12/2026."))

_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_PLAIN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def day(cell: str, note: Note) -> date | None:
    """Read a day: `31/12/2026`, `31.12.2026`, `2026-12-31`, or a date of a spreadsheet."""
    text = cell.translate(_ARABIC).strip()
    iso, plain = _ISO.fullmatch(text), _PLAIN.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if plain:
            return date(int(plain[3]), int(plain[2]), int(plain[1]))
    except ValueError:
        pass
    note(DAY_UNREADABLE)
    return None
