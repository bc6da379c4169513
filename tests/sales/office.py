"""What the tests of sales share: an office that writes, posts and settles through the gate."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, Command, Envelope, uuid7
from erp_desktop.ui.backend import execute_directly
from modules.sales.credit_note import credit_note_of
from modules.sales.drafts import InvoiceDraft, InvoiceLineDraft
from modules.sales.figures import InvoiceFigures, reckon_invoice
from modules.sales.selectors import InvoiceSheet, get_invoice, new_invoice
from modules.sales.services import (
    POST_INVOICE,
    PaymentDraft,
    Share,
    allocate,
    post_invoice,
    receive_payment,
    write_off,
)
from tests.houses import YEAR, Ask, House

MARCH = date(YEAR, 3, 10)

ALL_BALANCES = (
    "select coalesce(sum(abs(b)), 0) from (select sum(l.debit - l.credit) as b"
    " from accounting.entry_lines l group by l.account_id) s"
)
# Nothing that is kept twice may differ: what is open, what the ledger says of each customer, and of
# each document.
DIFFERENCES = """
    select count(*) from (
        select o.id from sales.open_items o
          left join sales.allocations a
            on o.id in (a.payment_id, a.credit_note_id, a.invoice_id, a.repayment_id)
         group by o.id, o.whole, o.open
        having o.open <> o.whole
               - coalesce(sum(case when a.undoes is null then a.amount else -a.amount end), 0)
               - coalesce((select sum(w.amount) from sales.write_offs w
                            where w.invoice_id = o.id), 0)
        union all
        select b.party_id from accounting.party_balances b
         where b.role = 'receivable' and b.balance <> (
               select coalesce(sum(case when o.kind in ('invoice', 'repayment') then o.open
                                        else -o.open end), 0)
                 from sales.open_items o where o.customer_id = b.party_id)
        union all
        select o.id from sales.open_items o
          join (select id, entry_id from sales.invoices
                 union all select id, entry_id from sales.payments) d using (id)
         where d.entry_id is not null and o.customer_id is not null and o.open <> abs(coalesce((
               select sum(l.open) from accounting.matching_lines l
                where l.entry_id = d.entry_id and l.party_id is not null), 0))) x
