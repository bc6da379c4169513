"""What stands above a ledger: what is asked for, and what the account comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy

from erp_desktop.core import wall_clock
from erp_desktop.core.context import Branch
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui import theme
from erp_desktop.ui.filters import Query, parse_filter
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField, DateField
from erp_desktop.ui.parts import button, column, kind, label, row
from modules.accounting.selectors import Ledger
from modules.accounting.widgets import asking
from modules.accounting.widgets.account_field import AccountField
from modules.accounting.widgets.months import month_of

_FIGURES = (
    ("opening", N_("Opening balance")),
    ("debit", N_("Debit")),
    ("credit", N_("Credit")),
    ("closing", N_("Closing balance")),
)


@dataclass(frozen=True, slots=True)
class LedgerQuestion:
    """Which ledger is asked for; nothing without an account."""

    account: str
    days: tuple[date, date]
    branch_id: UUID | None = None


class LedgerBar(QFrame):
    """The fields that say which ledger, and the button that shows it."""

    def __init__(self, branches: Sequence[Branch], show: Callable[[], object]) -> None:
        super().__init__()
        kind(self, "card")
        self._branches = branches
        self.account = AccountField("account", N_("Account"))
        self.since = DateField("since", N_("From"), required=True)
        self.until = DateField("until", N_("To"), required=True)
        self.branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        self._lay_out(button(N_("Show"), show, look="primary", key="page.primary"))
        follow(self.branch, self._offer_branches)
        self.branch.show_value("")
        today = wall_clock.today()
        self._show_days(today.replace(month=1, day=1), month_of(today)[1])

    def question(self) -> LedgerQuestion | None:
        """Return what is asked for; none after saying beneath a field why it cannot be read."""
        try:
            account = self.account.check()
            days = self.since.check(), self.until.check()
        except ValueError:
            return None
        branch = self.branch.read()
        return LedgerQuestion(account, days, UUID(branch) if branch else None)

    def show_argument(self, argument: str) -> None:
        """Show what another page asks for, in the words of a filter line."""
        text, terms = parse_filter(argument)
        query = Query(text, terms)
        since, until = asking.days_of(query, wall_clock.today())
        self.account.show_value(query.value(*asking.ACCOUNT) or text)
        self._show_days(since, until)
        code = query.value(*asking.BRANCH)
        known = {branch.code: str(branch.id) for branch in self._branches}
        self.branch.show_value(known.get(code, ""))

    def argument(self, asked: LedgerQuestion) -> str:
        """Return what opens this ledger once more."""
        code = next((each.code for each in self._branches if each.id == asked.branch_id), "")
        return asking.ledger_of(asked.account, asked.days, code)

    def about(self, asked: LedgerQuestion | None) -> list[str]:
        """Say which days and which branch, for the paper."""
        if asked is None:
            return []
        first, last = (current().date(day) for day in asked.days)
        names = dict(self._choices())
        branch = names[str(asked.branch_id) if asked.branch_id else ""]
        return [_("from {first} to {last}").format(first=first, last=last), branch]

    def _lay_out(self, go: QPushButton) -> None:
        self.account.setMinimumWidth(280)
        for field in (self.since, self.until, self.branch):
            field.setMinimumWidth(120)
            field.setMaximumWidth(200)
        bar = row(self.account, self.since, self.until, self.branch, spacing=theme.SPACE_M)
        bar.setStretch(0, 1)
        bar.addWidget(go, 0, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(bar, margins=theme.SPACE_M))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _show_days(self, since: date | None, until: date | None) -> None:
        if since is not None:
            self.since.show_value(since)
        if until is not None:
            self.until.show_value(until)

    def _choices(self) -> list[tuple[str, str]]:
        language = current().language
        named = [(str(b.id), in_language(language, b.name, b.name_ar)) for b in self._branches]
        return [("", _("All branches")), *named]

    def _offer_branches(self) -> None:
        self.branch.offer(self._choices())


class LedgerSums(QFrame):
    """Four figures of an account: what it had, what moved, what it has."""

    def __init__(self) -> None:
        super().__init__()
        kind(self, "card")
        self._figures: dict[str, QLabel] = {}
        parts = []
        for name, title in _FIGURES:
            self._figures[name] = label(look="heading")
            parts.append(column(label(title, "muted"), self._figures[name], spacing=theme.SPACE_XS))
        self.setLayout(row(*parts, None, spacing=theme.SPACE_L * 2, margins=theme.SPACE_M))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._ledger: Ledger | None = None
        follow(self, self._word)

    def show_ledger(self, ledger: Ledger | None) -> None:
        """Show these figures, or nothing."""
        self._ledger = ledger
        self._word()

    def _word(self) -> None:
        ledger = self._ledger
        self.setVisible(ledger is not None)
        for name, figure in self._figures.items():
            if ledger is not None:
                figure.setText(current().money(getattr(ledger, name), ledger.currency))
