"""In which encoding a text is, and with which delimiter it is cut into cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

DELIMITERS = (";", ",", "\t", "|")

_SAMPLE_ROWS = 200
_SAMPLE_BYTES = 4096
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ARABIC_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ])[\u0621-\u064a]{2,}(?![A-Za-zÀ-ÿ])")
_ARABIC_IN_LATIN = re.compile(r"[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")


def detect_encoding(content: bytes) -> str:
    """Return the encoding of a text: by its mark, else UTF-8 if it is that, else Windows'.

    Both Windows encodings read every French letter alike, except capitals; so Arabic is told by
    whole words of Arabic letters, which French in the wrong encoding does not have.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    wide = _wide(content[:_SAMPLE_BYTES])
    if wide:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        arabic = content.decode("cp1256", errors="replace")
        whole, torn = len(_ARABIC_WORD.findall(arabic)), len(_ARABIC_IN_LATIN.findall(arabic))
        return "cp1256" if whole > torn else "cp1252"
    return "utf-8"


def _wide(sample: bytes) -> str:
    """Return which UTF-16 it is, if every other byte of what separates cells is zero."""
    if b"\x00" not in sample:
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(name, errors="replace")
        if "\n" in text and any(sign in text for sign in DELIMITERS) and "\x00" not in text:
            return name
    return ""


def detect_delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, and into most."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    rows = [cells for cells in islice(cut(text, delimiter), _SAMPLE_ROWS) if any(cells)]
    # The last row of a sample may be cut.
    counted = Counter(len(cells) for cells in rows[:-1] or rows)
    if not counted:
        return (False, 0.0, 0)
    width, often = counted.most_common(1)[0]
    return (width > 1, round(often / counted.total(), 1), width)


def cut(text: str, delimiter: str) -> Iterator[list[str]]:
    """Return the cells of each row of a text."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
