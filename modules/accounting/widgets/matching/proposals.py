"""What could be matched by itself, and why: looked at first, then matched."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.matching import WAYS, match_all, match_lines
from modules.accounting.selectors import Proposal, list_proposals
from modules.accounting.widgets import asking
from modules.accounting.widgets.matching.lines import REASONS, why

_COLUMNS: tuple[Column[Proposal], ...] = (
    Column(N_("Account"), lambda p: current().isolate(p.account), width=72),
    Column(N_("Partner"), lambda p: p.party_named(current().language), width=150),
    Column(N_("Debit"), lambda p: current().isolate(p.debit_number), width=152),
    Column(N_("Label"), lambda p: current().isolate(p.debit_label), hidden=True),
    Column(N_("Date"), lambda p: current().date(p.debit_on), width=92),
    Column(N_("Credit"), lambda p: current().isolate(p.credit_number), width=152),
    Column(N_("Label of the credit"), lambda p: current().isolate(p.credit_label), hidden=True),
    Column(N_("Date of the credit"), lambda p: current().date(p.credit_on), width=112),
    Column(
        N_("Amount"),
        lambda p: current().amount(p.amount, p.currency),
        RIGHT,
        width=110,
        value=lambda p: p.amount,
        strong=True,
    ),
    Column(N_("Why"), lambda p: why(p.reason, p.reference)),
)


class ProposalsPage(ListPage[Proposal]):
    """The proposals for `account:` and `partner:`; each chip is a way, tried in this order."""

    title: ClassVar[str] = N_("Proposed matches")
    hint: ClassVar[str] = N_("account:411, partner:Benali")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    chips: ClassVar[tuple[Chip, ...]] = tuple(
        Chip(way, REASONS[way], is_pressed=True) for way in WAYS
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._asked: dict[str, Any] = {}
        self.set_primary(N_("Match all"), self._on_all, icon="link-variant", key="page.save")
        self.add_bulk_action(N_("Match"), self._on_some, icon="link-variant")
        self.add_row_action(N_("Match"), lambda proposal: self._on_some([proposal]))
        self.table.empty.tell(N_("Nothing fits together by these ways. Mark lines by hand."))

    @override
    async def load(self, query: Query, after: Proposal | None) -> Sequence[Proposal]:
        if after is not None:
            return ()
        self._asked = {
            "account": query.value(*asking.ACCOUNT),
            "partner": query.value(*asking.PARTNER) or query.text,
            "ways": tuple(way for way in WAYS if query.has(way)),
        }
        return await self.backend.ask(list_proposals, **self._asked)

    @override
    def summary(self) -> str:
        """Return how many matches are proposed, and what they come to."""
        rows = self.model.rows
        if not rows:
            return ""
        total = current().money(rows[0].total, rows[0].currency)
        number = count("{n} proposal", "{n} proposals", rows[0].found)
        return f"{number} · {total}"

    @override
    def open(self, argument: Any) -> None:
        """Propose for what a filter line means, all ways on."""
        self.filter.entry.setText(str(argument or ""))

    @override
    def on_open(self, row: Proposal) -> None:
        """Go down to the entry of the debit."""
        self.opens.emit("accounting.entries", row.debit_number)

    async def match_all(self) -> None:
        """Match everything that is proposed, after asking."""
        rows = self.model.rows
        question = count("Match {n} proposal?", "Match all {n} proposals?", rows[0].found)
        if await confirm(self, question, _("Match all")):
            answer = await self.backend.execute(*match_all(**self._asked))
            number = int(answer.result["matched"])
            self.say(count("{n} match is made.", "{n} matches are made.", number))
            self.refresh()

    async def match_some(self, proposals: Sequence[Proposal]) -> None:
        """Match these, each for itself."""
        for each in proposals:
            pair = (each.debit_entry, each.debit_line), (each.credit_entry, each.credit_line)
            await self.backend.execute(*match_lines(pair, dict.fromkeys(pair, each.amount)))
        self.say(count("{n} match is made.", "{n} matches are made.", len(proposals)))
        self.refresh()

    def _on_all(self) -> None:
        if self.model.rows:
            self.start_once(self.match_all)

    def _on_some(self, proposals: Sequence[Proposal]) -> None:
        self.start_once(self.match_some, proposals)
