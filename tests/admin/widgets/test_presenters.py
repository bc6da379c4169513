"""The stories of the administration's pages, told without a widget."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core import wall_clock
from erp_desktop.core.administration.selectors import (
    AuditFilter,
    AuditRow,
    ChangeDetails,
    CommandDetails,
    ReviewFilter,
    ReviewRow,
    UserDetails,
    UserFilter,
    UserRow,
    UserSheet,
    WorkstationRow,
    get_command,
    get_user,
)
from erp_desktop.core.administration.selectors.users import Choice
from erp_desktop.core.administration.services import (
    Booking,
    UserDraft,
    book_again,
    disable_workstation,
    enable_user,
    resolve_review,
    save_user,
)
from erp_desktop.core.errors import InvalidValueError, NotFoundError
from erp_desktop.core.i18n import speaking
from erp_desktop.core.refusals import PasswordInClearError
from erp_desktop.ui.filters import Query, parse_filter
from modules.admin.widgets import audit_list, readable, review_list, user_list
from modules.admin.widgets.enrol_form import EnrolDraft, EnrolPresenter
from modules.admin.widgets.review_list import ReviewListPresenter
from modules.admin.widgets.review_words import reason_of, state_of, what_of
from modules.admin.widgets.user_form import UserFormPresenter
from modules.admin.widgets.user_list import UserListPresenter
from modules.admin.widgets.workstation_list import WorkstationListPresenter
from tests.fakes import BRANCH, FakeBackend, FakeView

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=UTC)
ID = UUID(int=3)
YES, NO = True, False
AMINA = UserRow(ID, 4, "amina", "Amina", "أمينة", "ar", ["cashier"], ["ALG"], NO, YES)
DETAILS = UserDetails(ID, 4, "amina", "Amina", "", "ar", BRANCH.id, NO, YES, ("cashier",), (), {})
SHEET = UserSheet(DETAILS, (Choice("cashier", "Cashier"),), (BRANCH,))
DRAFT = UserDraft("amina", "Amina", "", "ar", ("cashier",), BRANCH.id)
TILL = WorkstationRow(ID, "Till", "ALG-01", "ws", "ALG", "Alger", "", YES, NOW, 7, NOW)
SHORT = ReviewRow(
    id=ID,
    code="core.sequence_gap",
    details={"expected": 3, "seq": 5},
    raised_at=NOW,
    branch="ALG",
    command_id=UUID(int=4),
    command="till.sell_v1",
    number="",
    seq=5,
    workstation="ALG-01",
    actor_login="amina",
    actor="Amina",
    happened_at=NOW,
    is_parked=NO,
    resolved_at=None,
    resolved_by="",
    note="",
)
BODY = '{"payload": {"number": "ALG-01-000005", "lines": [{"id": "7", "total": "1190.50"}]}}'
COMMAND = CommandDetails(ID, "till.sell_v1", "flagged", "verified", "ws", NOW, BODY)


class View(FakeView):
    """Also notes that the draft is forgotten, and each refresh."""

    def refresh(self) -> None:
        """Note it."""
        self.shown.append(("refresh", ()))

    def forget_draft(self) -> None:
        """Note it."""
        self.shown.append(("forget_draft", ()))


def door(answers: dict[Any, Any]) -> Any:
    """A door that answers so; pages and presenters know it as `Backend`."""
    return FakeBackend(answers)


def asked(line: str, *chips: str) -> Query:
    return Query(*parse_filter(line), frozenset(chips))


@pytest.mark.parametrize(
    ("line", "chips", "expected"),
    [
        ("amina", (), UserFilter("amina")),
        ("role:cashier branch:ALG", (), UserFilter(role="cashier", branch="ALG")),
        ('role:"Branch manager"', (), UserFilter(role="manager")),
        ("", ("inactive",), UserFilter(is_active=False)),
    ],
)
def test_the_filter_of_users_is_understood(
    line: str, chips: tuple[str, ...], expected: UserFilter
) -> None:
    assert user_list.filter_of(asked(line, *chips)) == expected


def test_a_role_may_be_asked_for_in_the_users_language() -> None:
    with speaking("fr"):
        assert user_list.filter_of(asked("role:caissier")).role == "cashier"


@pytest.mark.parametrize(
    ("line", "chips", "expected"),
    [
        ("000042", (), ReviewFilter("000042")),
        (
            "agence:ALG poste:ALG-01",
            ("parked",),
            ReviewFilter(branch="ALG", workstation="ALG-01", is_parked=True),
        ),
        ("login:amina", ("stock",), ReviewFilter(login="amina", kinds=("inventory.",))),
        ("", ("resolved",), ReviewFilter(is_resolved=True)),
    ],
)
def test_the_filter_of_reviews_is_understood(
    line: str, chips: tuple[str, ...], expected: ReviewFilter
) -> None:
    assert review_list.filter_of(asked(line, *chips)) == expected


def midnight(day: int) -> datetime:
    return wall_clock.midnight(date(2026, 11, day))


@pytest.mark.parametrize(
    ("line", "chips", "expected"),
    [
        ("login:amina table:users", (), AuditFilter(login="amina", relation="users")),
        ("", ("deleted",), AuditFilter(operations=("DELETE",))),
        ("date:0", (), AuditFilter(since=midnight(20), before=midnight(21))),
        ("date:1/11..5/11", (), AuditFilter(since=midnight(1), before=midnight(6))),
        ("date:..5/11", (), AuditFilter(before=midnight(6))),
        ("date:soon x", (), AuditFilter("x")),
    ],
)
def test_the_filter_of_the_audit_log_is_understood(
    line: str, chips: tuple[str, ...], expected: AuditFilter
) -> None:
    assert audit_list.filter_of(asked(line, *chips), date(2026, 11, 20)) == expected


def test_who_is_shut_out_is_named() -> None:
    view, backend = View(), door({enable_user: None})

    asyncio.run(UserListPresenter(view, backend).switch(AMINA))
    asyncio.run(UserListPresenter(view, backend).switch(replace(AMINA, is_active=False)))

    assert view.said == ["Amina is disabled and signed out.", "Amina may sign in again."]
    assert [kw for _args, kw in backend.asked(enable_user)] == [{"enabled": NO}, {"enabled": YES}]


def test_a_saved_user_shows_no_password_any_more() -> None:
    view, backend = View(), door({get_user: SHEET, save_user: 5})
    presenter = UserFormPresenter(view, backend)
    asyncio.run(presenter.show(ID))

    said = asyncio.run(presenter.save(replace(DRAFT, password="Zitouna-7")))

    assert said.startswith("Amina is saved. Tell them")
    assert view.user == DRAFT
    assert ("forget_draft", ()) in view.shown
    ((args, kw),) = backend.asked(save_user)
    assert (args[0], args[1].password, kw) == (ID, "Zitouna-7", {"version": 4})


def test_a_new_user_needs_a_password_before_the_server_is_asked() -> None:
    backend = door({get_user: replace(SHEET, user=None)})
    presenter = UserFormPresenter(View(), backend)
    asyncio.run(presenter.show(None))

    with pytest.raises(PasswordInClearError):
        asyncio.run(presenter.save(DRAFT))

    assert presenter.saved_id is None


def test_a_disabled_workstation_is_named() -> None:
    view = View()

    asyncio.run(WorkstationListPresenter(view, door({disable_workstation: None})).disable(TILL))

    assert view.said == ["ALG-01 is disabled. What it sends from now on is refused."]


def test_this_computer_is_enrolled_once() -> None:
    view, backend = View(), door({})
    asked_for: list[Any] = []

    async def enrol(name: str, branch: UUID) -> WorkstationRow:
        asked_for.append((name, branch))
        return TILL

    backend.enrol_here = enrol
    presenter = EnrolPresenter(view, backend)
    said = asyncio.run(presenter.enrol(EnrolDraft("Till 1", BRANCH.id)))

    assert said == "This computer is ALG-01 now. Sign out and sign in again to work with it."
    assert (asked_for, view.enrolled) == ([("Till 1", BRANCH.id)], "ALG-01")
    with pytest.raises(NotFoundError):
        asyncio.run(presenter.enrol(EnrolDraft("Till 1", BRANCH.id)))


@pytest.mark.parametrize(
    ("booking", "said", "tone"),
    [
        (Booking(YES), "It is booked.", "ok"),
        (Booking(NO, (NotFoundError(),)), "It still cannot be booked. This no longer", "warn"),
        (Booking(YES, (NotFoundError(),)), "It is booked. This no longer exists", "warn"),
    ],
)
def test_booking_again_says_what_became_of_it(booking: Booking, said: str, tone: str) -> None:
    view = View()

    asyncio.run(ReviewListPresenter(view, door({book_again: booking})).book(SHORT))

    assert view.said[0].startswith(said)
    assert (view.tone, view.shown) == (tone, [("refresh", ())])


def test_checking_needs_a_note() -> None:
    view, backend = View(), door({resolve_review: None, get_command: COMMAND})
    presenter = ReviewListPresenter(view, backend)

    with pytest.raises(InvalidValueError):
        asyncio.run(presenter.resolve(SHORT, "  "))
    asyncio.run(presenter.resolve(SHORT, " found in the back "))
    asyncio.run(presenter.look_at(SHORT))

    assert backend.asked(resolve_review) == [((ID,), {"note": "found in the back"})]
    assert view.command == SHORT


def test_a_review_is_worded() -> None:
    assert what_of(SHORT) == "ALG-01 / 5"
    assert "from 3 to 5" in reason_of(SHORT)
    assert state_of(SHORT) == ("To check", "warn")
    assert state_of(replace(SHORT, is_parked=YES)) == ("Not booked", "bad")
    assert state_of(replace(SHORT, resolved_at=NOW)) == ("Checked", "ok")


def test_a_command_is_readable() -> None:
    assert list(readable.facts_of(COMMAND.payload)) == [
        ("Number", "ALG-01-000005"),
        ("Line 1", "Total: 1,190.50"),
    ]
    with speaking("fr"):
        assert list(readable.facts_of({"total": "1190.50", "cash": {"change": None}})) == [
            ("Total", "1\u00a0190,50"),
            ("Espèces", "Rendu\u00a0: —"),
        ]


def test_what_a_stranger_sent_fills_neither_page_nor_stack() -> None:
    deep: Any = "x" * 5000
    for _level in range(500):
        deep = {"deeper": [deep]}

    told = list(readable.facts_of({f"k{n}": deep for n in range(5000)}))

    assert len(told) == 200
    assert all(len(text) < 200 for _name, text in told)


def test_what_differs_stands_first() -> None:
    change = ChangeDetails(
        {"login": "amina", "version": 1, "name": "A", "changed_xid": 1},
        {"login": "amina", "version": 2, "name": "B", "changed_xid": 2},
    )

    assert audit_list.differences(change) == [
        ("Name", "A", "B", YES),
        ("Login", "amina", "amina", NO),
        ("version", "1", "2", NO),
    ]
    assert audit_list.differences(ChangeDetails(None, {"name": "B"})) == [("Name", "", "B", NO)]
    row = AuditRow(1, NOW, "a", "erp/", "core.users", "k", "UPDATE", ["name", "is_active"])
    assert audit_list.what_changed(row) == "Name, Active"
