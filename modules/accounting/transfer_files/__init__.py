"""Files that tell a bank what to transfer. Pure."""

from modules.accounting.transfer_files.cfonb import cfonb_file
from modules.accounting.transfer_files.pain import pain_file
from modules.accounting.transfer_files.transfers import Transfer, transfers_of

__all__ = ["Transfer", "cfonb_file", "pain_file", "transfers_of"]
