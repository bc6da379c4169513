"""The lists of customers and suppliers: find somebody, see what is owed, open them."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, cast

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.parties.permissions import Permission
from modules.parties.selectors import (
    PAGE_SIZE,
    Kind,
    Order,
    PartyFilter,
    PartyRow,
    PartySheet,
    get_party,
    list_parties,
)
from modules.parties.widgets.party_preview import PartyPreview

# What the user may write before a colon, folded, in three languages.
_CODE = ("code", "رمز", "الرمز")
_REGION = ("region", "wilaya", "province", "gouvernorat", "ولايه", "الولايه", "اقليم")
_TERMS = ("terms", "conditions", "اجل", "شروط")
_PRICE_LIST = ("list", "tarif", "تعريفه", "لائحه")
_BALANCE = ("balance", "solde", "رصيد", "الرصيد")


class PartyListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def show_preview(self, sheet: PartySheet) -> None:
        """Show a party at the side."""


class PartyListPresenter:
    """What a list of parties does, told without a widget."""

    def __init__(self, view: PartyListView, backend: Backend, kind: Kind) -> None:
        self._view = view
        self._backend = backend
        self._kind = kind

    async def load(self, query: Query, after: PartyRow | None) -> list[PartyRow]:
        """Return the parties that `query` asks for, below the row `after`."""
        return await self._backend.ask(list_parties, filter_of(query, self._kind), after=after)

    async def look_at(self, row: PartyRow) -> None:
        """Show a party at the side."""
        self._view.show_preview(await self._backend.ask(get_party, row.id))


def filter_of(query: Query, kind: Kind) -> PartyFilter:
    """Return what a filter line asks for; who is inactive is shown only if asked for."""
    low, high = query.amounts(*_BALANCE)
    return PartyFilter(
        kind=kind,
        text=query.text,
        code=query.value(*_CODE),
        region=query.value(*_REGION),
        terms=query.value(*_TERMS),
        price_list=query.value(*_PRICE_LIST),
        balance_from=low,
        balance_to=high,
        is_active=not query.has("inactive"),
        has_balance=True if query.has("balance") else None,
        is_over_limit=True if query.has("over_limit") else None,
        order=cast("Order", query.order or "code"),
        descending=query.descending,
    )


def _state(party: PartyRow) -> str:
    if not party.is_active:
        return _("Inactive")
    return _("Over limit") if _is_over(party) else _("Active")


def _tone(party: PartyRow) -> Tone:
    if not party.is_active:
        return ""
    return "bad" if _is_over(party) else "ok"


def _is_over(party: PartyRow) -> bool:
    return party.is_customer and party.is_over_limit


def _columns(balance: str, *, limit: bool) -> tuple[Column[Any], ...]:
    words = current
    limits: tuple[Column[Any], ...] = (
        Column(
            N_("Credit limit"),
            lambda p: "" if p.credit_limit is None else words().amount(p.credit_limit, p.currency),
            RIGHT,
            width=140,
            value=lambda p: p.credit_limit,
            hidden=True,
        ),
    )
    return (
        Column(N_("Code"), lambda p: words().isolate(p.code), width=92, order="code"),
        Column(N_("Name"), lambda p: p.named(words().language), order="name"),
        Column(N_("Arabic name"), lambda p: p.name_ar, width=180, hidden=True),
        Column(N_("Phone"), lambda p: words().isolate(p.phone), width=140),
        Column(N_("City"), lambda p: p.city, width=96),
        Column(N_("Tax number"), lambda p: words().isolate(p.tax_number), width=160, hidden=True),
        Column(N_("Payment terms"), lambda p: p.terms or "", width=110, hidden=True),
        Column(N_("Price list"), lambda p: p.price_list or "", width=96, hidden=True),
        *(limits if limit else ()),
        Column(
            balance,
            lambda p: words().amount(p.balance, p.currency),
            RIGHT,
            width=112,
            value=lambda p: p.balance,
            order="balance",
            strong=True,
        ),
        Column(N_("State"), _state, width=128, tone=_tone),
    )


class PartyListPage(ListPage[PartyRow]):
    """The presenter's hands and face; a subclass says which parties it shows."""

    kind: ClassVar[Kind]
    new: ClassVar[str]
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._presenter = PartyListPresenter(self, backend, self.kind)
        self._at_side = PartyPreview()
        self.set_preview(self._at_side)
        self._at_side.edit.clicked.connect(lambda: self.on_open(self.table.current_row()))
        self.add_row_action(N_("Open"), self.on_open)
        if backend.user.may(Permission.MERGE_PARTIES):
            self.add_row_action(N_("Merge…"), self._on_merge)
        if backend.user.may(Permission.IMPORT_PARTIES):
            self.add_action(N_("Import"), self._on_import, "file-import-outline")
        if backend.user.may(Permission.EDIT_PARTIES):
            self.set_primary(self.new, self._on_new)
        self._tell_first_step()

    def show_preview(self, sheet: PartySheet) -> None:
        """Show a party at the side."""
        self._at_side.show_party(sheet)

    @override
    async def load(self, query: Query, after: PartyRow | None) -> Sequence[PartyRow]:
        return await self._presenter.load(query, after)

    @override
    def preview(self, row: PartyRow) -> None:
        self.start_latest(self._presenter.look_at, row)

    @override
    def on_open(self, row: PartyRow) -> None:
        self.opens.emit(f"parties.{self.kind}", str(row.id))

    @override
    def on_scan(self, text: str) -> bool:
        self.filter.entry.setText(text)
        return True

    @override
    def open(self, argument: Any) -> None:
        self.refresh()

    def _tell_first_step(self) -> None:
        nothing = N_("Nobody here. Change the filter, or add somebody.")
        icon = "account-group-outline"
        if self.backend.user.may(Permission.EDIT_PARTIES):
            self.table.empty.tell(nothing, self.new, self._on_new, icon=icon)
        else:
            self.table.empty.tell(nothing, icon=icon)

    def _on_new(self) -> None:
        self.opens.emit(f"parties.{self.kind}", None)

    def _on_import(self) -> None:
        self.opens.emit("parties.import", self.kind)

    def _on_merge(self, row: PartyRow) -> None:
        """Two selected rows are the two to merge; one is looked at with who looks like it."""
        chosen = self.table.selected_rows()
        about: dict[str, Any] = {"party": str(row.id)}
        if len(chosen) == 2:
            about = {"pair": [str(each.id) for each in chosen]}
        self.opens.emit("parties.duplicates", about)


class CustomerListPage(PartyListPage):
    """Whom we sell to, and what they owe."""

    kind: ClassVar[Kind] = "customer"
    title: ClassVar[str] = N_("Customers")
    new: ClassVar[str] = N_("New customer")
    hint: ClassVar[str] = N_("Name, phone, tax number, balance:100..500")
    columns: ClassVar[tuple[Column[Any], ...]] = _columns(N_("Owes us"), limit=True)
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("balance", N_("With a balance")),
        Chip("over_limit", N_("Over limit")),
        Chip("inactive", N_("Inactive")),
    )


class SupplierListPage(PartyListPage):
    """Whom we buy from, and what we owe them."""

    kind: ClassVar[Kind] = "supplier"
    title: ClassVar[str] = N_("Suppliers")
    new: ClassVar[str] = N_("New supplier")
    hint: ClassVar[str] = N_("Name, phone, tax number, balance:100..500")
    columns: ClassVar[tuple[Column[Any], ...]] = _columns(N_("We owe"), limit=False)
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("balance", N_("With a balance")),
        Chip("inactive", N_("Inactive")),
    )
