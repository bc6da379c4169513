"""To which account documents post what they say."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import button
from erp_desktop.ui.tables import Column
from modules.accounting.chart import save_account_role
from modules.accounting.permissions import Permission
from modules.accounting.selectors import AccountRoleRow, list_account_roles, list_chart
from modules.accounting.widgets.account_field import AccountField
from modules.accounting.widgets.asking_one import ask_one
from modules.accounting.widgets.chart.role_words import qualifier_words, role_words

_COLUMNS: tuple[Column[AccountRoleRow], ...] = (
    Column(N_("What is posted"), role_words, width=280, strong=True),
    Column(N_("Only for"), qualifier_words, width=130),
    Column(N_("Account"), lambda r: current().isolate(r.account), width=110),
    Column(N_("Name"), lambda r: r.named(current().language)),
)


class AccountRolesPage(ListPage[AccountRoleRow]):
    """The list of roles; another account takes one over for what is posted from now on."""

    title: ClassVar[str] = N_("Posting accounts")
    hint: ClassVar[str] = N_("What is posted, or an account")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._may_change = backend.user.may(Permission.EDIT_CHART)
        if self._may_change:
            self.header.add(
                button(N_("Change account"), self._on_change, icon="account-switch-outline")
            )

    @override
    async def load(self, query: Query, after: AccountRoleRow | None) -> Sequence[AccountRoleRow]:
        if after is not None:
            return ()
        wanted, roles = fold(query.text.strip()), await self.backend.ask(list_account_roles)
        return [role for role in roles if wanted in _searched(role)]

    @override
    def on_open(self, row: AccountRoleRow) -> None:
        if self._may_change:
            self.start_once(self.change, row)

    async def change(self, row: AccountRoleRow) -> None:
        """Ask for the account that takes a role over."""
        field = AccountField("account", N_("Account"), required=True)
        field.offer(await self.backend.ask(list_chart))
        field.show_value(row.account)
        question = _("To which account shall “{role}” be posted from now on?").format(
            role=role_words(row)
        )
        chosen = await ask_one(self, question, _("Change account"), field)
        if chosen is None:
            return
        await self.backend.do(save_account_role, row.role, row.qualifier, chosen.value)
        account = current().isolate(chosen.value)
        self.say(
            _("“{role}” is posted to {account} from now on.").format(
                role=role_words(row), account=account
            )
        )
        self.refresh()

    def _on_change(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.start_once(self.change, row)


def _searched(role: AccountRoleRow) -> str:
    words = (role_words(role), qualifier_words(role), role.account, role.name, role.name_ar)
    return fold(" ".join(words))
