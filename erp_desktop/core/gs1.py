"""What a barcode says about itself: GS1's check digit."""

# GS1 lengths with a check digit: EAN-8, UPC-A, EAN-13, GTIN-14.
_CHECKED = (8, 12, 13, 14)


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


def is_ean(code: str) -> bool:
    """Whether `code` is an EAN-8, UPC-A, EAN-13 or GTIN-14 with the right check digit."""
    is_digits = code.isascii() and code.isdigit()
    return len(code) in _CHECKED and is_digits and not expected_digit(code)
