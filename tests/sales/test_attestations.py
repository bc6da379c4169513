"""Sales under an attestation: no tax, its base declared, the ceiling never passed.

By hand, under Algerian law: ten coffees of 100.00 (TVA19) and two books of 50.00 (TVA9) under
franchise are 1,100.00 without a tax; bread of 30.00 is exempt as it always is. The invoice is
1,130.00, and the attestation of 10,000.00 has 8,900.00 left. Four coffees come back: 9,300.00.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.accounting.api import suspended_plans
from modules.accounting.attestations import save_attestation, withdraw_attestation
from modules.accounting.selectors import get_return
from modules.sales.paper import invoice_paper
from modules.sales.selectors import InvoiceHead, new_invoice
from modules.sales.services import POST_INVOICE
from tests.houses import YEAR, House, MakeProduct
from tests.sales.office import DIFFERENCES, MARCH, Office, codes, line
from tests.sales.suspended import NUMBER, Exempt, attestation, exempted

pytestmark = pytest.mark.database

MONTH = {"first_day": date(YEAR, 3, 1), "last_day": date(YEAR, 3, 31)}


@pytest.fixture
def exempt(office: Office) -> Exempt:
    """The customer of the story above."""
    return exempted(office)


def basket(product: MakeProduct) -> tuple[Any, ...]:
    coffee, book = product("COF-1", stock=50), product("BOOK-1", stock=50)
    bread = product("BREAD", stock=50)
    return (
        line(coffee, "10"),
        line(book, "2", "50.00", tax_code="TVA9"),
        line(bread, "1", "30.00", tax_code="EXO"),
    )


def told(*values: Any) -> Any:
    """Return figures to compare, whatever their types."""
    return values


def bases(head: InvoiceHead) -> Any:
    """Return the base of each tax of a document."""
    return {tax.code: tax.base for tax in head.taxes}


def declared(office: Office, *codes: str) -> dict[str, tuple[Any, Any]]:
    """Return boxes of the return of March."""
    shown = office.ask(get_return, as_user="salim", **MONTH)
    return {row.code: (row.base, row.tax) for row in shown.rows if row.code in codes}


def test_an_invoice_bears_no_tax_and_declares_its_base(
    exempt: Exempt, house: House, product: MakeProduct
) -> None:
    draft = exempt.draft(*basket(product))

    assert codes(exempt.post(draft)) == []

    head = exempt.office.sheet(draft.id).head
    assert head is not None
    assert told(head.net, head.tax, head.to_pay) == (1130, 0, 1130)
    assert bases(head) == {"EXO": 30, "SUSP": 1100}
    assert told(head.attestation, exempt.used()) == (NUMBER, 1100)
    assert exempt.office.balance("receivable") == 1130
    assert exempt.office.balance("tax_collected") == 0
    boxes = declared(exempt.office, "FRA", "EXO", "E3B22", "S1")
    assert {code: box[0] for code, box in boxes.items()} == {
        "FRA": 1100,
        "EXO": 30,
        "E3B22": 0,
        "S1": 1130,
    }
    kept = "select array_agg(tax_code || ' ' || suspended_tax order by line_no)"
    assert house.value(f"{kept} from sales.invoice_lines") == ["SUSP TVA19", "SUSP TVA9", "EXO "]
    assert house.value(DIFFERENCES) == 0


def test_the_paper_names_the_attestation_and_the_articles(
    exempt: Exempt, product: MakeProduct
) -> None:
    draft = exempt.draft(*basket(product))
    exempt.post(draft)

    paper = invoice_paper(exempt.office.sheet(draft.id), "ar+fr")

    french = " | ".join(each.text for each in paper.mentions)
    arabic = " | ".join(each.text_ar for each in paper.mentions)
    assert "article 42" in french
    assert f"attestation n° {NUMBER} du 05/01/{YEAR}, DGE Alger." in french
    assert f"\u2066{NUMBER}\u2069" in arabic
    assert "المادة 42" in arabic
    assert "Exonéré de TVA\u00a0: CTCA art. 8, 9 et 13" in french
    assert "Franchise de TVA\u00a0: CTCA art. 42" in french
    assert "\u2066CTCA art. 8, 9 et 13\u2069" in arabic


def test_what_is_only_suspended_is_not_called_exempt(exempt: Exempt, product: MakeProduct) -> None:
    draft = exempt.draft(basket(product)[0])
    exempt.post(draft)

    paper = invoice_paper(exempt.office.sheet(draft.id), "fr")

    assert not any("Exonéré" in each.text for each in paper.mentions)


def test_a_credit_note_gives_back_even_when_the_attestation_has_ended(
    exempt: Exempt, house: House, product: MakeProduct
) -> None:
    draft = exempt.draft(*basket(product))
    exempt.post(draft)
    exempt.office.ask(withdraw_attestation, exempt.attestation, "The state took it back")

    assert codes(exempt.office.take_back(draft.id, {0: "4"})) == []

    assert exempt.used() == 700
    assert declared(exempt.office, "FRA")["FRA"][0] == 700
    assert codes(exempt.office.take_back(draft.id)) == []
    assert exempt.used() == 0
    assert {box[0] for box in declared(exempt.office, "FRA", "EXO").values()} == {0}
    assert house.value(DIFFERENCES) == 0


def test_switched_off_it_charges_the_taxes(exempt: Exempt, product: MakeProduct) -> None:
    draft = exempt.draft(*basket(product), attestation_id=None)

    assert codes(exempt.post(draft)) == []

    head = exempt.office.sheet(draft.id).head
    # 19 % of 1,000.00 and 9 % of 100.00.
    assert head is not None
    assert told(head.tax, head.attestation, exempt.used()) == (199, "", 0)


def test_an_attestation_that_suspends_nothing_of_a_document_is_not_used(
    exempt: Exempt, product: MakeProduct
) -> None:
    draft = exempt.draft(basket(product)[2])

    assert codes(exempt.post(draft)) == []

    head = exempt.office.sheet(draft.id).head
    assert head is not None
    assert told(head.attestation_id, exempt.used()) == (None, 0)


def test_the_ceiling_is_not_passed_by_a_centime(exempt: Exempt, product: MakeProduct) -> None:
    coffee = product("COF-1", stock=500)

    assert codes(exempt.post(exempt.draft(line(coffee, "99")))) == []
    over = exempt.post(exempt.draft(line(coffee, "1", "100.01")))
    whole = exempt.post(exempt.draft(line(coffee, "1")))

    assert codes(over) == ["accounting.attestation_exceeded"]
    details = over.flags[0].details
    assert (details["number"], details["left"], details["amount"]) == (NUMBER, "100.00", "100.01")
    assert codes(whole) == []
    assert exempt.used() == 10_000


def test_two_at_once_do_not_pass_the_ceiling_together(exempt: Exempt, product: MakeProduct) -> None:
    coffee = product("COF-1", stock=500)
    payloads = [exempt.payload(exempt.draft(line(coffee, "60"))) for _each in range(2)]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: exempt.office.send(POST_INVOICE, each), payloads))

    found = [code for each in answers for code in codes(each)]
    assert found == ["accounting.attestation_exceeded"]
    assert exempt.used() == 6000


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"valid_to": date(YEAR, 3, 9)}, "accounting.attestation_not_valid"),
        ({"valid_from": date(YEAR, 3, 11)}, "accounting.attestation_not_valid"),
        ({"taxes": ("TVA9",)}, "accounting.attestation_tax"),
    ],
)
def test_what_it_does_not_cover_is_refused(
    office: Office, product: MakeProduct, change: dict[str, Any], code: str
) -> None:
    exempt = exempted(office, **change)
    payload = exempt.payload(exempt.draft(line(product("COF-1", stock=5))))
    plain = payload["lines"][0]
    if plain["tax_code"] != "SUSP":
        zero = [{"code": "SUSP", "rate": "0", "after": []}]
        plain |= {"tax_code": "SUSP", "suspended_tax": "TVA19", "taxes": zero}
        payload |= {"total": payload["net"], "to_pay": payload["net"], "tax": "0"}

    assert codes(office.send(POST_INVOICE, payload)) == [code]
    assert exempt.used() == 0


def test_nobody_buys_with_another_ones_attestation_nor_with_none(
    exempt: Exempt, product: MakeProduct
) -> None:
    payload = exempt.payload(exempt.draft(line(product("COF-1", stock=5))))
    other = str(exempt.office.customer("C2"))

    stolen = exempt.office.send(POST_INVOICE, {**payload, "customer_id": other})
    without = exempt.office.send(POST_INVOICE, {**payload, "attestation_id": None})
    unsaid = {**payload, "lines": [{**payload["lines"][0], "suspended_tax": ""}]}

    assert codes(stolen) == ["accounting.attestation_of_another"]
    assert codes(without) == ["accounting.attestation_needed"]
    assert codes(exempt.office.send(POST_INVOICE, unsaid)) == ["accounting.attestation_tax"]
    assert codes(exempt.office.send(POST_INVOICE, payload)) == []


def test_what_was_withdrawn_refuses(exempt: Exempt, product: MakeProduct) -> None:
    payload = exempt.payload(exempt.draft(line(product("COF-1", stock=5))))
    exempt.office.ask(withdraw_attestation, exempt.attestation, "Never mind")

    refused = exempt.office.send(POST_INVOICE, payload)

    assert codes(refused) == ["accounting.attestation_withdrawn"]


def test_the_same_command_twice_uses_it_once(exempt: Exempt, product: MakeProduct) -> None:
    draft = exempt.draft(line(product("COF-1", stock=5)))

    exempt.post(draft)
    again = exempt.post(draft)

    assert codes(again) == ["sales.already_posted"]
    assert exempt.used() == 100


def test_postgresql_and_python_say_alike_what_stands_in_the_place_of_a_tax(
    tunis: Office, house: House
) -> None:
    choices = tunis.ask(new_invoice, day=MARCH).choices
    codes_known = [code for code in choices.plans if code not in choices.suspended]
    sets = [set(each) for n in range(3) for each in combinations(codes_known, n)]
    for taxes in sets:
        plans = suspended_plans(choices.plans, choices.suspended, taxes)
        for code in codes_known:
            with house.connect() as connection:
                (said,) = connection.execute(
                    "select accounting.suspended_code(%s, %s)", [code, sorted(taxes)]
                ).fetchone()
            assert (plans[code].code if plans[code].code != code else None) == said


def test_tunisian_fodec_stays_unless_it_is_suspended_too(
    tunis: Office, product: MakeProduct
) -> None:
    """1,000.000 and 1 % of FODEC: the VAT of 191.900 is suspended on 1,010.000."""
    coffee = product("COF-1", stock=50)
    exempt = exempted(tunis, taxes=("TVA19F",))
    goods = line(coffee, "10", tax_code="TVA19F")
    draft = exempt.draft(goods, currency="TND")
    assert codes(exempt.post(draft)) == []
    head = tunis.sheet(draft.id).head
    assert head is not None
    found: Any = {t.code: (t.base, t.amount) for t in head.taxes}
    assert found == {"FODEC": (1000, 10), "SUSPF": (1010, 0)}
    assert told(head.total, exempt.used()) == (1010, 1010)

    both = replace(exempt, attestation=another(exempt, ("FODEC", "TVA19F")))
    draft = both.draft(replace(goods, id=UUID(int=7)), currency="TND")
    assert codes(both.post(draft)) == []
    head = tunis.sheet(draft.id).head
    assert head is not None
    assert told(bases(head), head.tax) == ({"SUSP": 1000}, 0)
    assert declared(tunis, "SUS", "FOD") == {"SUS": (2010, 0), "FOD": (1000, 10)}


def another(exempt: Exempt, taxes: tuple[str, ...]) -> UUID:
    """Keep another attestation of the customer."""
    given = attestation(exempt.customer, number="ATT-2", taxes=taxes)
    exempt.office.ask(save_attestation, given)
    return given.id


LINES = st.lists(
    st.tuples(
        st.decimals("0.001", "99", places=3),
        st.decimals("0.01", "500", places=2),
        st.sampled_from(["TVA19", "TVA9", "EXO"]),
        st.sampled_from([Decimal(0), Decimal(5), Decimal("33.33")]),
    ),
    min_size=1,
    max_size=5,
)


def test_lines_header_entry_and_declaration_are_one(
    office: Office, house: House, product: MakeProduct
) -> None:
    exempt, coffee = exempted(office, ceiling=None), product("COF-1", stock=1_000_000)
    sums = {"SUSP": Decimal(0), "EXO": Decimal(0)}

    @settings(max_examples=15, deadline=None, database=None)
    @given(LINES, st.booleans())
    def one(lines: list[Any], includes_tax: bool) -> None:  # noqa: FBT001 - hypothesis
        draft = exempt.draft(
            *(line(coffee, str(q), str(p), tax_code=t, discount_rate=d) for q, p, t, d in lines),
            includes_tax=includes_tax,
        )
        before = exempt.used()
        assert codes(exempt.post(draft)) == []
        sheet = office.sheet(draft.id)
        head = sheet.head
        assert head is not None
        found = bases(head)
        for code in sums:
            own = [each.net for each in sheet.lines if each.plan.code == code]
            assert sum(own, Decimal(0)) == found.get(code, 0)
            sums[code] += found.get(code, Decimal(0))
        assert told(head.tax, head.total) == (0, head.net)
        assert sum((each.net for each in sheet.lines), Decimal(0)) == head.net
        entry = house.value(f"select taxes from accounting.entries where id = '{head.entry_id}'")
        assert {each["qualifier"]: Decimal(each["base"]) for each in entry} == found
        assert exempt.used() - before == found.get("SUSP", 0)

    one()
    boxes = declared(office, "FRA", "EXO")
    assert {code: box[0] for code, box in boxes.items()} == {
        "FRA": sums["SUSP"],
        "EXO": sums["EXO"],
    }
    assert exempt.used() == sums["SUSP"]
    assert house.value(DIFFERENCES) == 0
