"""What was reconciled of a bank account: each can be taken back."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.list_page import ListPage, R
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.reconciling import undo_reconciliation
from modules.accounting.selectors.reconciling import (
    ReconciliationRow,
    list_reconciliations,
)

REASONS = {
    "hand": N_("By hand"),
    "reference": N_("Same amount and reference"),
    "date": N_("Same amount, near date"),
    "booked": N_("Booked from the statement"),
    "rule": N_("By a rule"),
}


def name_tab(page: Any, code: Callable[[], str]) -> Callable[[], None]:
    """Let a tab say for which bank account its page is open; return what says it again."""

    def name() -> None:
        known = current().isolate(code()) if code() else ""
        page.renamed.emit(" · ".join(filter(None, (known, _(page.title)))))

    follow(page, name)
    return name


class OfBank(ListPage[R]):
    """A list of one bank account."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.code = ""
        self._name_tab = name_tab(self, lambda: self.code)
        self.may = backend.user.may(Permission.RECONCILE_BANKS)

    @override
    def open(self, argument: Any) -> None:
        """Show the bank account of a code."""
        self.code = str(argument or "")
        self._name_tab()

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "bank": self.code}

    @override
    def restore(self, state: Any) -> None:
        self.code = str(state.get("bank") or "")
        super().restore(state)


def _why(row: ReconciliationRow) -> str:
    words = current().isolate(row.words_of_rule)
    return f"{_(REASONS[row.reason])} · {words}" if row.reason == "rule" else _(REASONS[row.reason])


def _state(row: ReconciliationRow) -> str:
    if row.undone_at is None:
        return _("Stands")
    return _("Taken back by {user}").format(user=row.undone_by)


class ReconciledPage(OfBank[ReconciliationRow]):
    """What was reconciled, by whom and why; each can be taken back."""

    title: ClassVar[str] = N_("Reconciled so far")
    hint: ClassVar[str] = N_("Label, number or reference")
    chips: ClassVar[tuple[Chip, ...]] = (Chip("undone", N_("Also what was taken back")),)
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(
            N_("Date"), lambda r: current().date(r.first_on), width=92, value=lambda r: r.first_on
        ),
        Column(N_("At the bank"), lambda r: current().isolate(r.words)),
        Column(N_("In the ledger"), lambda r: current().isolate(r.numbers), width=220),
        Column(
            N_("Amount"),
            lambda r: current().amount(r.amount, r.currency),
            RIGHT,
            width=110,
            value=lambda r: r.amount,
            strong=True,
        ),
        Column(N_("Why"), _why, width=190),
        Column(N_("Made by"), lambda r: current().isolate(r.made_by), width=100),
        Column(N_("Made at"), lambda r: current().moment(wall_clock.local(r.made_at)), width=140),
        Column(
            N_("State"),
            _state,
            width=160,
            tone=lambda r: "ok" if r.undone_at is None else "",
        ),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        if self.may:
            self.add_row_action(N_("Take back"), self._on_undo)
        self.table.empty.tell(N_("Nothing is reconciled yet."))

    @override
    async def load(
        self, query: Query, after: ReconciliationRow | None
    ) -> Sequence[ReconciliationRow]:
        if after is not None:
            return ()
        wanted = fold(query.text.strip())
        rows = await self.backend.ask(list_reconciliations, self.code)
        return [
            row
            for row in rows
            if wanted in fold(f"{row.words} {row.numbers}")
            and (row.undone_at is None or query.has("undone"))
        ]

    async def undo(self, row: ReconciliationRow) -> None:
        """Take a reconciliation back, after asking."""
        question = _("Open both sides again? Entries that were booked stay.")
        if row.undone_at is None and await confirm(self, question, _("Take back")):
            await self.backend.execute(*undo_reconciliation(row.id))
            self.say(_("Both sides are open again."))
            self.refresh()

    def _on_undo(self, row: ReconciliationRow) -> None:
        self.start_once(self.undo, row)
