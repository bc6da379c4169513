"""The list of users: find somebody, look at them, let them in or keep them out."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, cast

from PySide6.QtWidgets import QMessageBox, QWidget
from typing_extensions import override

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors import PAGE_SIZE, UserFilter, UserRow, list_users
from erp_desktop.core.administration.selectors.users import Order
from erp_desktop.core.administration.services import enable_user
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.facts import Facts, scrolled, wrapped
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.language import NAMES
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import button, column, row
from erp_desktop.ui.tables import Column
from modules.admin.widgets.parts import ROLES, ask_first, role_name, role_names

# What the user may write before a colon, folded, in three languages.
_ROLE = ("role", "دور", "الدور")
_BRANCH = ("branch", "agence", "فرع", "الفرع")


class UserListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def refresh(self) -> None:
        """Show the users afresh."""

    def say(self, message: str) -> None:
        """Tell the administrator something."""


class UserListPresenter:
    """What the list of users does, told without a widget."""

    def __init__(self, view: UserListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query, after: UserRow | None) -> list[UserRow]:
        """Return the users that `query` asks for, below the row `after`."""
        return await self._backend.ask(list_users, filter_of(query), after=after)

    async def switch(self, user: UserRow) -> None:
        """Keep somebody out who is let in, or let them in again."""
        await self._backend.do(enable_user, user.id, enabled=not user.is_active)
        name = user.named(current().language)
        if user.is_active:
            self._view.say(_("{name} is disabled and signed out.").format(name=name))
        else:
            self._view.say(_("{name} may sign in again.").format(name=name))
        self._view.refresh()


def filter_of(query: Query) -> UserFilter:
    """Return what a filter line asks for."""
    return UserFilter(
        text=query.text,
        role=_role_code(query.value(*_ROLE)),
        branch=query.value(*_BRANCH),
        is_active=False if query.has("inactive") else None,
        order=cast("Order", query.order or "login"),
        descending=query.descending,
    )


def _role_code(typed: str) -> str:
    """Return the role that is called so in the user's language, or has this code."""
    wanted = fold(typed)
    return next((code for code in ROLES if wanted and fold(role_name(code)) == wanted), wanted)


def branches_of(user: UserRow) -> str:
    """Say where somebody works."""
    if user.sees_all_branches:
        return _("All branches")
    return current().isolate(", ".join(user.branches))


class UserListPage(ListPage[UserRow]):
    """The presenter's hands and face."""

    title = N_("Users")
    hint = N_("Name, login, role:cashier, branch:ALG")
    page_size = PAGE_SIZE
    chips = (Chip("inactive", N_("Disabled")),)
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Login"), lambda u: current().isolate(u.login), width=128, order="login"),
        Column(N_("Name"), lambda u: u.named(current().language), order="name"),
        Column(N_("Arabic name"), lambda u: u.name_ar, width=160, hidden=True),
        Column(N_("Roles"), lambda u: role_names(u.roles), width=190),
        Column(N_("Branches"), branches_of, width=150),
        Column(
            N_("State"),
            lambda u: _("Enabled") if u.is_active else _("Disabled"),
            width=116,
            tone=lambda u: "ok" if u.is_active else "bad",
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._presenter = UserListPresenter(self, backend)
        super().__init__(backend)
        may_manage = backend.user.may(Permission.MANAGE_USERS)
        self.at_side = UserPreview(may_manage=may_manage)
        self.set_preview(self.at_side)
        self.at_side.edit.clicked.connect(lambda: self._on_current(self.on_open))
        self.at_side.switch.clicked.connect(lambda: self._on_current(self.ask))
        self.add_row_action(N_("Open"), self.on_open)
        self.table.empty.tell(
            N_("Nobody here. Change the filter, or add the first user."), icon="account-group"
        )
        if may_manage:
            self.add_row_action(N_("Enable or disable…"), self.ask)
            self.set_primary(N_("New user"), lambda: self.opens.emit("admin.user", None))

    @override
    async def load(self, query: Query, after: UserRow | None) -> Sequence[UserRow]:
        return await self._presenter.load(query, after)

    @override
    def preview(self, row: UserRow) -> None:
        self.at_side.show_user(row)

    @override
    def on_open(self, row: UserRow) -> None:
        self.opens.emit("admin.user", str(row.id))

    def ask(self, user: UserRow) -> QMessageBox:
        """Ask by name before somebody is kept out or let in."""
        name = user.named(current().language)
        keep_out = _("Disable {name}? Every session of theirs ends at once.").format(name=name)
        let_in = _("Let {name} sign in again?").format(name=name)
        deed = _("Disable") if user.is_active else _("Enable")
        question = keep_out if user.is_active else let_in
        return ask_first(
            self, question, deed, lambda: self.start_once(self._presenter.switch, user)
        )

    def _on_current(self, function: Any) -> None:
        user = self.table.current_row()
        if user is not None:
            function(user)


class UserPreview(QWidget):
    """A user at the side of the list."""

    def __init__(self, *, may_manage: bool) -> None:
        super().__init__()
        self._user: UserRow | None = None
        self._name, self._other_name = wrapped("heading"), wrapped("muted")
        self._facts = Facts()
        self.edit = button(N_("Open"), icon="pencil-outline")
        self.switch = button(N_("Disable"), icon="account-cancel-outline")
        self.switch.setVisible(may_manage)
        inside = QWidget()
        inside.setLayout(column(self._name, self._other_name, self._facts, None))
        self.setLayout(column(scrolled(inside), row(self.edit, self.switch, None)))
        follow(self, self._show)

    def show_user(self, user: UserRow) -> None:
        """Show a user instead of the one before."""
        self._user = user
        self._show()

    def _show(self) -> None:
        user = self._user
        if user is None:
            return
        in_arabic = current().language == "ar" and bool(user.name_ar)
        names = (user.name, user.name_ar)
        self._name.setText(names[in_arabic])
        self._other_name.setText(names[not in_arabic])
        self._other_name.setVisible(bool(user.name_ar))
        self.switch.setText(_("Disable…") if user.is_active else _("Enable…"))
        self._facts.show_facts(
            [
                (_("Login"), current().isolate(user.login)),
                (_("Roles"), "\n".join(role_name(code) for code in user.roles)),
                (_("Branches"), branches_of(user)),
                (_("Language"), NAMES.get(user.language, user.language)),
                (_("State"), _("Enabled") if user.is_active else _("Disabled")),
            ]
        )
