"""What banks write in their files, as statements."""

from modules.accounting.bank_files.camt import read_camt
from modules.accounting.bank_files.cfonb import read_cfonb
from modules.accounting.bank_files.mt940 import read_mt940
from modules.accounting.bank_files.ofx import read_ofx
from modules.accounting.bank_files.reading import read_bank_file
from modules.accounting.bank_files.statement import Statement, StatementLine

__all__ = [
    "Statement",
    "StatementLine",
    "read_bank_file",
    "read_camt",
    "read_cfonb",
    "read_mt940",
    "read_ofx",
]
