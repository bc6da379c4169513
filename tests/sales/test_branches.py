"""What Oran sells, Algiers neither sees nor settles; and nobody writes but through the gate."""

from decimal import Decimal
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotFoundError
from modules.dashboard.figures import Asked
from modules.dashboard.selectors import get_figures
from modules.sales.selectors import (
    InvoiceFilter,
    PaymentFilter,
    count_invoices,
    get_invoice,
    get_payment,
    list_invoices,
    list_payments,
    open_items,
)
from modules.sales.services import PaymentDraft, Share, allocate, receive_payment, write_off
from tests.houses import ORAN, House, MakeProduct
from tests.sales.office import MARCH, Office, codes, line

pytestmark = pytest.mark.database

TABLES = (
    "invoices", "invoice_lines", "series", "payments", "write_offs", "allocations", "open_items",
)  # fmt: skip


@pytest.fixture
def oran(office: Office, product: MakeProduct) -> dict[str, Any]:
    """An invoice and a payment of a customer, both in Oran."""
    customer = office.customer()
    draft = office.draft(customer, line(product("COF-1", stock=9)), branch_id=ORAN.id)
    assert codes(office.post(draft, as_user="salim")) == []
    share = Share(Decimal(19), invoice_id=draft.id)
    payment = PaymentDraft(
        uuid7(), customer, MARCH, "cheque", Decimal(50), "DZD", shares=(share,),
        branch_id=ORAN.id,
    )  # fmt: skip
    assert codes(office.send(*receive_payment(payment), as_user="salim")) == []
    return {"customer": customer, "invoice": draft.id, "payment": payment.id}


def test_another_branch_sees_and_settles_nothing(
    office: Office, house: House, oran: dict[str, Any]
) -> None:
    for selector, key in ((get_invoice, "invoice"), (get_payment, "payment")):
        with pytest.raises(NotFoundError):
            office.ask(selector, oran[key])
        assert office.ask(selector, oran[key], as_user="salim")
    assert office.ask(list_invoices, InvoiceFilter()) == []
    assert office.ask(list_payments, PaymentFilter()) == []
    assert office.ask(open_items, oran["customer"]).items == ()
    assert office.ask(count_invoices).all == 0
    assert office.ask(get_figures, Asked(MARCH, 1)).invoices.open == 0
    assert office.ask(get_figures, Asked(MARCH, 1), as_user="salim").invoices.open == 100
    share = Share(Decimal(1), payment_id=oran["payment"], invoice_id=oran["invoice"])
    assert codes(office.send(*allocate([share]))) == ["sales.document_unknown"]
    allocation = office.ask(get_payment, oran["payment"], as_user="salim").settled[0].id
    assert codes(office.send(*allocate(undo=[allocation]))) == ["sales.already_undone"]
    house.run("insert into core.role_permissions values ('manager', 'sales.debt.write_off')")
    request = write_off(
        oran["payment"], oran["invoice"], dated_on=MARCH, amount=Decimal(1), reason="x"
    )
    assert codes(office.send(*request)) == ["sales.document_unknown"]
    assert codes(office.take_back_unseen(oran["invoice"])) == ["sales.original_unknown"]


@pytest.mark.parametrize("login", ["nadia", "salim", "amina", "bilal", "root_admin"])
def test_nobody_writes_with_psql(
    house: House,
    oran: dict[str, Any],  # noqa: ARG001 - there is something to change
    login: str,
) -> None:
    with house.connect(login) as connection:
        for table in TABLES:
            for deed in (
                f"insert into sales.{table} default values",
                f"update sales.{table} set branch_id = branch_id",
                f"delete from sales.{table}",
                f"truncate sales.{table} cascade",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    attempt(connection, deed)


def attempt(connection: Any, deed: str) -> None:
    """Do something as the role that the module's Python has."""
    with connection.transaction():
        connection.execute("set local role sales_app")
        connection.execute(deed)


def test_handlers_are_called_by_the_gate_only(house: House) -> None:
    calls = (
        "sales.post_invoice_v1(null::core.commands, '{}')",
        "sales.book_invoice(null::core.commands, '{}', true)",
        "sales.receive_payment_v1(null::core.commands, '{}')",
        "sales.allocate_v1(null::core.commands, '{}')",
        "sales.write_off_v1(null::core.commands, '{}')",
        "sales.next_number('invoice', null, null, false)",
        "sales.write_posted(null, '[]')",
    )
    with house.connect("nadia") as connection:
        for call in calls:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                attempt(connection, f"select {call}")
