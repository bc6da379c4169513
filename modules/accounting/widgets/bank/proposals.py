"""What is proposed for a bank account, from the ledger or by rules: accept or refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.bank_rules import Known, accept_rules, book_known, refuse_rules
from modules.accounting.permissions import Permission
from modules.accounting.reconciling import Request, accept_proposals
from modules.accounting.selectors.bank_rules import BankAdvice, RuleProposal, list_bank_advice
from modules.accounting.selectors.reconciling import BankProposal
from modules.accounting.widgets.bank.lists import REASONS, OfBank


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A movement, and what it may be: a line of the ledger, or what a rule books.

    Attributes:
        rule_id: The rule that knows it; None where only the ledger says so.
        entry_id: The entry that it may be; None where one is booked.
        number: Of the entry, or the account that the rule books on.
    """

    bank_account_id: UUID
    movement_id: UUID
    rule_id: UUID | None
    entry_id: UUID | None
    booked_on: date
    reference: str
    movement: str
    dated_on: date
    number: str
    label: str
    amount: Decimal
    currency: str
    why: str


def rows_of(advice: BankAdvice) -> list[ProposalRow]:
    """Return what is proposed, by the day of the movement."""
    rows = [*map(_of_pair, advice.pairs), *map(_of_rule, advice.known)]
    return sorted(rows, key=lambda row: (row.booked_on, row.amount))


def _of_pair(pair: BankProposal) -> ProposalRow:
    return ProposalRow(
        bank_account_id=pair.bank_account_id,
        movement_id=pair.movement_id,
        rule_id=None,
        entry_id=pair.entry_id,
        booked_on=pair.booked_on,
        reference=pair.reference,
        movement=pair.movement,
        dated_on=pair.dated_on,
        number=pair.number,
        label=pair.label,
        amount=pair.amount,
        currency=pair.currency,
        why=_(REASONS[pair.reason]),
    )


def _of_rule(known: RuleProposal) -> ProposalRow:
    language = current().language
    said = known.entry_label or known.label
    parts = (said, known.party_named(language), known.tax, known.cost_centre)
    return ProposalRow(
        bank_account_id=known.bank_account_id,
        movement_id=known.movement_id,
        rule_id=known.rule_id,
        entry_id=known.entry_id,
        booked_on=known.booked_on,
        reference=known.reference,
        movement=known.movement,
        dated_on=known.entry_on or known.booked_on,
        number=known.entry or known.account,
        label=" · ".join(filter(None, parts)) or known.account_named(language),
        amount=known.amount,
        currency=known.currency,
        why=_why(known),
    )


def _why(known: RuleProposal) -> str:
    words = current()
    if known.since is None:
        return _("Rule: {words}").format(words=words.isolate(" ".join(known.words)))
    told = count("Booked like {n} time before", "Booked like the {n} times before", known.uses)
    since = _("(since {date})").format(date=words.date(known.since))
    return f"{told} {since}"


