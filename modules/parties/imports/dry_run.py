"""What an import would do to the partners as they are now."""

from functools import partial

from erp_desktop.core.context import Context
from erp_desktop.imports.checking import Plan, check_table
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import Table
from modules.parties.imports.parties import PartyKind
from modules.parties.permissions import Permission
from modules.parties.selectors import get_party, known_parties
from modules.parties.services import PartyDraft


def get_party_kind(ctx: Context) -> PartyKind:
    """Return what can be imported; who may not set credit limits imports none."""
    ctx.require(Permission.IMPORT_PARTIES)
    may_set_credit = ctx.user.may(Permission.EDIT_CREDIT)
    return PartyKind(get_party(ctx, None), may_set_credit=may_set_credit)


def dry_run(
    ctx: Context,
    table: Table,
    options: ImportOptions,
    kind: PartyKind,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Plan[PartyDraft]:
    """Return what importing a file would write, change and leave out; nothing is written.

    Raises:
        NotAllowedError: The user may not import partners.
        CancelledError: The user has cancelled.
    """
    ctx.require(Permission.IMPORT_PARTIES)
    return check_table(table, options, kind, partial(known_parties, ctx), progress)
