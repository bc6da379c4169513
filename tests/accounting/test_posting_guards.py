"""Two guards of posting: no role for accounts that only sum up, and locks hold for who asked."""

from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import Answer, Command
from erp_desktop.server.packs import read_pack
from modules.accounting import services
from modules.accounting.chart import save_account_role
from modules.accounting.chart_errors import RoleAccountIsGroupError, RoleAccountOfOthersError
from modules.sales.services import POST_INVOICE
from tests.houses import YEAR, Ask, House, MakeProduct, Till
from tests.sales.office import Office, line

pytestmark = pytest.mark.database
APRIL = date(YEAR, 4, 1)


@pytest.fixture
def asker() -> str:
    """The manager of Algiers."""
    return "nadia"


@pytest.fixture
def office(house: House, ask: Ask) -> Office:
    """Nadia's desk."""
    return Office(house, ask)


@pytest.mark.parametrize("account", ["7", "70", "401", "40"])
def test_an_account_that_sums_up_others_plays_no_role(ask: Ask, account: str) -> None:
    """401 plays `payable` itself: what the pack divides further is given to no other role."""
    with pytest.raises(RoleAccountIsGroupError, match=account):
        ask(save_account_role, "sales", "", account, as_user="salim")


@pytest.mark.parametrize("code", ["7", "70", "401"])
def test_an_account_that_sums_up_others_gets_no_role_by_whatever_way(
    house: House, code: str
) -> None:
    account = f"(select id from accounting.accounts where code = '{code}')"
    with pytest.raises(psycopg.Error, match=RoleAccountIsGroupError.code):
        house.run(
            f"update accounting.account_roles set account_id = {account} where role = 'sales'"
        )


@pytest.mark.parametrize("country", ["DZ", "MA", "TN"])
def test_no_pack_lets_documents_post_to_a_class_or_a_group(country: str) -> None:
    pack = read_pack(country)
    codes = [each["code"] for each in pack["accounts"]]

    grouped = [
        (each["role"], each["account"])
        for each in pack["account_roles"]
        if len(each["account"]) <= 2
        and any(code != each["account"] and code.startswith(each["account"]) for code in codes)
    ]
    assert grouped == []


def test_an_account_of_customers_does_not_hold_suppliers_too(ask: Ask) -> None:
    with pytest.raises(RoleAccountOfOthersError, match="416"):
        ask(save_account_role, "payable", "", "416", as_user="salim")


def invoice_of(office: Office, till: Till, goods: Any, actor: str) -> Answer:
    """Send the invoice that somebody wrote at a workstation, by the workstation's own login."""
    draft = office.draft(office.customer(f"C-{actor}-{till.seq}"), line(goods))
    payload = office.payload(draft)
    (answer,) = till.send(
        till.seal(Command(POST_INVOICE, payload, actor, datetime(YEAR, 3, 10, 9, tzinfo=UTC)))
    )
    return answer


def refused(answer: Answer) -> list[str]:
    return [flag.code for flag in answer.flags]


def test_a_lock_holds_for_who_wrote_what_a_workstation_sends(
    office: Office, ask: Ask, till: Till, product: MakeProduct
) -> None:
    goods = product("COF-1", stock=10)
    assert invoice_of(office, till, goods, "nadia").state == "applied"
    ask(services.lock_role, "manager", APRIL, as_user="salim")

    answer = invoice_of(office, till, goods, "nadia")

    assert (answer.state, refused(answer)) == ("refused", ["accounting.period_locked"])
    posted = office.post(office.draft(office.customer("C2"), line(goods)))
    assert refused(posted) == ["accounting.period_locked"]
    ask(services.lock_role, "manager", None, as_user="salim")
    ask(services.lock_role, "accountant", APRIL, as_user="salim")
    assert invoice_of(office, till, goods, "nadia").state == "applied"


def test_a_sale_at_the_till_is_a_fact_and_knows_no_lock(
    house: House, ask: Ask, till: Till, product: MakeProduct
) -> None:
    ask(services.lock_role, "cashier", date(YEAR, 12, 31), as_user="salim")

    (answer,) = till.send(till.sale(product("COF-1", stock=10), number=1))

    assert answer.state == "applied"
    assert house.value("select count(*) from accounting.entries where journal = 'VC'") == 1
