"""What banks write in their files, as statements."""

from modules.accounting.statements.cfonb import read_cfonb
from modules.accounting.statements.statement import Statement, StatementLine

__all__ = ["Statement", "StatementLine", "read_cfonb"]
