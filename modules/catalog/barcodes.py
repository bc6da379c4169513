"""What a barcode says about itself: GS1's check digit, and how scanners spell it."""

# GS1 lengths with a check digit: EAN-8, UPC-A, EAN-13, GTIN-14.
_CHECKED = (8, 12, 13, 14)

LONGEST = 48


def check_digit(digits: str) -> str:
    """Return the last digit that GS1 puts behind `digits`: weights 3 and 1 from the right."""
    total = sum(int(d) * (3 if place % 2 == 0 else 1) for place, d in enumerate(reversed(digits)))
    return str(-total % 10)


def expected_digit(barcode: str) -> str:
    """Return the check digit that should stand at the end, if another one does; else nothing."""
    if len(barcode) not in _CHECKED or not (barcode.isascii() and barcode.isdigit()):
        return ""
    right = check_digit(barcode[:-1])
    return "" if barcode[-1] == right else right


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
