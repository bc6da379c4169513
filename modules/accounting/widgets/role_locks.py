"""The day before which each role posts nothing."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.forms import DateField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import button
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import RoleLockRow, list_role_locks
from modules.accounting.services import lock_role
from modules.accounting.widgets.asking_one import ask_one

_ROLES = {
    "administrator": N_("Administrator"),
    "manager": N_("Branch manager"),
    "accountant": N_("Accountant"),
    "cashier": N_("Cashier"),
    "clerk": N_("Warehouse clerk"),
    "buyer": N_("Buyer"),
    "hr_officer": N_("HR officer"),
}


def role_name(role: str) -> str:
    """Return what people call a role; a company's own by its code."""
    return _(_ROLES[role]) if role in _ROLES else role


_COLUMNS: tuple[Column[RoleLockRow], ...] = (
    Column(N_("Role"), lambda r: role_name(r.role), width=240, strong=True),
    Column(
        N_("Posts nothing before"),
        lambda r: current().date(r.locked_before) if r.locked_before else "",
        width=200,
        value=lambda r: r.locked_before,
    ),
    Column(
        N_("State"),
        lambda r: _("Locked") if r.locked_before else _("Not locked"),
        tone=lambda r: "warn" if r.locked_before else "",
    ),
)


class RoleLocksPage(ListPage[RoleLockRow]):
    """The list of roles; a lock is set, moved or taken away."""

    title: ClassVar[str] = N_("Posting locks")
    hint: ClassVar[str] = N_("Role")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.change = button(N_("Change lock"), self._on_change, icon="calendar-lock-outline")
        self.change.setVisible(backend.user.may(Permission.MANAGE_PERIODS))
        self.header.add(self.change)

    @override
    async def load(self, query: Query, after: RoleLockRow | None) -> Sequence[RoleLockRow]:
        if after is not None:
            return ()
        locks = await self.backend.ask(list_role_locks)
        return [lock for lock in locks if query.text.lower() in role_name(lock.role).lower()]

    @override
    def on_open(self, row: RoleLockRow) -> None:
        if self.backend.user.may(Permission.MANAGE_PERIODS):
            self.start_once(self.lock, row)

    async def lock(self, row: RoleLockRow) -> None:
        """Ask for the day and set it; an empty one unlocks the role."""
        name = role_name(row.role)
        question = _("From which day may the role {role} post?").format(role=name)
        field = DateField("before", N_("Posts nothing before"), hint=N_("Empty: not locked"))
        field.show_value(row.locked_before)
        day = await ask_one(self, question, _("Change lock"), field)
        if day is None:
            return
        await self.backend.do(lock_role, row.role, day.value)
        self.say(_("The lock of {role} is changed.").format(role=name))
        self.refresh()

    def _on_change(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.start_once(self.lock, row)
