"""Internal transfers: sent, received with or without a difference, taken back; psql tries too."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import Answer
from erp_desktop.core.session import sign_in
from modules.accounting import selectors
from modules.accounting.internal_transfers import (
    RECEIVE_TRANSFER,
    SEND_TRANSFER,
    TAKE_TRANSFER_BACK,
    UNDO_RECEIPT,
)
from modules.accounting.selectors.internal_transfers import (
    TransferFilter,
    TransferRow,
    get_transfer_choices,
    list_transfers,
    sum_in_transit,
)
from modules.accounting.subscribers import tell_of_transfer
from tests.accounting.books import Books, books_of, code_of, invariants, new_id
from tests.attacks.intruder import attempt, look
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database

FIRST = f"VI-ALG-{YEAR}-000001"
BALANCE = (
    "select coalesce(sum(l.debit - l.credit), 0) from accounting.entry_lines l"
    " join accounting.accounts a on a.id = l.account_id where a.code = '{}'"
)


@pytest.fixture
def oran(house: House) -> Iterator[Books]:
    """The books of Nadia, who manages Oran and sees nothing else."""
    house.run(
        f"update core.user_branches b set branch_id = '{ORAN.id}' from core.users u"
        " where u.id = b.user_id and u.login = 'nadia';"
        f"update core.users set home_branch_id = '{ORAN.id}' where login = 'nadia'"
    )
    with books_of(house, "nadia") as opened:
        yield opened


def send(books: Books, **more: Any) -> Answer:
    """Send 500.00 of cash to the bank of Algiers on 10 March."""
    wanted = {
        "id": new_id(),
        "branch_id": str(ALGIERS.id),
        "on": f"{YEAR}-03-10",
        "account": "530",
        "to_account": "512",
        "amount": "500.00",
        "reference": "B-7",
        "reason": "Versement",
    }
    return books.send(SEND_TRANSFER, {**wanted, **more})


def to_oran(books: Books, **more: Any) -> Answer:
    """Send 500.00 of cash to Oran, which will say where it arrives."""
    return send(books, to_branch_id=str(ORAN.id), to_account=None, **more)


def receive(books: Books, wanted: Any, **more: Any) -> Answer:
    told = {"id": str(wanted), "on": f"{YEAR}-03-12", "amount": "500.00", **more}
    return books.send(RECEIVE_TRANSFER, told)


def rows(ask: Ask, **wanted: Any) -> list[TransferRow]:
    found: list[TransferRow] = ask(list_transfers, TransferFilter(**wanted))
    return found


def test_cash_goes_to_the_bank_by_way_of_581(books: Books, house: House, ask: Ask) -> None:
    sent = send(books)

    assert sent.state == "applied", sent
    assert sent.result["number"] == FIRST
    assert books.lines(sent.result["entry_id"]) == [("581", 500, 0), ("530", 0, 500)]
    (row,) = rows(ask, states=("waiting",))
    assert (row.number, row.account, row.to_account) == (FIRST, "530", "512")
    assert row.amount == 500
    waiting = ask(sum_in_transit, TransferFilter())
    assert (waiting.count, waiting.amount) == (1, 500)

    got = receive(books, sent.result["id"])
    assert got.state == "applied", got
    assert books.lines(got.result["entry_id"]) == [("512", 500, 0), ("581", 0, 500)]
    (row,) = rows(ask)
    # From the 10th to the 12th of March.
    assert (row.state, row.days) == ("received", 2)
    assert (row.received, row.difference) == (Decimal(500), Decimal(0))
    assert house.value(BALANCE.format("581")) == 0
    assert ask(sum_in_transit, TransferFilter()).count == 0
    # Both lines on 581 are one letter.
    letters = "select count(*) from accounting.matching_lines where letter is not null"
    assert house.value(letters) == 2
    journals = "select string_agg(journal, ' ' order by number) from accounting.entries"
    assert house.value(journals) == "BQ CA"
    invariants(house)


def test_between_branches_each_books_its_own_half_and_liaison_comes_to_zero(
    books: Books, oran: Books, house: House
) -> None:
    sent = to_oran(books)
    assert books.lines(sent.result["entry_id"]) == [("181", 500, 0), ("530", 0, 500)]

    with house.connect("nadia") as connection:
        query = "select number, branch, to_branch, entry from accounting.internal_transfer_list"
        seen = look(connection, "accounting_app", query)
        assert seen == [f"('{FIRST}', 'ALG', 'ORN', '')"]
        assert look(connection, "accounting_app", "select * from accounting.entries") == []
    got = receive(oran, sent.result["id"], account="530")
    assert got.state == "applied", got
    assert books.lines(got.result["entry_id"]) == [("530", 500, 0), ("181", 0, 500)]
    assert got.result["entry"] == f"CA-ORN-{YEAR}-000001"
    assert house.value(BALANCE.format("181")) == 0
    halves = (
        "select string_agg(b.code || ' ' || x.sum, ', ' order by b.code) from (select l.branch_id,"
        " sum(l.debit - l.credit) from accounting.entry_lines l join accounting.accounts a"
        " on a.id = l.account_id where a.code = '181' group by 1) x"
        " join core.branches b on b.id = x.branch_id"
    )
    assert house.value(halves) == "ALG 500.00, ORN -500.00"
    invariants(house)


def test_what_does_not_arrive_is_booked_to_an_account_and_flagged(
    books: Books, house: House, ask: Ask
) -> None:
    less = send(books).result["id"]
    got = receive(books, less, amount="480.00")
    assert got.state == "flagged"
    assert got.flags[0].code == "accounting.transfer_difference"
    assert Decimal(got.flags[0].details["difference"]) == -20
    # 480.00 came, 20.00 are missing.
    assert books.lines(got.result["entry_id"]) == [
        ("512", 480, 0),
        ("581", 0, 500),
        ("6571", 20, 0),
    ]
    more = send(books).result["id"]
    got = receive(books, more, amount="501.50", difference_account="758", note="compté deux fois")
    assert books.lines(got.result["entry_id"]) == [
        ("512", Decimal("501.50"), 0),
        ("581", 0, 500),
        ("758", 0, Decimal("1.50")),
    ]
    found = {row.difference: row.difference_account for row in rows(ask)}
    assert found == {Decimal(-20): "6571", Decimal("1.50"): "758"}
    assert house.value(BALANCE.format("581")) == 0
    assert house.value("select count(*) from core.reviews") == 2
    invariants(house)


def test_what_waits_is_taken_back_and_a_receipt_undone(
    books: Books, oran: Books, house: House
) -> None:
    sent = to_oran(books).result
    # Not by reversing its entry, and not by the branch that receives it.
    assert code_of(books.reverse(sent["entry_id"])) == "accounting.journal_reserved"
    assert code_of(oran.send(TAKE_TRANSFER_BACK, {"id": sent["id"]})) == (
        "accounting.transfer_of_other"
    )
    got = receive(oran, sent["id"], account="512")
    assert code_of(oran.reverse(got.result["entry_id"])) == "core.not_permitted"
    refused = books.reverse(got.result["entry_id"])
    assert code_of(refused) == "accounting.entry_of_register"
    back = books.send(TAKE_TRANSFER_BACK, {"id": sent["id"]})
    assert code_of(back) == "accounting.transfer_not_waiting"

    assert oran.send(UNDO_RECEIPT, {"id": sent["id"]}).state == "applied"
    assert house.value(BALANCE.format("181")) == 500
    assert (
        code_of(oran.send(UNDO_RECEIPT, {"id": sent["id"]})) == "accounting.transfer_not_received"
    )
    assert books.send(TAKE_TRANSFER_BACK, {"id": sent["id"]}).state == "applied"
    assert house.value(BALANCE.format("181")) == 0
    assert house.value(BALANCE.format("530")) == 0
    assert code_of(receive(oran, sent["id"])) == "accounting.transfer_not_waiting"
    assert send(books).result["number"] == f"VI-ALG-{YEAR}-000002"
    invariants(house)


def test_it_is_received_once_even_by_two_at_the_same_moment(books: Books, house: House) -> None:
    wanted = send(books).result["id"]

    def at_once(_number: int) -> str:
        with books_of(house) as others:
            return code_of(receive(others, wanted))

    with ThreadPoolExecutor(4) as threads:
        answers = sorted(threads.map(at_once, range(4)))
    assert answers == ["", *["accounting.transfer_not_waiting"] * 3]
    assert house.value(BALANCE.format("512")) == 500
    same = new_id()
    assert send(books, id=same).state == "applied"
    assert code_of(send(books, id=same)) == "accounting.transfer_known"
    invariants(house)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount": "0"}, "accounting.transfer_amount"),
        ({"amount": "-5"}, "accounting.transfer_amount"),
        ({"amount": "0.001"}, "accounting.transfer_amount"),
        ({"on": None}, "accounting.day_missing"),
        ({"account": "411"}, "accounting.transfer_place"),
        ({"to_account": None}, "accounting.transfer_place"),
        ({"to_account": "530"}, "accounting.transfer_to_itself"),
        ({"branch_id": new_id()}, "core.other_branch"),
        ({"to_branch_id": new_id()}, "core.other_branch"),
    ],
)
def test_what_is_impossible_is_not_sent(books: Books, more: dict[str, Any], code: str) -> None:
    assert code_of(send(books, **more)) == code


def test_closed_months_early_days_and_other_people_are_refused(
    books: Books, house: House, oran: Books
) -> None:
    wanted = send(books).result["id"]
    assert code_of(receive(books, wanted, on=f"{YEAR}-03-09")) == "accounting.transfer_too_early"
    assert code_of(receive(books, wanted, account="530")) == "accounting.transfer_to_itself"
    assert code_of(receive(books, wanted, amount="0")) == "accounting.transfer_amount"
    assert code_of(receive(oran, wanted)) == "core.not_found"
    assert code_of(send(oran)) == "core.other_branch"
    books.close(3)
    assert code_of(receive(books, wanted)) == "accounting.period_closed"
    assert receive(books, wanted, on=f"{YEAR}-04-01").state == "applied"
    with books_of(house, "karim") as clerk:
        assert code_of(send(clerk)) == "core.not_permitted"


def test_the_end_of_a_year_lists_what_is_on_its_way(books: Books, ask: Ask) -> None:
    late = send(books, on=f"{YEAR}-12-30").result
    arrived = send(books, on=f"{YEAR}-12-29").result
    receive(books, arrived["id"], on=f"{YEAR}-12-30")

    checks = {check.id: check for check in ask(selectors.get_year, YEAR).checks}
    assert (checks["transit"].number, checks["transit"].details) == (1, late["number"])
    assert not checks["transit"].is_blocking


def test_the_windows_offer_all_branches_and_the_places_of_ones_own(
    house: House, oran: Books, ask: Ask
) -> None:
    del oran
    house.run(
        "insert into accounting.bank_accounts (id, code, name, account_id, journal, branch_id,"
        f" currency) select '{new_id()}', 'BNA', 'BNA Alger', id, 'BQ', '{ALGIERS.id}', 'DZD'"
        " from accounting.accounts where code = '512'"
    )
    seen = ask(get_transfer_choices)
    assert (seen.currency, seen.difference, len(seen.branches)) == ("DZD", "6571", 2)
    assert [(p.code, p.kind) for p in seen.of(ALGIERS.id)] == [("512", "bank"), ("530", "cash")]
    theirs = ask(get_transfer_choices, as_user="nadia")
    assert {place.branch_id for place in theirs.places} == {ORAN.id}
    assert [branch.is_ours for branch in theirs.branches] == [False, True]


def test_nobody_forges_a_transfer_with_psql(books: Books, house: House) -> None:
    sent = send(books).result
    done = send(books).result
    receive(books, done["id"])
    step = (
        "update accounting.internal_transfers set state = 'returned', returned_on = dated_on,"
        f" return_id = entry_id, returned_by = 'x', returned_at = now() where id = '{sent['id']}';"
        "set constraints all immediate"
    )
    forgeries = {
        "update accounting.internal_transfers set amount = 1": "core.append_only",
        "update accounting.internal_transfers set state = 'returned' where state = 'received'": (
            "core.append_only"
        ),
        "delete from accounting.internal_transfers": "core.append_only",
        "truncate accounting.internal_transfers": "core.append_only",
        "update accounting.internal_transfers set state = 'received' where state = 'waiting'": (
            "received_whole"
        ),
        step: "transfer_not_posted",
    }
    house.run("grant accounting_owner to salim")
    try:
        with house.connect("salim") as connection:
            for statement, why in forgeries.items():
                connection.execute("set role accounting_owner")
                with pytest.raises(psycopg.Error, match=why), connection.transaction():
                    connection.execute(statement)
    finally:
        house.run("revoke accounting_owner from salim")
    with house.connect("salim") as connection:
        for deed in (*list(forgeries)[:5], "select accounting.lock_transfer(null)"):
            assert attempt(connection, "accounting_app", deed) == "42501", deed


def test_the_branch_that_receives_is_told_once(
    books: Books, oran: Books, house: House, signed_in: SignIn
) -> None:
    del oran
    send(books)
    sent = to_oran(books).result["number"]
    found = "select jsonb_agg(payload) from core.events where topic = 'accounting.transfer_sent'"
    (event,) = house.value(found)
    worker = sign_in(house.dsn("erp_worker", house.founded.worker_password))
    for _twice in range(2):
        with worker.database.begin(worker.user, "accounting") as ctx:
            tell_of_transfer(ctx, event)
    worker.database.close()
    assert house.value("select count(*) from core.subscriptions where topic ~ 'transfer_sent'") == 1

    session = signed_in("nadia")
    with session.database.begin(session.user, "core") as ctx:
        query = "select message, details from core.notification_list_v1()"
        (notice,) = ctx.connection.exec_driver_sql(query).all()
    assert sent in notice.message.format(**notice.details)
