"""How suppliers are paid by bank: the list, and the window in which it is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.fields import Field
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import CodeField, TextField
from erp_desktop.ui.link_field import LinkField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors.transfer_orders import PayeeRow, list_payees
from modules.accounting.transfer_files.transfers import spaced
from modules.accounting.transfer_orders import PayeeDraft, save_payee
from modules.accounting.widgets.line_columns import partners

_COLUMNS: tuple[Column[PayeeRow], ...] = (
    Column(N_("Supplier"), lambda p: p.named(current().language), strong=True),
    Column(N_("Account holder"), lambda p: p.holder, width=150),
    Column(N_("Bank"), lambda p: p.bank, width=120),
    Column(N_("RIB"), lambda p: current().isolate(spaced(p.rib)), width=215),
    Column(N_("IBAN"), lambda p: current().isolate(spaced(p.iban)), width=240),
    Column(N_("BIC"), lambda p: current().isolate(p.bic), width=110, hidden=True),
    Column(
        N_("State"),
        lambda p: "" if p.rib or p.iban else _("Without bank account"),
        width=150,
        tone=lambda p: "" if p.rib or p.iban else "warn",
    ),
    Column(N_("Changed by"), lambda p: p.changed_by, width=110, hidden=True),
    Column(
        N_("Changed on"),
        lambda p: current().moment(p.changed_at) if p.changed_at else "",
        width=140,
        hidden=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the window asks for."""

    party: LinkChoice | None = None
    holder: str = ""
    bank: str = ""
    rib: str = ""
    iban: str = ""
    bic: str = ""


class PayeeListPage(ListPage[PayeeRow]):
    """Every supplier of the books, with the account that we pay to."""

    title: ClassVar[str] = N_("Bank accounts of suppliers")
    hint: ClassVar[str] = N_("Supplier, bank, RIB or IBAN")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = 10_000
    chips: ClassVar[tuple[Chip, ...]] = (Chip("without", N_("Without bank account")),)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._may_edit = backend.user.may(Permission.EDIT_PAYEES)
        self.table.empty.tell(N_("No supplier here yet."), icon="bank-outline")
        if self._may_edit:
            self.set_primary(N_("New bank account"), lambda: self.start_once(self.change, None))

    @override
    async def load(self, query: Query, after: PayeeRow | None) -> Sequence[PayeeRow]:
        rows = await self.backend.ask(list_payees)
        wanted = fold(query.text.strip())
        return [
            row
            for row in rows
            if wanted in _searched(row) and not (query.has("without") and (row.rib or row.iban))
        ]

    @override
    def on_open(self, row: PayeeRow) -> None:
        if self._may_edit:
            self.start_once(self.change, row)

    async def change(self, row: PayeeRow | None) -> None:
        """Ask how a supplier is paid and keep it; what is refused is asked again, with the why."""
        typed, about = Typed(), ""
        if row is not None:
            about = row.named(current().language)
            typed = Typed(None, row.holder, row.bank, row.rib, row.iban, row.bic)
        while (told := await self._ask(row, typed, about)) is not None:
            typed = told
            party = row.party_id if row is not None else told.party and told.party.id
            assert isinstance(party, UUID)  # noqa: S101 - the window asks for it
            draft = PayeeDraft(party, told.holder, told.bank, told.rib, told.iban, told.bic)
            try:
                await self.backend.do(save_payee, draft, version=row.version if row else 0)
            except UserError as error:
                about = error.sentence()
                continue
            name = row.named(current().language) if row is not None else _name(told)
            self.say(_("The bank account of {supplier} is saved.").format(supplier=name))
            self.refresh()
            return

    async def _ask(self, row: PayeeRow | None, typed: Typed, about: str) -> Typed | None:
        who = LinkField("party", N_("Supplier"), provider=partners, required=True, span=2)
        fields: tuple[Field, ...] = (
            *((who,) if row is None else ()),
            TextField("holder", N_("Account holder"), hint=N_("Empty: the supplier's name")),
            TextField("bank", N_("Bank")),
            CodeField("rib", N_("RIB")),
            CodeField("iban", N_("IBAN")),
            CodeField("bic", N_("BIC")),
        )
        title = N_("Bank account of a supplier")
        return await ask_form(self, title, N_("Save"), fields, typed, about=about)


def _name(told: Typed) -> str:
    return told.party.named(current().language) if told.party else ""


def _searched(row: PayeeRow) -> str:
    return fold(f"{row.name} {row.name_ar} {row.holder} {row.bank} {row.rib} {row.iban}")
