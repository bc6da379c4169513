"""What can be a barcode, and how scanners spell it."""

from erp_desktop.core.gs1 import expected_digit

__all__ = ["LONGEST", "expected_digit", "is_readable", "spellings"]

LONGEST = 48


def is_readable(barcode: str) -> bool:
    """Whether a scanner could send it: printable ASCII without spaces, not too long."""
    return 0 < len(barcode) <= LONGEST and all("!" <= sign <= "~" for sign in barcode)


def spellings(barcode: str) -> tuple[str, ...]:
    """Return how one barcode is sent: a UPC-A as 12 digits, or with a zero in front as 13."""
    if not is_readable(barcode):
        return ()
    if len(barcode) == 12 and barcode.isdigit():
        return (barcode, f"0{barcode}")
    if len(barcode) == 13 and barcode.isdigit() and barcode.startswith("0"):
        return (barcode, barcode[1:])
    return (barcode,)
