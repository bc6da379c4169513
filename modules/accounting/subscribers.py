"""What accounting does when it is told that something happened; safe to run twice."""

from collections.abc import Mapping
from typing import Any

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from modules.accounting.events import TransferSent
from modules.accounting.permissions import Permission

# Translated when it is shown, to each reader in their own language.
ON_THE_WAY = N_(
    "Transfer {number} is on its way to you. Receive it on the page Internal transfers."
)


def tell_of_transfer(ctx: Context, payload: Mapping[str, Any]) -> None:
    """Tell the branch that receives a transfer of another one, once."""
    event = TransferSent.read(payload)
    about = f"accounting.transfer/{event.transfer_id}"
    permission, details = str(Permission.MOVE_MONEY), {"number": event.number}
    ctx.call("core.notify_v1", event.branch_id, permission, about, ON_THE_WAY, details)
