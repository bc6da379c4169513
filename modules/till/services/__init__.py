"""Changes the till can make: into its own journal first, durably; head office hears later."""

from modules.till.services.cash import close_session, move_cash, open_session
from modules.till.services.refund import refund
from modules.till.services.sell import sell

__all__ = ["close_session", "move_cash", "open_session", "refund", "sell"]
