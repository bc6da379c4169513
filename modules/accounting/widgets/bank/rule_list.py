"""The rules for bank movements: learned or made by hand, and how often each was right."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.bank_rules import BankRuleDraft, save_bank_rule
from modules.accounting.permissions import Permission
from modules.accounting.selectors.bank_rules import BankRuleRow, list_bank_rules

DIRECTIONS = {
    "any": N_("Received or paid"),
    "in": N_("Money in"),
    "out": N_("Money out"),
}


def draft_of(row: BankRuleRow) -> BankRuleDraft:
    """Return a rule as it is saved."""
    return BankRuleDraft(
        row.id,
        None if row.bank_account_id else row.branch_id,
        row.bank_account_id,
        " ".join(row.words),
        row.direction,
        row.amount_from,
        row.amount_to,
        row.account,
        row.tax,
        row.party_id,
        row.cost_centre,
        row.label,
        row.posts_itself,
        row.is_active,
    )


def _amounts(row: BankRuleRow) -> str:
    words = current()
    told = [
        words.amount(each, row.currency)
        for each in (row.amount_from, row.amount_to)
        if each is not None
    ]
    sign = "" if len(told) != 1 else "≥ " if row.amount_to is None else "≤ "
    return words.isolate(f"{sign}{' – '.join(told)}") if told else ""


def _counted(of: str) -> Column[BankRuleRow]:
    titles = {
        "taught": N_("By hand"),
        "accepted": N_("Accepted"),
        "refused": N_("Refused"),
    }
    return Column(
        titles[of],
        lambda r: current().number(getattr(r, of)) if getattr(r, of) else "",
        RIGHT,
        width=75,
        value=lambda r: getattr(r, of),
    )


def _state(row: BankRuleRow) -> str:
    if not row.is_active:
        return _("Inactive")
    if row.is_learned and row.taught + row.accepted <= row.refused:
        return _("Silent: refused too often")
    return _("Books when told to") if row.posts_itself else _("Proposes")


_COLUMNS: tuple[Column[BankRuleRow], ...] = (
    Column(N_("Words"), lambda r: current().isolate(" ".join(r.words)), strong=True),
    Column(N_("Bank account"), lambda r: current().isolate(r.bank or r.branch), width=90),
    Column(N_("Which way"), lambda r: _(DIRECTIONS[r.direction]), width=92),
    Column(N_("Amounts"), _amounts, width=100),
    Column(
        N_("Account"),
        lambda r: f"{current().isolate(r.account)} {r.account_named(current().language)}",
        width=130,
    ),
    Column(N_("Tax in it"), lambda r: current().isolate(r.tax), width=90),
    Column(N_("Partner"), lambda r: r.party_named(current().language), width=98),
    Column(N_("Cost centre"), lambda r: current().isolate(r.cost_centre), width=90, hidden=True),
    Column(N_("Label"), lambda r: r.label, width=140, hidden=True),
    *map(_counted, ("taught", "accepted", "refused")),
    Column(
        N_("Since"), lambda r: current().date(r.since) if r.since else "", width=92, hidden=True
    ),
    Column(
        N_("Origin"),
        lambda r: _("Learned") if r.is_learned else _("Kept by hand"),
        width=110,
        hidden=True,
    ),
    Column(
        N_("State"),
        _state,
        width=140,
        tone=lambda r: "ok" if r.is_active else "",
    ),
)


class BankRuleListPage(ListPage[BankRuleRow]):
    """All rules of the user's branches."""

    title: ClassVar[str] = N_("Bank rules")
    hint: ClassVar[str] = N_("Words, account or partner")
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("learned", N_("Learned")),
        Chip("inactive", N_("Also inactive")),
    )
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._may_edit = backend.user.may(Permission.EDIT_BANK_RULES)
        self.table.empty.tell(
            N_("No rules yet. Book a movement that only the bank knows, and one is learned."),
            icon="robot-outline",
        )
        if self._may_edit:
            self.set_primary(N_("New rule"), lambda: self.opens.emit("accounting.bank_rule", None))
            self.add_row_action(N_("Use or stop using the rule"), self._on_switch)

    @override
    async def load(self, query: Query, after: BankRuleRow | None) -> Sequence[BankRuleRow]:
        if after is not None:
            return ()
        wanted = fold(query.text.strip())
        return [
            row
            for row in await self.backend.ask(list_bank_rules)
            if wanted in _searched(row)
            and (row.is_active or query.has("inactive"))
            and (row.is_learned or not query.has("learned"))
        ]

    @override
    def on_open(self, row: BankRuleRow) -> None:
        if self._may_edit:
            self.opens.emit("accounting.bank_rule", str(row.id))

    async def switch(self, row: BankRuleRow) -> None:
        """Stop using a rule, or use it again."""
        changed = replace(draft_of(row), is_active=not row.is_active)
        await self.backend.do(save_bank_rule, changed, version=row.version)
        self.say(_("The rule is used again.") if changed.is_active else _("The rule rests."))
        self.refresh()

    def _on_switch(self, row: BankRuleRow) -> None:
        self.start_once(self.switch, row)


def _searched(row: BankRuleRow) -> str:
    return fold(
        f"{' '.join(row.words)} {row.account} {row.account_name} {row.account_name_ar}"
        f" {row.party} {row.party_ar} {row.label} {row.bank}"
    )