"""


@dataclass(frozen=True)
class Office:
    """Nadia's desk in Algiers; she may post, allocate and approve."""

    house: House
    ask: Ask

    def customer(self, code: str = "C1", *, limit: str | None = "1000000") -> UUID:
        """Keep a customer, as the superuser."""
        made = uuid7()
        with self.house.connect() as connection:
            connection.execute(
                "insert into parties.parties (id, code, name, country, credit_limit)"
                " values (%s, %s, %s, 'DZ', %s)",
                [made, code, code.title(), limit],
            )
        return made

    def draft(self, customer: UUID | None, *lines: InvoiceLineDraft, **more: Any) -> InvoiceDraft:
        """Write an invoice of March."""
        usual = {"id": uuid7(), "kind": "invoice", "dated_on": MARCH, "currency": "DZD"}
        return InvoiceDraft(**{**usual, "customer_id": customer, "lines": lines, **more})

    def reckon(self, draft: InvoiceDraft) -> InvoiceFigures:
        """Reckon a draft by the law of its day."""
        sheet = self.ask(new_invoice, original_id=draft.original_id, day=draft.dated_on)
        return reckon_invoice(draft, sheet.choices.plans, sheet.choices.stamps, sheet.originals)

    def payload(self, draft: InvoiceDraft, **more: Any) -> dict[str, Any]:
        """Return the request to post a draft."""
        _name, payload = post_invoice(draft, self.reckon(draft))
        return {**payload, **more}

    def send(self, name: str, payload: Mapping[str, Any], *, as_user: str = "nadia") -> Answer:
        """Send something through the gate."""
        answer: Answer = self.ask(execute_directly, name, dict(payload), as_user=as_user)
        return answer

    def post(
        self, draft: InvoiceDraft, *, as_user: str = "nadia", approved: bool = False
    ) -> Answer:
        """Post a draft."""
        name, payload = post_invoice(draft, self.reckon(draft), is_approved=approved)
        return self.send(name, payload, as_user=as_user)

    def sold(self, customer: UUID, *lines: InvoiceLineDraft, **more: Any) -> UUID:
        """Post an invoice that nothing stands against, and return its id."""
        draft = self.draft(customer, *lines, **more)
        assert codes(self.post(draft)) == []
        return draft.id

    def take_back(
        self, invoice: UUID, quantities: dict[int, str] | None = None, **more: Any
    ) -> Answer:
        """Post a credit note: what comes back by the place of its line, everything without."""
        sheet = self.ask(new_invoice, original_id=invoice, day=MARCH)
        lines = sheet.original.lines
        back = {lines[n].id: Decimal(q) for n, q in quantities.items()} if quantities else None
        return self.post(replace(credit_note_of(sheet, MARCH, quantities=back), **more))

    def take_back_unseen(self, invoice: UUID) -> Answer:
        """Ask for a credit note of an invoice that one only knows the id of."""
        draft = self.draft(self.customer("C9"), line(uuid7(), "-1"), kind="credit_note")
        payload = {**self.payload(draft), "original_id": str(invoice)}
        return self.send(POST_INVOICE, payload)

    def pay(
        self, customer: UUID, amount: str, *invoices: tuple[UUID, str], **more: Any
    ) -> tuple[UUID, Answer]:
        """Receive a payment by transfer for invoices."""
        shares = tuple(Share(Decimal(part), invoice_id=each) for each, part in invoices)
        usual = {"id": uuid7(), "dated_on": MARCH, "method": "transfer", "currency": "DZD"}
        payment = PaymentDraft(
            **{
                **usual,
                "customer_id": customer,
                "amount": Decimal(amount),
                "shares": shares,
                **more,
            }
        )
        return payment.id, self.send(*receive_payment(payment))

    def allocate(self, *shares: Share, undo: tuple[UUID, ...] = ()) -> Answer:
        """Settle open amounts with each other."""
        return self.send(*allocate(shares, undo=undo))

    def write_off(self, invoice: UUID, amount: str, *, as_user: str = "salim") -> Answer:
        """Give up a debt."""
        request = write_off(
            uuid7(), invoice, dated_on=MARCH, amount=Decimal(amount), reason="Bankrupt"
        )
        return self.send(*request, as_user=as_user)

    def sheet(self, invoice: UUID) -> InvoiceSheet:
        """Read a document."""
        found: InvoiceSheet = self.ask(get_invoice, invoice)
        return found

    def open(self, invoice: UUID) -> Decimal:
        """Return what is open of a document."""
        head = self.sheet(invoice).head
        assert head is not None
        return head.open

    def balance(self, account: str) -> Decimal:
        """Return debit less credit of all accounts that play a role."""
        found: Decimal = self.house.value(
            "select coalesce(sum(l.debit - l.credit), 0) from accounting.entry_lines l"
            " where l.account_id in (select r.account_id from accounting.account_roles r"
            f" where r.role = '{account}')"
        )
        return found


def line(
    product: UUID, quantity: str = "1", price: str = "100.00", **more: Any
) -> InvoiceLineDraft:
    """Write a line."""
    usual = {"id": uuid7(), "product_id": product, "tax_code": "TVA19"}
    amounts = {"quantity": Decimal(quantity), "unit_price": Decimal(price)}
    return InvoiceLineDraft(**{**usual, **amounts, **more})


def codes(answer: Answer) -> list[str]:
    """Return what the gate has against something."""
    return [flag.code for flag in answer.flags]


def send(connection: Any, login: str, name: str, payload: dict[str, Any]) -> Answer:
    """Send a request over one's own connection, in a transaction of its own."""
    body = Command(name, payload, login, datetime.now(UTC)).body()
    with connection.transaction():
        connection.execute("set local role core_app")
        batch = Jsonb([Envelope(body).as_json()])
        row = connection.execute("select core.execute_v1(%s)", [batch]).fetchone()
    return Answer.from_json(row[0][0])