class BankProposalsPage(OfBank[ProposalRow]):
    """Which movement may be which line of the ledger or is known by which rule, and why."""

    title: ClassVar[str] = N_("Proposed reconciliations")
    hint: ClassVar[str] = N_("Label, number or reference")
    chips: ClassVar[tuple[Chip, ...]] = (Chip("rule", N_("Known by rules")),)
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(
            N_("Date at the bank"),
            lambda p: current().date(p.booked_on),
            width=132,
            value=lambda p: p.booked_on,
        ),
        Column(N_("Reference"), lambda p: current().isolate(p.reference), width=105),
        Column(N_("Label of the bank"), lambda p: current().isolate(p.movement)),
        Column(
            N_("Date"), lambda p: current().date(p.dated_on), width=92, value=lambda p: p.dated_on
        ),
        Column(N_("Number or account"), lambda p: current().isolate(p.number), width=158),
        Column(N_("Label"), lambda p: current().isolate(p.label)),
        Column(
            N_("Amount"),
            lambda p: current().amount(p.amount, p.currency),
            RIGHT,
            width=110,
            value=lambda p: p.amount,
            strong=True,
        ),
        Column(N_("Why"), lambda p: p.why, width=260),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.may_book = self.may and backend.user.may(Permission.POST_ENTRIES)
        if self.may:
            self.set_primary(N_("Accept all"), self._on_all, "check-all", "page.save")
            self.add_bulk_action(N_("Accept"), self._on_some)
            self.add_row_action(N_("Accept"), lambda row: self._on_some([row]))
            self.add_bulk_action(N_("Refuse the rule here"), self._on_refuse, "close")
            self.add_row_action(N_("Refuse the rule here"), lambda row: self._on_refuse([row]))
        if self.may_book:
            self.add_action(N_("Book what the rules know"), self._on_known, "robot-outline")
        self.add_row_action(N_("Show the rule"), self._on_rule)
        self.table.empty.tell(N_("Nothing fits by itself. Mark both sides by hand."))

    @override
    async def load(self, query: Query, after: ProposalRow | None) -> Sequence[ProposalRow]:
        if after is not None:
            return ()
        wanted = fold(query.text.strip())
        rows = rows_of(await self.backend.ask(list_bank_advice, self.code))
        return [
            row
            for row in rows
            if wanted in fold(f"{row.reference} {row.movement} {row.number} {row.label}")
            and (row.rule_id is not None or not query.has("rule"))
        ]

    @override
    def on_open(self, row: ProposalRow) -> None:
        if row.entry_id is not None:
            self.opens.emit("accounting.entries", row.number)
        else:
            self._on_rule(row)

    async def accept(self, rows: Sequence[ProposalRow]) -> None:
        """Reconcile or book what is proposed here: at most two requests."""
        bank = rows[0].bank_account_id
        pairs = [row.movement_id for row in rows if row.rule_id is None]
        known = _known(rows) if self.may_book else []
        made = await self._made(accept_proposals(bank, pairs)) if pairs else 0
        made += await self._made(accept_rules(bank, known)) if known else 0
        self._say_made(made)

    async def book_known(self) -> None:
        """Book what is known by rules which may post by themselves."""
        if self.model.rows:
            self._say_made(await self._made(book_known(self.model.rows[0].bank_account_id)))

    async def refuse_rules(self, rows: Sequence[ProposalRow]) -> None:
        """Never propose these rules for these movements again."""
        known = _known(rows)
        if not known:
            self.say(_("No rule proposes this. Mark both sides by hand instead."), "warn")
            return
        await self.backend.execute(*refuse_rules(rows[0].bank_account_id, known))
        self.say(_("The rule does not propose this again."))
        self.refresh()

    async def _made(self, request: Request) -> int:
        answer = await self.backend.execute(*request)
        return int(answer.result["made"])

    def _say_made(self, made: int) -> None:
        self.say(count("{n} movement is reconciled.", "{n} movements are reconciled.", made))
        self.refresh()

    def _on_all(self) -> None:
        if self.model.rows:
            self.start_once(self.accept, list(self.model.rows))

    def _on_some(self, rows: Sequence[ProposalRow]) -> None:
        self.start_once(self.accept, rows)

    def _on_known(self) -> None:
        self.start_once(self.book_known)

    def _on_refuse(self, rows: Sequence[ProposalRow]) -> None:
        self.start_once(self.refuse_rules, rows)

    def _on_rule(self, row: ProposalRow) -> None:
        if row.rule_id is None:
            self.say(_("No rule proposes this. Mark both sides by hand instead."), "warn")
        else:
            self.opens.emit("accounting.bank_rule", str(row.rule_id))


def _known(rows: Sequence[ProposalRow]) -> list[Known]:
    return [
        Known(row.movement_id, row.rule_id, row.entry_id) for row in rows if row.rule_id is not None
    ]
