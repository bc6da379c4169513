"""Posting an invoice: its number, its goods, its entry; and every reason why it is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, Command, Envelope, uuid7
from modules.sales.drafts import InvoiceDraft
from modules.sales.services import POST_INVOICE, save_invoice
from tests.houses import ORAN, YEAR, House, MakeProduct
from tests.sales.office import DIFFERENCES, MARCH, Office, codes, line

pytestmark = pytest.mark.database

Before = Callable[[Office, InvoiceDraft], None] | None


def test_a_posted_invoice_has_a_number_an_entry_and_took_its_goods(
    office: Office, house: House, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=10, cost="70.00")
    draft = office.draft(office.customer(), line(coffee, "3"), reference="PO-7")

    answer = office.post(draft)

    assert (answer.state, answer.result["number"]) == ("applied", f"FA-ALG-{YEAR}/000001")
    head = office.sheet(draft.id).head
    assert head is not None
    assert (head.state, head.due_on) == ("posted", MARCH)
    amounts = [head.net, head.tax, head.to_pay, head.open, head.cost]
    assert amounts == [Decimal(each) for each in (300, 57, 357, 357, 210)]
    assert office.balance("receivable") == 357
    assert house.value("select min(on_hand) from inventory.stock") == 7
    assert house.value("select topic from core.events") == "sales.invoice_posted"
    assert house.value(DIFFERENCES) == 0


def test_a_kept_draft_is_posted_as_it_was_read(office: Office, product: MakeProduct) -> None:
    draft = office.draft(office.customer(), line(product("COF-1", stock=5)))
    saved = office.ask(save_invoice, draft, office.reckon(draft))

    stale = office.post(replace(draft, version=saved.version + 1))
    posted = office.post(replace(draft, version=saved.version))

    assert codes(stale) == ["core.stale_record"]
    assert codes(posted) == []
    assert codes(office.post(replace(draft, version=saved.version))) == ["sales.already_posted"]


def test_sending_the_same_twice_posts_once(
    office: Office, house: House, product: MakeProduct
) -> None:
    draft = office.draft(office.customer(), line(product("COF-1", stock=5)))
    command = Command(POST_INVOICE, office.payload(draft), "nadia", datetime.now(UTC))
    batch = Jsonb([Envelope(command.body()).as_json()])

    def send() -> Answer:
        with house.connect("nadia") as connection, connection.transaction():
            connection.execute("set local role core_app")
            row: Any = connection.execute("select core.execute_v1(%s)", [batch]).fetchone()
            return Answer.from_json(row[0][0])

    first, second = send(), send()

    assert (first.state, second.state, second.replayed) == ("applied", "applied", True)
    assert first.result == second.result
    assert house.value("select count(*) from sales.invoices") == 1


def _yesterday_closed(office: Office, _draft: InvoiceDraft) -> None:
    office.house.run(f"update accounting.periods set state = 'closed' where starts_on <= '{MARCH}'")


def _later_number(office: Office, draft: InvoiceDraft) -> None:
    assert draft.customer_id is not None
    later = replace(draft, id=uuid7(), dated_on=MARCH + timedelta(days=1))
    lines = tuple(replace(each, id=uuid7()) for each in draft.lines)
    assert codes(office.post(replace(later, lines=lines))) == []


def _closed_customer(office: Office, _draft: InvoiceDraft) -> None:
    office.house.run("update parties.parties set is_active = false")


def _no_limit(office: Office, _draft: InvoiceDraft) -> None:
    office.house.run("update parties.parties set credit_limit = null")


REFUSALS: list[tuple[Before, dict[str, Any], str]] = [
    (None, {"customer_id": str(uuid7())}, "sales.customer_missing"),
    (_closed_customer, {}, "sales.customer_inactive"),
    (_no_limit, {}, "sales.credit_exceeded"),
    (_yesterday_closed, {}, "accounting.period_closed"),
    (_later_number, {}, "sales.date_out_of_order"),
    (None, {"dated_on": "2100-01-01"}, "sales.date_in_future"),
    (None, {"due_on": "2000-01-01"}, "sales.due_before_date"),
    (None, {"branch_id": str(ORAN.id)}, "core.other_branch"),
    (None, {"total": "118.99"}, "sales.figures_differ"),
    (None, {"to_pay": "118.99"}, "sales.figures_differ"),
    (None, {"stamp": "1.00", "to_pay": "120.00"}, "sales.stamp_differs"),
    (None, {"discount": "1.00"}, "sales.figures_differ"),
    (None, {"currency": "MAD"}, "sales.figures_differ"),
    (None, {"lines": []}, "sales.figures_differ"),
    (None, {"version": 1}, "core.not_found"),
    (None, {"reference": "x" * 101}, "sales.text_too_long"),
    (None, {"payment_method": "gold"}, "core.handler_failed"),
]


@pytest.mark.parametrize(("before", "change", "refusal"), REFUSALS)
def test_what_may_not_be_is_refused_and_leaves_nothing(
    office: Office,
    house: House,
    product: MakeProduct,
    before: Before,
    change: dict[str, Any],
    refusal: str,
) -> None:
    draft = office.draft(office.customer(), line(product("COF-1", stock=5)))
    if before is not None:
        before(office, draft)
    count = house.value("select count(*) from accounting.entries")

    answer = office.send(POST_INVOICE, office.payload(draft, **change))

    assert (answer.state, codes(answer)) == ("refused", [refusal])
    assert answer.flags[0].as_error().sentence()
    assert house.value("select count(*) from accounting.entries") == count
    assert house.value(f"select count(*) from sales.invoices where id = '{draft.id}'") == 0


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"quantity": "-1", "amount": "-100.00"}, "sales.figures_differ"),
        ({"quantity": "NaN"}, "sales.figures_differ"),
        ({"unit_price": "Infinity"}, "sales.figures_differ"),
        ({"discount_rate": "101"}, "sales.figures_differ"),
        ({"discount": "-1.00", "amount": "101.00"}, "sales.figures_differ"),
        ({"amount": "99.00"}, "sales.figures_differ"),
        ({"net": "99.00"}, "sales.figures_differ"),
        ({"net": "100.001", "amount": "100.001"}, "sales.figures_differ"),
        ({"pack_id": str(uuid7())}, "sales.figures_differ"),
        ({"taxes": [{"code": "TVA19", "rate": "0.09", "after": []}]}, "sales.tax_differs"),
        ({"taxes": []}, "sales.tax_differs"),
        ({"quantity": "6", "amount": "600.00", "net": "600.00"}, "inventory.not_enough"),
    ],
)
def test_a_line_that_is_wrong_is_refused(
    office: Office, product: MakeProduct, change: dict[str, Any], refusal: str
) -> None:
    draft = office.draft(office.customer(), line(product("COF-1", stock=5)))
    payload = office.payload(draft)
    if refusal == "inventory.not_enough":
        payload |= {"total": "714.00", "to_pay": "714.00"}
    payload["lines"] = [{**payload["lines"][0], **change}]

    assert codes(office.send(POST_INVOICE, payload)) == [refusal]


def test_only_who_may_post_does(office: Office, product: MakeProduct) -> None:
    draft = office.draft(office.customer(), line(product("COF-1", stock=5)))

    refused = {codes(office.post(draft, as_user=who))[0] for who in ("amina", "karim", "yacine")}

    assert refused == {"core.not_permitted"}
    assert codes(office.post(draft, as_user="salim")) == []


def test_credit_is_asked_for_and_approved_by_who_may(office: Office, product: MakeProduct) -> None:
    customer = office.customer(limit="150.00")
    coffee = product("COF-1", stock=50)
    office.sold(customer, line(coffee))
    more = office.draft(customer, line(coffee))

    assert codes(office.post(more)) == ["sales.credit_exceeded"]
    assert codes(office.post(more, as_user="salim", approved=True)) == ["sales.credit_exceeded"]
    assert codes(office.post(more, approved=True)) == []
    assert codes(office.post(office.draft(customer, line(coffee), payment_method="card"))) == []


def test_terms_say_when_it_is_due(office: Office, house: House, product: MakeProduct) -> None:
    customer = office.customer()
    code = house.value("select code from parties.terms where days = 30 order by end_of_month desc")
    house.run(f"update parties.terms set end_of_month = true where code = '{code}'")
    house.run(f"update parties.parties set terms = '{code}'")

    posted = office.sold(customer, line(product("COF-1", stock=5)))

    head = office.sheet(posted).head
    assert head is not None
    assert (head.terms, head.due_on) == (code, date(YEAR, 4, 30))


def test_cash_bears_the_duty_of_its_bracket(office: Office, product: MakeProduct) -> None:
    draft = office.draft(
        office.customer(), line(product("COF-1", stock=9), "9"), payment_method="cash"
    )

    assert office.reckon(draft).stamp == 11  # 1 071.00 in cash: eleven slices of a hundred
    assert codes(office.post(draft)) == []
    assert office.balance("stamp_collected") == -11


def test_packs_take_their_units(office: Office, house: House, product: MakeProduct) -> None:
    coffee, carton = product("COF-1", stock=30, cost="10.00"), uuid7()
    house.run(
        "insert into catalog.packs (id, product_id, name, factor)"
        f" values ('{carton}', '{coffee}', 'Carton', 12)"
    )

    posted = office.sold(office.customer(), line(coffee, "2", pack_id=carton), line(coffee, "1"))

    assert house.value("select min(on_hand) from inventory.stock") == 5
    sheet = office.sheet(posted)
    assert [each.factor for each in sheet.lines] == [12, 1]
    assert house.value("select sum(cost) from sales.invoice_lines") == Decimal(250)


def test_the_paper_keeps_the_words_of_its_day(
    office: Office, house: House, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=5)
    posted = office.sold(office.customer("C1"), line(coffee))
    house.run("update parties.parties set name = 'Renamed'")
    house.run("update catalog.products set name = 'Renamed'")
    house.run("update core.company set name = 'Renamed'")

    head = office.sheet(posted).head

    assert head is not None
    assert head.paper["seller"]["name"] == "Atlas Distribution"
    assert head.paper["customer"]["name"] == "C1"
    assert [each["name"] for each in head.paper["lines"].values()] == ["Cof-1"]


def test_a_merged_customer_buys_as_who_they_turned_out_to_be(
    office: Office, house: House, product: MakeProduct
) -> None:
    old, kept = office.customer("OLD"), office.customer("KEPT")
    house.run(
        f"update parties.parties set is_active = false, merged_into = '{kept}' where id = '{old}'"
    )

    posted = office.sold(old, line(product("COF-1", stock=5)))

    head = office.sheet(posted).head
    assert head is not None
    assert head.customer_id == UUID(str(kept))
