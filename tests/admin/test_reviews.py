"""Facts that were recorded against a rule: found, looked at, booked again, checked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from erp_desktop.core.administration.selectors import (
    ReviewFilter,
    ReviewRow,
    get_command,
    list_reviews,
)
from erp_desktop.core.administration.services import book_again, resolve_review
from erp_desktop.core.commands import Command, uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError, UserError
from tests.houses import Ask, House, MakeProduct, Till


@pytest.fixture
def short(ask: Ask, till: Till, product: MakeProduct) -> ReviewRow:
    """A sale of more than there was."""
    till.send(till.sale(product("TEA-1", stock=1), number=1, quantity=3))
    (row,) = ask(list_reviews, ReviewFilter(), as_user="nadia")
    return row  # type: ignore[no-any-return]


@pytest.fixture
def parked(ask: Ask, house: House, till: Till) -> ReviewRow:
    """A fact that the server could not book, and could now."""
    till.send(till.seal(Command("till.unheard_v1", {"number": "X"}, "amina", datetime.now(UTC))))
    house.run("update core.commands set is_parked = true, state = 'flagged'")
    house.run(
        "insert into core.reviews (command_id, branch_id, code, details)"
        " select id, branch_id, 'core.unknown_command', '{\"name\": \"till.unheard_v1\"}'"
        " from core.commands"
    )
    (row,) = ask(list_reviews, ReviewFilter(is_parked=True), as_user="nadia")
    return row  # type: ignore[no-any-return]


def test_a_flagged_sale_is_told_with_all_that_is_known(ask: Ask, short: ReviewRow) -> None:
    assert (short.code, short.number, short.seq) == ("inventory.short", "ALG-01-000001", 1)
    assert (short.branch, short.workstation, short.actor) == ("ALG", "ALG-01", "Amina")
    assert not short.is_parked

    command = ask(get_command, short.command_id, as_user="nadia")
    assert command.name == "till.sell_v1"
    assert command.payload["lines"][0]["quantity"] == "3"
    assert command.authenticity == "unverified"


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        (ReviewFilter("000001"), True),
        (ReviewFilter("%"), False),
        (ReviewFilter(branch="alg"), True),
        (ReviewFilter(branch="ORN"), False),
        (ReviewFilter(login="amina", workstation="alg-01"), True),
        (ReviewFilter(login="bilal"), False),
        (ReviewFilter(kinds=("inventory.", "core.")), True),
        (ReviewFilter(kinds=("core.",)), False),
        (ReviewFilter(is_parked=True), False),
        (ReviewFilter(is_resolved=True), False),
    ],
)
@pytest.mark.usefixtures("short")
def test_reviews_are_found(ask: Ask, wanted: ReviewFilter, *, is_found: bool) -> None:
    assert bool(ask(list_reviews, wanted, as_user="nadia")) is is_found


def test_the_next_page_continues_below_the_last_row(
    ask: Ask, till: Till, product: MakeProduct
) -> None:
    tea = product("TEA-1")
    till.send(*(till.sale(tea, number=number) for number in (1, 2, 3)))
    rows = ask(list_reviews, ReviewFilter(), as_user="salim")

    assert len(rows) == 3
    assert ask(list_reviews, ReviewFilter(), after=rows[0], as_user="salim") == rows[1:]


def test_what_somebody_checked_waits_no_more(ask: Ask, short: ReviewRow) -> None:
    ask(resolve_review, short.id, note="counted: two were in the back", as_user="nadia")

    assert ask(list_reviews, ReviewFilter(), as_user="nadia") == []
    (row,) = ask(list_reviews, ReviewFilter(is_resolved=True), as_user="nadia")
    assert (row.note, row.resolved_by) == ("counted: two were in the back", "Nadia")
    assert row.resolved_at is not None


def test_a_fact_whose_cause_is_mended_is_booked(ask: Ask, house: House, parked: ReviewRow) -> None:
    house.run(
        "create function core.unheard(command core.commands, payload jsonb) returns jsonb"
        ' language sql as $$ select \'{"result": {"number": "X"}}\'::jsonb $$'
    )
    house.run(
        "insert into core.command_types (name, module, permission, is_fact, handler)"
        " values ('till.unheard_v1', 'till', 'till.ticket.sell', true, 'core.unheard')"
    )

    booking = ask(book_again, parked.command_id, as_user="nadia")

    assert (booking.is_booked, booking.reasons) == (True, ())
    (row,) = ask(list_reviews, ReviewFilter(is_resolved=True), as_user="nadia")
    assert (row.is_parked, row.note) == (False, "booked again")


def test_a_fact_that_still_cannot_be_booked_says_why(
    ask: Ask, house: House, parked: ReviewRow
) -> None:
    house.run(
        "create function core.unheard(command core.commands, payload jsonb) returns jsonb"
        " language plpgsql as $$ begin perform core.refuse('core.not_found'); end $$"
    )
    house.run(
        "insert into core.command_types (name, module, permission, is_fact, handler)"
        " values ('till.unheard_v1', 'till', 'till.ticket.sell', true, 'core.unheard')"
    )

    booking = ask(book_again, parked.command_id, as_user="nadia")

    assert not booking.is_booked
    assert [reason.code for reason in booking.reasons] == ["core.not_found"]
    assert len(ask(list_reviews, ReviewFilter(is_parked=True), as_user="nadia")) == 1


Deed = Callable[[Ask, ReviewRow], Any]


def book_what_is_booked(ask: Ask, review: ReviewRow) -> None:
    ask(book_again, review.command_id, as_user="nadia")


def check_twice(ask: Ask, review: ReviewRow) -> None:
    for _time in range(2):
        ask(resolve_review, review.id, note="seen", as_user="nadia")


def look_from_elsewhere(ask: Ask, review: ReviewRow) -> None:
    ask(get_command, replace(review, command_id=uuid7()).command_id, as_user="nadia")


def check_as_administrator(ask: Ask, review: ReviewRow) -> None:
    ask(resolve_review, review.id, note="seen")


def book_as_administrator(ask: Ask, review: ReviewRow) -> None:
    ask(book_again, review.command_id)


def look_as_cashier(ask: Ask, review: ReviewRow) -> None:
    ask(get_command, review.command_id, as_user="amina")


def list_as_cashier(ask: Ask, _review: ReviewRow) -> None:
    ask(list_reviews, ReviewFilter(), as_user="amina")


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (book_what_is_booked, NotFoundError),
        (check_twice, NotFoundError),
        (look_from_elsewhere, NotFoundError),
        (check_as_administrator, NotAllowedError),
        (book_as_administrator, NotAllowedError),
        (look_as_cashier, NotAllowedError),
        (list_as_cashier, NotAllowedError),
    ],
)
def test_what_cannot_be_done_with_a_review(
    ask: Ask, short: ReviewRow, deed: Deed, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        deed(ask, short)
