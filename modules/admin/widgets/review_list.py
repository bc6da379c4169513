"""The review list: facts that were recorded against a rule, until somebody has looked."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from typing_extensions import override

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors import (
    PAGE_SIZE,
    CommandDetails,
    ReviewFilter,
    ReviewRow,
    get_command,
    list_reviews,
)
from erp_desktop.core.administration.services import book_again, resolve_review
from erp_desktop.core.errors import InvalidValueError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import Column
from modules.admin.widgets.parts import moment
from modules.admin.widgets.review_preview import ReviewPreview
from modules.admin.widgets.review_words import reason_of, state_of, what_of

_BRANCH = ("branch", "agence", "فرع", "الفرع")
_LOGIN = ("login", "user", "utilisateur", "مستخدم", "المستخدم")
_WORKSTATION = ("workstation", "poste", "محطه", "المحطه")

# What each chip finds: beginnings of the codes.
KINDS = {
    "money": ("till.price", "till.tax", "till.figures", "accounting."),
    "stock": ("inventory.",),
    "origin": ("core.", "till.number", "till.foreign"),
}


class ReviewListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def show_command(self, review: ReviewRow, command: CommandDetails) -> None:
        """Show a fact at the side."""

    def refresh(self) -> None:
        """Show the reviews afresh."""

    def say(self, message: str, tone: Tone = "ok") -> None:
        """Tell the user something."""


class ReviewListPresenter:
    """What the review list does, told without a widget."""

    def __init__(self, view: ReviewListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query, after: ReviewRow | None) -> list[ReviewRow]:
        """Return the reviews that `query` asks for, below the row `after`."""
        return await self._backend.ask(list_reviews, filter_of(query), after=after)

    async def look_at(self, review: ReviewRow) -> None:
        """Show a fact at the side."""
        command = await self._backend.ask(get_command, review.command_id)
        self._view.show_command(review, command)

    async def book(self, review: ReviewRow) -> None:
        """Book a parked fact again, and say what became of it."""
        booking = await self._backend.do(book_again, review.command_id)
        reasons = " ".join(reason.sentence() for reason in booking.reasons)
        if not booking.is_booked:
            self._view.say(_("It still cannot be booked. {reason}").format(reason=reasons), "warn")
        elif reasons:
            self._view.say(_("It is booked. {reason}").format(reason=reasons), "warn")
        else:
            self._view.say(_("It is booked."))
        self._view.refresh()

    async def resolve(self, review: ReviewRow, note: str) -> None:
        """Keep what was found out about a fact; then it waits no more.

        Raises:
            InvalidValueError: Nothing was noted.
        """
        if not note.strip():
            cure = _("Write what you found out and what was done.")
            raise InvalidValueError(field=_("Note"), cure=cure)
        await self._backend.do(resolve_review, review.id, note=note.strip())
        self._view.say(_("Marked as checked."))
        self._view.refresh()


def filter_of(query: Query) -> ReviewFilter:
    """Return what a filter line asks for; what was looked at is shown only if asked for."""
    pressed = (codes for chip, codes in KINDS.items() if query.has(chip))
    return ReviewFilter(
        text=query.text,
        branch=query.value(*_BRANCH),
        workstation=query.value(*_WORKSTATION),
        login=query.value(*_LOGIN),
        kinds=tuple(code for codes in pressed for code in codes),
        is_parked=query.has("parked"),
        is_resolved=query.has("resolved"),
    )


class ReviewListPage(ListPage[ReviewRow]):
    """The presenter's hands and face."""

    title = N_("Review list")
    hint = N_("Number, branch:ALG, login:amina")
    page_size = PAGE_SIZE
    chips = (
        Chip("parked", N_("Not booked")),
        Chip("money", N_("Money")),
        Chip("stock", N_("Stock")),
        Chip("origin", N_("Origin")),
        Chip("resolved", N_("Checked")),
    )
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Fact"), what_of, width=138, strong=True),
        Column(N_("When"), lambda r: moment(r.happened_at), width=140),
        Column(N_("Branch"), lambda r: current().isolate(r.branch), width=76, hidden=True),
        Column(N_("User"), lambda r: r.actor, width=110),
        Column(N_("Why"), reason_of),
        Column(N_("State"), lambda r: state_of(r)[0], width=150, tone=lambda r: state_of(r)[1]),
    )

    def __init__(self, backend: Backend) -> None:
        self._presenter = ReviewListPresenter(self, backend)
        super().__init__(backend)
        self.at_side = ReviewPreview(may_resolve=backend.user.may(Permission.RESOLVE_REVIEWS))
        self.set_preview(self.at_side, width=360)
        self.at_side.booked.connect(lambda r: self.start_once(self._presenter.book, r))
        self.at_side.resolved.connect(
            lambda r, note: self.start_once(self._presenter.resolve, r, note)
        )
        nothing = N_("Nothing to review. What is recorded against a rule waits here.")
        self.table.empty.tell(nothing, icon="clipboard-check-outline")

    def show_command(self, review: ReviewRow, command: CommandDetails) -> None:
        """Show a fact at the side."""
        self.at_side.show_review(review, command)

    @override
    async def load(self, query: Query, after: ReviewRow | None) -> Sequence[ReviewRow]:
        return await self._presenter.load(query, after)

    @override
    def preview(self, row: ReviewRow) -> None:
        self.start_latest(self._presenter.look_at, row)
