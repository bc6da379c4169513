"""The cash boxes: what is in each, its ceiling and custodian; counted and filled up here."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.internal_transfers import RECEIVE_TRANSFER, SEND_TRANSFER
from modules.accounting.permissions import Permission
from modules.accounting.petty_cash import COUNT_CASH, CashBoxDraft, save_cash_box
from modules.accounting.selectors import list_chart
from modules.accounting.selectors.internal_transfers import get_transfer_choices
from modules.accounting.selectors.petty_cash import CashBoxRow, list_cash_boxes, list_pieces
from modules.accounting.widgets.cash.box_asking import Filling, ask_box, ask_count, ask_filling


def _money(title: str, name: str, *, strong: bool = False) -> Column[CashBoxRow]:
    def text(row: CashBoxRow) -> str:
        return current().amount(getattr(row, name), row.currency)

    return Column(title, text, RIGHT, 120, value=lambda r: getattr(r, name), strong=strong)


_COLUMNS: tuple[Column[CashBoxRow], ...] = (
    Column(N_("Code"), lambda b: current().isolate(b.code), width=100, strong=True),
    Column(N_("Name"), lambda b: b.named(current().language)),
    Column(N_("Branch"), lambda b: current().isolate(b.branch), width=80),
    Column(N_("Custodian"), lambda b: b.custodian, width=150),
    Column(N_("Account"), lambda b: current().isolate(b.account), width=90),
    _money(N_("In the box"), "balance", strong=True),
    _money(N_("On the way"), "waiting"),
    _money(N_("Ceiling"), "ceiling"),
    Column(
        N_("Counted on"),
        lambda b: current().date(b.counted_on) if b.counted_on else "",
        width=110,
        value=lambda b: b.counted_on,
    ),
    Column(
        N_("State"),
        lambda b: _("Active") if b.is_active else _("Inactive"),
        width=100,
        tone=lambda b: "ok" if b.is_active else "",
    ),
)


class CashBoxesPage(ListPage[CashBoxRow]):
    """The list of cash boxes; a double click opens the book of one."""

    title: ClassVar[str] = N_("Cash boxes")
    hint: ClassVar[str] = N_("Code, name or custodian")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._typed: CashBoxDraft | None = None
        nothing = N_("No cash boxes yet. Add one with an account of its own, then fill it.")
        self.table.empty.tell(nothing, icon="cash-register")
        self.add_row_action(N_("Cash book"), self.on_open)
        may = backend.user.may
        if may(Permission.SPEND_CASH):
            self.add_row_action(
                N_("Count the box"), lambda row: self.start_once(self.count_box, row)
            )
        if may(Permission.MOVE_MONEY):
            self.add_row_action(N_("Fill up the box"), lambda row: self.start_once(self.fill, row))
        if may(Permission.EDIT_CASH_BOXES):
            self.set_primary(N_("New cash box"), lambda: self.start_once(self.edit, None))
            self.add_row_action(N_("Edit"), lambda row: self.start_once(self.edit, row))

    @override
    async def load(self, query: Query, after: CashBoxRow | None) -> Sequence[CashBoxRow]:
        if after is not None:
            return ()
        wanted, boxes = fold(query.text.strip()), await self.backend.ask(list_cash_boxes)
        return [b for b in boxes if wanted in fold(f"{b.code} {b.name} {b.name_ar} {b.custodian}")]

    @override
    def on_open(self, row: CashBoxRow) -> None:
        self.opens.emit("accounting.cash_book", row.code)

    async def edit(self, row: CashBoxRow | None) -> None:
        """Keep a new box, or one that is there; what was refused is proposed again."""
        chart = await self.backend.ask(list_chart)
        branches = self.backend.user.branches
        draft = _draft(row) if row else self._typed or CashBoxDraft(
            uuid7(), branch_id=self.backend.user.branch.id
        )  # fmt: skip
        typed = await ask_box(self, chart, branches, draft)
        if row is None:
            self._typed = typed
        if typed is None:
            return
        await self.backend.do(save_cash_box, typed, version=row.version if row else None)
        self._typed = None
        self.say(_("Cash box {code} is saved.").format(code=current().isolate(typed.code)))
        self.refresh()

    async def count_box(self, row: CashBoxRow) -> None:
        """Count the notes and coins of a box."""
        today = wall_clock.today()
        pieces = await self.backend.ask(list_pieces, today)
        counted = await ask_count(self, row, pieces, today)
        if counted is None:
            return
        told = {"on": counted.on.isoformat(), "pieces": counted.pieces, "note": counted.note}
        answer = await self.backend.execute(COUNT_CASH, {**self._about(row), **told})
        self._tell_count(row, Decimal(str(answer.result["difference"])))

    async def fill(self, row: CashBoxRow) -> None:
        """Send money to a box, up to its ceiling; it may be there already."""
        choices = await self.backend.ask(get_transfer_choices)
        draft = Filling(wall_clock.today(), amount=row.room)
        typed = await ask_filling(self, row, choices.of(row.branch_id), draft)
        if typed is None:
            return
        about = self._about(row)
        on = {"on": typed.on.isoformat() if typed.on else None, "amount": str(typed.amount)}
        way = {
            "account": typed.source,
            "to_account": row.account,
            "to_branch_id": about["branch_id"],
        }
        answer = await self.backend.execute(SEND_TRANSFER, {**about, **on, **way})
        if typed.is_there:
            told = {"id": answer.result["id"], "branch_id": about["branch_id"]}
            await self.backend.execute(RECEIVE_TRANSFER, {**told, **on})
            sentence = _("{number}: the money is in box {code}.")
        else:
            sentence = _("{number} is on the way to box {code}. Receive it once it is there.")
        number, code = str(answer.result["number"]), current().isolate(row.code)
        self.say(sentence.format(number=current().isolate(number), code=code))
        self.refresh()

    def _about(self, row: CashBoxRow) -> dict[str, str]:
        return {"id": str(uuid7()), "branch_id": str(row.branch_id), "box_id": str(row.id)}

    def _tell_count(self, row: CashBoxRow, difference: Decimal) -> None:
        code = current().isolate(row.code)
        if difference:
            told = current().money(difference, row.currency)
            words = _("Box {code} differs by {difference}: it is booked. Find out why.")
            self.say(words.format(code=code, difference=told), "warn")
        else:
            self.say(_("Box {code} holds what its book says.").format(code=code))
        self.refresh()


def _draft(row: CashBoxRow) -> CashBoxDraft:
    names = ("id", "code", "name", "name_ar", "branch_id", "account", "custodian", "ceiling")
    return CashBoxDraft(**{name: getattr(row, name) for name in names}, is_active=row.is_active)
