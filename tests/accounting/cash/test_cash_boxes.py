"""Cash boxes: what one must be, who sees it, and that psql takes nothing out of it."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from erp_desktop.core.errors import NotAllowedError, OtherBranchError, StaleRecordError
from modules.accounting.cash_errors import (
    CashBoxAccountError,
    CashBoxAccountTakenError,
    CashBoxCodeTakenError,
    CashBoxIncompleteError,
    CashBoxUsedError,
)
from modules.accounting.petty_cash import UNDO_VOUCHER, CashBoxDraft, save_cash_box
from modules.accounting.selectors.petty_cash import (
    CashBoxRow,
    VoucherFilter,
    list_cash_boxes,
    list_pieces,
    list_vouchers,
)
from tests.accounting.books import Books, books_of, code_of, new_id
from tests.accounting.cash.boxes import box_draft, count, fill, spend
from tests.attacks.intruder import attempt, look
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

THEFT = """
    with entry as (
        insert into accounting.entries (id, journal, branch_id, period_id, number, dated_on,
                                        label, posted_by)
        select gen_random_uuid(), 'OD', branch_id, period_id, 'OD-X', dated_on, 'x', 'salim'
          from accounting.entries limit 1
        returning id, branch_id, period_id, dated_on)
    insert into accounting.entry_lines (entry_id, line_no, branch_id, period_id, dated_on,
                                        account_id, debit, credit, currency, amount)
    select e.id, v.n, e.branch_id, e.period_id, e.dated_on, a.id, v.debit, 9999 - v.debit, 'DZD',
           9999
      from entry e, (values (1, '607', 9999), (2, '541', 0)) v (n, code, debit)
      join accounting.accounts a using (code)
"""


def test_boxes_are_kept_with_an_account_of_their_own(
    books: Books, box: CashBoxRow, ask: Ask
) -> None:
    for more, error in (
        ({"code": "DEP", "account": "542"}, CashBoxCodeTakenError),
        ({"code": "D2"}, CashBoxAccountTakenError),
        ({"code": "D2", "account": "530"}, CashBoxAccountError),
        ({"code": "D2", "account": "607"}, CashBoxAccountError),
        ({"code": "D2", "account": "54"}, CashBoxAccountError),
        ({"code": "é", "account": "542"}, CashBoxIncompleteError),
        ({"code": "D2", "account": "542", "ceiling": Decimal(0)}, CashBoxIncompleteError),
        ({"code": "D2", "account": "542", "name": " "}, CashBoxIncompleteError),
        ({"code": "D2", "account": "542", "branch_id": UUID(new_id())}, OtherBranchError),
    ):
        with pytest.raises(error):
            ask(save_cash_box, box_draft(**more))
    with pytest.raises(NotAllowedError):
        ask(save_cash_box, box_draft(code="D2", account="542"), as_user="nadia")
    fill(books, "500.00")
    spend(books, box)
    changed: dict[str, Any] = {
        "code": "DEP",
        "name": "Petite caisse",
        "account": "541",
        "ceiling": Decimal(700),
    }
    kept = CashBoxDraft(box.id, branch_id=ALGIERS.id, **changed)
    assert ask(save_cash_box, kept, version=1) == 2
    with pytest.raises(StaleRecordError):
        ask(save_cash_box, kept, version=1)
    with pytest.raises(CashBoxUsedError):
        ask(
            save_cash_box,
            CashBoxDraft(box.id, branch_id=ALGIERS.id, **{**changed, "account": "542"}),
            version=2,
        )
    assert ask(list_pieces, date(YEAR, 3, 1))[:2] == [2000, 1000]
    off = CashBoxDraft(box.id, branch_id=ALGIERS.id, **changed, is_active=False)
    ask(save_cash_box, off, version=2)
    assert code_of(spend(books, box)) == "accounting.cash_box_inactive"


def test_another_branch_neither_sees_nor_spends(
    books: Books, box: CashBoxRow, house: House, ask: Ask
) -> None:
    fill(books, "500.00")
    made = spend(books, box).result
    house.run(
        f"update core.user_branches b set branch_id = '{ORAN.id}' from core.users u"
        " where u.id = b.user_id and u.login = 'nadia'"
    )
    assert ask(list_cash_boxes, as_user="nadia") == []
    assert ask(list_vouchers, VoucherFilter(), as_user="nadia") == []
    with books_of(house, "nadia") as others:
        assert code_of(spend(others, box)) == "core.not_found"
        assert code_of(others.send(UNDO_VOUCHER, {"id": made["id"]})) == "core.not_found"
    with books_of(house, "karim") as clerk:
        assert code_of(spend(clerk, box)) == "core.not_permitted"
        assert code_of(count(clerk, box)) == "core.not_permitted"


def test_nobody_forges_a_voucher_or_empties_the_box_with_psql(
    books: Books, box: CashBoxRow, house: House
) -> None:
    fill(books, "500.00")
    spend(books, box)
    count(books, box, n200=1)
    forgeries = {
        "update accounting.cash_vouchers set amount = 1": "core.append_only",
        "delete from accounting.cash_vouchers": "core.append_only",
        "truncate accounting.cash_vouchers": "core.append_only",
        "update accounting.cash_vouchers set undone_at = now()": "undone_by_somebody",
        "update accounting.cash_counts set counted = 1": "core.append_only",
        "delete from accounting.cash_counts": "core.append_only",
    }
    house.run("grant accounting_owner to salim")
    try:
        with house.connect("salim") as connection:
            for statement, why in forgeries.items():
                connection.execute("set role accounting_owner")
                with pytest.raises(psycopg.Error, match=why), connection.transaction():
                    connection.execute(statement)
            # The owner posts by himself, past every function: the box still holds.
            with pytest.raises(psycopg.Error, match="cash_box_empty"), connection.transaction():
                connection.execute(THEFT)
    finally:
        house.run("revoke accounting_owner from salim")
    with house.connect("salim") as connection:
        for deed in (*forgeries, "update accounting.cash_boxes set ceiling = 9"):
            assert attempt(connection, "accounting_app", deed) == "42501", deed
        query = "select code from accounting.cash_box_list"
        assert look(connection, "accounting_app", query) == ["('DEP',)"]
