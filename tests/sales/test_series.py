"""Numbers: without gaps when two post at once, in the order of their days, by branch and kind."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from erp_desktop.core.commands import Answer, uuid7
from modules.sales.services import POST_INVOICE
from tests.houses import ORAN, YEAR, House, MakeProduct
from tests.sales.office import DIFFERENCES, MARCH, Office, codes, line, send

pytestmark = pytest.mark.database

EACH = 12


def post_all(house: House, login: str, payloads: list[dict[str, Any]]) -> list[Answer]:
    """Post documents one after the other over one's own connection, each in a transaction."""
    with house.connect(login) as connection:
        return [send(connection, login, POST_INVOICE, payload) for payload in payloads]


def test_two_who_post_at_once_leave_no_gap(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=EACH)
    payloads = [office.payload(office.draft(customer, line(coffee))) for _ in range(2 * EACH)]

    with ThreadPoolExecutor(2) as pool:
        halves = payloads[:EACH], payloads[EACH:]
        mine, theirs = pool.map(post_all, [house] * 2, ["nadia", "salim"], halves)

    # There is stock for half of them: what is refused takes no number.
    states = sorted(answer.state for answer in [*mine, *theirs])
    assert states == ["applied"] * EACH + ["refused"] * EACH
    numbers = {answer.result["number"] for answer in [*mine, *theirs] if answer.result}
    assert numbers == {f"FA-ALG-{YEAR}/{n:06d}" for n in range(1, EACH + 1)}
    assert house.value("select last_number from sales.series") == EACH
    assert house.value(DIFFERENCES) == 0


def test_two_who_lend_at_once_do_not_lend_twice(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, coffee = office.customer(limit="150.00"), product("COF-1", stock=50)
    payloads = [office.payload(office.draft(customer, line(coffee))) for _ in range(8)]

    with ThreadPoolExecutor(2) as pool:
        both = pool.map(post_all, [house] * 2, ["nadia", "salim"], [payloads[:4], payloads[4:]])

    states = [answer.state for answers in both for answer in answers]
    assert sorted(states) == ["applied"] + ["refused"] * 7
    assert office.balance("receivable") == 119


def test_each_branch_and_kind_counts_for_itself(
    office: Office, house: House, product: MakeProduct
) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=9)
    posted = office.sold(customer, line(coffee))
    in_oran = office.draft(customer, line(coffee), branch_id=ORAN.id)

    oran = office.post(in_oran, as_user="salim")
    back = office.take_back(posted)

    assert oran.result["number"] == f"FA-ORN-{YEAR}/000001"
    assert back.result["number"] == f"AV-ALG-{YEAR}/000001"
    assert house.value("select count(*) from sales.series") == 3


def test_numbers_follow_the_days(office: Office, product: MakeProduct) -> None:
    customer, coffee = office.customer(), product("COF-1", stock=9)
    office.sold(customer, line(coffee))
    earlier = office.draft(customer, line(coffee), dated_on=MARCH - timedelta(days=1))

    answer = office.post(earlier)

    assert codes(answer) == ["sales.date_out_of_order"]
    assert f"10/03/{YEAR}" in answer.flags[0].as_error().sentence()
    assert codes(office.post(replace(earlier, id=uuid7(), dated_on=MARCH))) == []
