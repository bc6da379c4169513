"""The attestations of customers: what is valid, and how much is left of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import TextField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.attestations import withdraw_attestation
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.attestations import AttestationRow, list_attestations

STATES: dict[str, tuple[str, Tone]] = {
    "valid": (N_("Valid"), "ok"),
    "coming": (N_("Not yet valid"), ""),
    "used_up": (N_("Exhausted"), "warn"),
    "expired": (N_("Expired"), "warn"),
    "withdrawn": (N_("Withdrawn"), "bad"),
}


@dataclass(frozen=True, slots=True)
class _Why:
    reason: str = ""


def ceiling_of(row: AttestationRow) -> str:
    """Say up to what may be bought."""
    return _("No limit") if row.ceiling is None else current().amount(row.ceiling, row.currency)


def left_of(row: AttestationRow) -> str:
    """Say what is left; nothing where nothing limits it."""
    return "" if row.left is None else current().amount(row.left, row.currency)


_COLUMNS: tuple[Column[AttestationRow], ...] = (
    Column(N_("Number"), lambda r: current().isolate(r.number), width=110, strong=True),
    Column(N_("Customer"), lambda r: r.party_named(current().language)),
    Column(N_("Authority"), lambda r: r.authority, width=115),
    Column(
        N_("From"), lambda r: current().date(r.valid_from), width=92, value=lambda r: r.valid_from
    ),
    Column(N_("To"), lambda r: current().date(r.valid_to), width=92, value=lambda r: r.valid_to),
    Column(N_("Taxes"), lambda r: current().isolate(", ".join(r.taxes)), width=110),
    Column(N_("Ceiling"), ceiling_of, RIGHT, width=98, value=lambda r: r.ceiling),
    Column(
        N_("Used"),
        lambda r: current().amount(r.used, r.currency),
        RIGHT,
        width=95,
        value=lambda r: r.used,
    ),
    Column(N_("Left"), left_of, RIGHT, width=98, value=lambda r: r.left, strong=True),
    Column(
        N_("State"),
        lambda r: _(STATES[r.state][0]),
        width=100,
        tone=lambda r: STATES[r.state][1],
    ),
    Column(N_("Goods"), lambda r: r.goods, width=160, hidden=True),
    Column(N_("Reason"), lambda r: r.reason, width=160, hidden=True),
    Column(N_("Made by"), lambda r: r.made_by, width=100, hidden=True),
)


class AttestationListPage(ListPage[AttestationRow]):
    """The list, what ends last at the top."""

    title: ClassVar[str] = N_("Attestations")
    hint: ClassVar[str] = N_("Number, customer, authority or goods")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = tuple(
        Chip(state, words) for state, (words, _tone) in STATES.items()
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        nothing = N_("No attestations here. Add the one that a customer brings.")
        self.table.empty.tell(nothing, icon="file-certificate-outline")
        if backend.user.may(Permission.EDIT_ATTESTATIONS):
            self.set_primary(
                N_("New attestation"), lambda: self.opens.emit("accounting.attestation", None)
            )
            self.add_row_action(N_("Withdraw"), lambda row: self.start_once(self.withdraw, row))

    @override
    async def load(self, query: Query, after: AttestationRow | None) -> Sequence[AttestationRow]:
        states = tuple(state for state in STATES if query.has(state))
        return await self.backend.ask(list_attestations, query.text, states, after=after)

    @override
    def on_open(self, row: AttestationRow) -> None:
        self.opens.emit("accounting.attestation", str(row.id))

    async def withdraw(self, row: AttestationRow) -> None:
        """Let nothing use an attestation from now on, once somebody has said why."""
        number = current().isolate(row.number)
        about = _("Nothing uses {number} any more; what used it stays.").format(number=number)
        why = TextField("reason", N_("Reason"), required=True)
        told = await ask_form(
            self, N_("Withdraw the attestation"), N_("Withdraw"), [why], _Why(), about=about
        )
        if told is None:
            return
        await self.backend.do(withdraw_attestation, row.id, told.reason)
        self.say(_("Attestation {number} is withdrawn.").format(number=number))
        self.refresh()
