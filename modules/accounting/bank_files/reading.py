"""Reading a bank's file from disk, whatever signs it is written in."""

from pathlib import Path

from erp_desktop.imports.errors import FileTooLargeError
from erp_desktop.imports.files import MEGABYTE, readable
from erp_desktop.imports.problems import Problem
from modules.accounting.bank_files.camt import read_camt
from modules.accounting.bank_files.cfonb import read_cfonb
from modules.accounting.bank_files.mt940 import is_mt940, read_mt940
from modules.accounting.bank_files.ofx import is_ofx, read_ofx
from modules.accounting.bank_files.statement import Statement

_LARGEST = 32
_BEFORE_XML = b"\xef\xbb\xbf \r\n\t"
_XML = (b"<", b"\xff\xfe<", b"\xfe\xff\x00<")


def read_bank_file(path: Path) -> tuple[list[Statement], list[Problem]]:
    """Return the statements of a CFONB120, MT940, OFX or CAMT.053 file, and all that is wrong.

    Raises:
        FileTooLargeError: It is no bank's file.
        UserError: As `erp_desktop.imports.files.readable`.
    """
    with readable(path):
        if path.stat().st_size > _LARGEST * MEGABYTE:
            raise FileTooLargeError(file=path.name, limit=_LARGEST)
        content = path.read_bytes()
    if is_ofx(content):
        return read_ofx(content)
    if content.lstrip(_BEFORE_XML).startswith(_XML):
        return read_camt(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every byte means something there, so that nothing is refused for an accent.
        text = content.decode("latin-1")
    return read_mt940(text) if is_mt940(text) else read_cfonb(text)
