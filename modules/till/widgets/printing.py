"""Printing a ticket from any page of the till."""

from datetime import datetime

from erp_desktop.core.i18n import current
from erp_desktop.documents.spool import Job
from erp_desktop.ui.backend import Backend
from modules.till.errors import WorkstationMissingError
from modules.till.paid import PaidTicket
from modules.till.paper import print_receipt
from modules.till.reports import letterhead_for, receipt_of


async def print_ticket(
    backend: Backend, ticket: PaidTicket, *, is_duplicate: bool = False
) -> Job | None:
    """Print a receipt in the user's language; return its job if it did not come out.

    Raises:
        WorkstationMissingError: This computer has no receipt printer.
    """
    station, user, words = backend.workstation, backend.user, current()
    if station is None:
        raise WorkstationMissingError
    names = {user.login: (user.name, user.name_ar)}
    head = await backend.local(letterhead_for, ticket, names)
    receipt = receipt_of(ticket, head, words, is_duplicate=is_duplicate)
    now = datetime.now().astimezone()
    return await backend.thread(print_receipt, station, receipt, words, at=now)
