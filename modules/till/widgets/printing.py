"""Printing what the till hands out, from any of its pages."""

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import current
from erp_desktop.documents.outlets import print_receipt
from erp_desktop.documents.spool import Job
from erp_desktop.ui.backend import Backend
from modules.till.errors import WorkstationMissingError
from modules.till.paid import PaidTicket
from modules.till.reports import letterhead_for, receipt_of
from modules.till.session_paper import session_receipt
from modules.till.session_report import SessionReport


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
    codes = {tax.code for tax in ticket.taxes}
    head = await backend.local(letterhead_for, codes, names)
    receipt = receipt_of(ticket, head, words, is_duplicate=is_duplicate)
    now = wall_clock.now()
    has_cash = not is_duplicate and any(each.method == "cash" for each in ticket.payments)
    return await backend.thread(
        print_receipt, station, receipt, words, at=now, opens_drawer=has_cash
    )


async def print_session(backend: Backend, report: SessionReport) -> Job | None:
    """Print the X or Z report of a cash session; return its job if it did not come out.

    Raises:
        WorkstationMissingError: This computer has no receipt printer.
    """
    station, user, words = backend.workstation, backend.user, current()
    if station is None:
        raise WorkstationMissingError
    head = await backend.local(letterhead_for, (), {user.login: (user.name, user.name_ar)})
    receipt = session_receipt(report, head, words)
    now = wall_clock.now()
    return await backend.thread(print_receipt, station, receipt, words, at=now)
