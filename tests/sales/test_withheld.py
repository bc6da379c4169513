"""What a customer keeps back of a payment for the state settles the invoice with the money.

By hand, in Tunisia: ten coffees of 100.000 with VAT of 190.000 and a stamp of 1.000 are 1,191.000.
One per cent of 1,190.000 is 11.900: 1,179.100 is paid. In Morocco fifty of 100.00 with VAT of 20 %
are 6,000.00, of which the VAT of 1,000.00 is kept back.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, uuid7
from erp_desktop.core.errors import UserError
from erp_desktop.server.packs import read_pack
from modules.accounting.selectors import get_return
from modules.accounting.selectors.withholding import WithholdingFilter, list_withholdings
from modules.accounting.withholding import UNDO_WITHHOLDING, name_withholding
from modules.sales.selectors import open_items
from modules.sales.services import PaymentDraft, Share, WithheldPart, receive_payment, undo_withheld
from tests.attacks.intruder import attempt
from tests.houses import YEAR, House, MakeProduct
from tests.sales.office import DIFFERENCES, MARCH, Office, codes, line
from tests.sales.suspended import exempted

pytestmark = pytest.mark.database

TO_COME = WithholdingFilter(to_come=True)


@pytest.fixture
def rabat(house: House, office: Office) -> Office:
    """The desk under Moroccan law."""
    house.run("update core.company set currency = 'MAD', country = 'MA'")
    house.run("delete from accounting.law_values; delete from accounting.account_roles")
    with house.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack("MA"))])
    return office


def sold(
    desk: Office, product: MakeProduct, quantity: str = "10", **more: Any
) -> tuple[UUID, UUID]:
    """Sell coffee; return customer and invoice."""
    customer, coffee = desk.customer(), product("COF-1", stock=500)
    usual = {"tax_code": "TVA19", "currency": "TND", **more}
    goods = line(coffee, quantity, tax_code=usual.pop("tax_code"))
    return customer, desk.sold(customer, goods, **usual)


def paid(
    desk: Office, customer: UUID, invoice: UUID, cash: str, kept: str, **more: Any
) -> tuple[PaymentDraft, Answer]:
    """Pay an invoice in two parts: money, and what is kept back."""
    usual: dict[str, Any] = {"kind": "purchases", "number": "RS-77", "currency": "TND", **more}
    part = WithheldPart(uuid7(), invoice, Decimal(kept), usual["kind"], usual["number"])
    shares = (Share(Decimal(cash), invoice_id=invoice),) if Decimal(cash) else ()
    draft = PaymentDraft(
        uuid7(),
        customer,
        usual.get("on", MARCH),
        "transfer",
        Decimal(cash),
        usual["currency"],
        shares=shares,
        withheld=(part,),
    )
    return draft, desk.send(*receive_payment(draft))


def certificates(desk: Office, wanted: WithholdingFilter = WithholdingFilter()) -> Any:  # noqa: B008
    return desk.ask(list_withholdings, wanted, as_user="salim")


def test_money_and_certificate_settle_an_invoice_in_one_save(
    tunis: Office, house: House, product: MakeProduct
) -> None:
    customer, invoice = sold(tunis, product)
    assert tunis.open(invoice) == Decimal("1191.000")

    draft, answer = paid(tunis, customer, invoice, "1179.100", "11.900")

    assert codes(answer) == []
    assert answer.result["payment_id"] == str(draft.id)
    assert len(answer.result["withheld"]) == 1
    assert [tunis.open(invoice), tunis.balance("receivable")] == [Decimal(0)] * 2
    assert tunis.balance("bank") == Decimal("1179.100")
    assert tunis.balance("withheld_from_us") == Decimal("11.900")
    (paper,) = certificates(tunis)
    assert (paper.number, paper.total, paper.vat) == ("RS-77", Decimal(1190), Decimal(190))
    assert (paper.base, paper.amount) == (Decimal(1190), Decimal("11.900"))
    assert paper.payment_id == str(draft.withheld[0].payment_id)
    ways = sorted(part.method for part in tunis.sheet(invoice).settled)
    assert ways == ["transfer", "withholding"]
    assert house.value(DIFFERENCES) == 0


def test_a_certificate_that_is_to_come_is_listed_until_it_comes_once(
    tunis: Office, product: MakeProduct
) -> None:
    customer, invoice = sold(tunis, product)
    paid(tunis, customer, invoice, "1179.100", "11.900", number="")
    (waiting,) = certificates(tunis, TO_COME)
    assert (waiting.number, waiting.amount) == ("", Decimal("11.900"))

    tunis.ask(name_withholding, waiting.id, " RS-5 ", as_user="salim")

    assert certificates(tunis, TO_COME) == []
    assert certificates(tunis)[0].number == "RS-5"
    tunis.ask(name_withholding, waiting.id, "RS-5", as_user="salim")
    with pytest.raises(UserError) as refusal:
        tunis.ask(name_withholding, waiting.id, "RS-6", as_user="salim")
    assert refusal.value.code == "accounting.withholding_numbered"


def test_the_paper_alone_settles_what_the_money_left(tunis: Office, product: MakeProduct) -> None:
    customer, invoice = sold(tunis, product)
    tunis.pay(customer, "1179.100", (invoice, "1179.100"), currency="TND")

    draft, answer = paid(tunis, customer, invoice, "0", "11.900")

    assert codes(answer) == []
    assert answer.result["payment_id"] == str(draft.withheld[0].payment_id)
    assert tunis.open(invoice) == 0


@pytest.mark.parametrize(
    ("kept", "kind", "code"),
    [
        ("11.901", "purchases", "accounting.withholding_amount"),
        ("11.900", "nothing", "accounting.withholding_kind_unknown"),
        ("-11.900", "purchases", "sales.payment_impossible"),
    ],
)
def test_another_amount_than_the_laws_books_nothing(
    tunis: Office, house: House, product: MakeProduct, kept: str, kind: str, code: str
) -> None:
    customer, invoice = sold(tunis, product)

    _draft, answer = paid(tunis, customer, invoice, "1179.100", kept, kind=kind)

    assert codes(answer) == [code]
    assert house.value("select count(*) from sales.payments") == 0


def test_no_more_is_kept_back_than_the_money_leaves_and_once_only(
    tunis: Office, house: House, product: MakeProduct
) -> None:
    customer, invoice = sold(tunis, product)
    _draft, much = paid(tunis, customer, invoice, "1180.000", "11.900")
    assert codes(much) == ["sales.settled_too_much"]
    tunis.pay(customer, "1000.000", (invoice, "1000.000"), currency="TND")
    _draft, first = paid(tunis, customer, invoice, "0", "11.900")
    assert codes(first) == []

    _draft, again = paid(tunis, customer, invoice, "0", "11.900", number="RS-78")

    assert codes(again) == ["accounting.withholding_of_document"]
    assert house.value("select count(*) from accounting.withholdings") == 1


def test_below_the_threshold_nothing_is_kept_back(tunis: Office, product: MakeProduct) -> None:
    customer, invoice = sold(tunis, product, "8")

    _draft, answer = paid(tunis, customer, invoice, "943.480", "9.520")

    assert codes(answer) == ["accounting.withholding_nothing"]


def test_another_ones_invoice_is_refused(tunis: Office, product: MakeProduct) -> None:
    _customer, invoice = sold(tunis, product)

    _draft, answer = paid(tunis, tunis.customer("C2"), invoice, "0", "11.900")

    assert codes(answer) == ["sales.document_unknown"]


def test_it_is_taken_back_with_its_certificate(
    tunis: Office, house: House, product: MakeProduct
) -> None:
    customer, invoice = sold(tunis, product)
    draft, _answer = paid(tunis, customer, invoice, "1179.100", "11.900")
    (paper,) = certificates(tunis)
    part = draft.withheld[0].payment_id
    alone = tunis.send(UNDO_WITHHOLDING, {"id": str(paper.id)}, as_user="salim")
    assert codes(alone) == ["accounting.withholding_of_payment"]

    assert codes(tunis.send(*undo_withheld(part))) == []

    assert tunis.open(invoice) == Decimal("11.900")
    assert tunis.balance("withheld_from_us") == 0
    assert certificates(tunis)[0].is_undone
    assert house.value(DIFFERENCES) == 0
    assert codes(tunis.send(*undo_withheld(part))) == ["accounting.withholding_undone"]
    assert codes(tunis.send(*undo_withheld(draft.id))) == ["core.not_found"]
    _draft, anew = paid(tunis, customer, invoice, "0", "11.900")
    assert codes(anew) == []
    assert tunis.open(invoice) == 0


def test_moroccan_vat_that_is_kept_back_is_due_as_if_it_were_paid(
    rabat: Office, product: MakeProduct
) -> None:
    customer, invoice = sold(rabat, product, "50", tax_code="TVA20", currency="MAD")
    more = {"kind": "vat_goods", "currency": "MAD"}
    (item,) = rabat.ask(open_items, customer).items
    assert (item.total, item.vat) == (6000, 1000)

    _draft, answer = paid(rabat, customer, invoice, "5000.00", "1000.00", **more)

    assert codes(answer) == []
    assert [rabat.open(invoice), rabat.balance("withheld_from_us")] == [Decimal(0), Decimal(1000)]
    days = {"first_day": date(YEAR, 3, 1), "last_day": date(YEAR, 3, 31)}
    rows = rabat.ask(get_return, as_user="salim", **days).rows
    box = next(row for row in rows if row.code == "80")
    assert (box.base, box.tax) == (5000, 1000)


def test_what_was_kept_back_last_is_proposed_next(tunis: Office, product: MakeProduct) -> None:
    customer, invoice = sold(tunis, product)
    assert tunis.ask(open_items, customer).withholding.last == ()
    paid(tunis, customer, invoice, "1179.100", "11.900")

    setting = tunis.ask(open_items, customer).withholding

    assert setting.last == ("purchases",)
    head = tunis.sheet(invoice).head
    assert head is not None
    assert setting.documents == (head.number,)
    assert {kind.code for kind in setting.on(MARCH)} >= {"purchases", "vat_public"}


def test_psql_changes_no_certificate(tunis: Office, house: House, product: MakeProduct) -> None:
    customer, invoice = sold(tunis, product)
    paid(tunis, customer, invoice, "1179.100", "11.900", number="")
    with house.connect("salim") as connection:
        for role in ("accounting_app", "sales_app", "core_app", "none"):
            for statement in (
                "update accounting.withholdings set number = 'X'",
                "select accounting.certify_payment_v1('{}')",
                f"select accounting.undo_certificate_v1('{uuid7()}', 'x')",
            ):
                assert attempt(connection, role, statement) == "42501", (role, statement)
    with house.connect() as connection:
        for change in (
            "amount = 1",
            "number = 'X', amount = 1",
            "number = ' '",
            "dated_on = now()",
        ):
            statement = f"update accounting.withholdings set {change}"
            assert attempt(connection, "none", statement) != "done", change
        named = "update accounting.withholdings set number = 'RS-1'"
        assert attempt(connection, "none", named) == "done"


def test_a_payment_is_no_withholding_by_its_method(tunis: Office) -> None:
    draft = PaymentDraft(uuid7(), tunis.customer(), MARCH, "withholding", Decimal(5), "TND")

    assert codes(tunis.send(*receive_payment(draft))) == ["sales.payment_impossible"]
    nothing = replace(draft, method="transfer", amount=Decimal(0))
    assert codes(tunis.send(*receive_payment(nothing))) == ["sales.payment_impossible"]


def test_two_who_receive_the_same_paper_at_once_book_it_once(
    tunis: Office, house: House, product: MakeProduct
) -> None:
    customer, invoice = sold(tunis, product)

    def receive(number: str) -> Answer:
        return paid(tunis, customer, invoice, "0", "11.900", number=number)[1]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(receive, ["RS-1", "RS-2"]))

    found = [code for each in answers for code in codes(each)]
    assert found == ["accounting.withholding_of_document"]
    assert tunis.open(invoice) == Decimal("1179.100")
    assert house.value(DIFFERENCES) == 0


def test_of_a_suspended_invoice_the_whole_is_withheld_without_vat(
    tunis: Office, product: MakeProduct
) -> None:
    """2,000.000 in suspension and a stamp of 1.000: 1 % of 2,000.000 is 20.000."""
    exempt = exempted(tunis, taxes=("TVA19",))
    draft = exempt.draft(line(product("COF-1", stock=50), "20"), currency="TND")
    assert codes(exempt.post(draft)) == []

    _draft, answer = paid(tunis, exempt.customer, draft.id, "1981.000", "20.000")

    assert codes(answer) == []
    assert tunis.open(draft.id) == 0
    (paper,) = certificates(tunis)
    assert [paper.total, paper.vat] == [Decimal(2000), Decimal(0)]


def test_a_public_customer_keeps_back_a_part_of_the_vat_too(
    tunis: Office, house: House, product: MakeProduct
) -> None:
    """1 % of 1,190.000 and 25 % of the VAT of 190.000: 11.900 and 47.500, 1,131.600 is paid."""
    customer, invoice = sold(tunis, product)
    parts = [("purchases", "11.900"), ("vat_public", "47.500")]
    withheld = tuple(
        WithheldPart(uuid7(), invoice, Decimal(amount), kind, "RS-3") for kind, amount in parts
    )
    draft = PaymentDraft(
        *(uuid7(), customer, MARCH, "transfer", Decimal("1131.600"), "TND"),
        shares=(Share(Decimal("1131.600"), invoice_id=invoice),),
        withheld=withheld,
    )

    assert codes(tunis.send(*receive_payment(draft))) == []

    assert [tunis.open(invoice), tunis.balance("withheld_from_us")] == [
        Decimal(0),
        Decimal("59.400"),
    ]
    assert {paper.kind for paper in certificates(tunis)} == {"purchases", "vat_public"}
    assert tunis.ask(open_items, customer).withholding.last == ("purchases", "vat_public")
    assert house.value(DIFFERENCES) == 0


def test_of_what_came_back_nothing_is_withheld(tunis: Office, product: MakeProduct) -> None:
    """One coffee of ten comes back: 1 % of 1,071.000 is 10.710."""
    customer, invoice = sold(tunis, product)
    assert codes(tunis.take_back(invoice, {0: "1"}, currency="TND")) == []
    (item,) = [each for each in tunis.ask(open_items, customer).items if each.kind == "invoice"]
    assert [item.total, item.vat] == [Decimal(1071), Decimal(171)]
    cash = item.open - Decimal("10.710")

    _draft, answer = paid(tunis, customer, invoice, str(cash), "10.710")

    assert codes(answer) == []
    assert tunis.open(invoice) == 0
