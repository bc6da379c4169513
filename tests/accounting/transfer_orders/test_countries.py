"""The same order in Morocco and Tunisia: other accounts, RIBs and decimals, one way to book it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from erp_desktop.server.packs import read_pack
from modules.accounting.bank import BankAccountDraft, save_bank_account
from modules.accounting.entries import LineDraft
from modules.accounting.selectors.transfer_orders import TransferPaper, get_transfer_paper
from modules.accounting.transfer_files import cfonb_file, pain_file
from modules.accounting.transfer_order_errors import TransferRibTooLongError
from modules.accounting.transfer_orders import (
    ORDER_TRANSFERS,
    OrderDraft,
    PayeeDraft,
    TransferDraft,
    save_payee,
    save_transfer_order,
)
from tests.accounting.books import books_of, draft, invariants, new_id
from tests.houses import ALGIERS, YEAR, Ask, House

pytestmark = pytest.mark.database
RIBS = {"MA": "011519000001205000534921", "TN": "10006035183598478831"}
CASES = [
    # Owed 1,200.50 and an advance of 99.50: 1,300.00 in Morocco; 1,200.505 + 99.495 in Tunisia.
    ("MA", "MAD", ("4411", "3411", "5141", "61312"), ("1200.50", "99.50", "1300.00")),
    ("TN", "TND", ("4011", "4091", "532", "6132"), ("1200.505", "99.495", "1300.000")),
]


@pytest.fixture
def asker() -> str:
    """The accountant asks."""
    return "salim"


@pytest.fixture
def abroad(house: House) -> House:
    """The house, before it has a country."""
    house.run("delete from accounting.law_values; delete from accounting.account_roles")
    return house


def files_say(paper: TransferPaper, country: str, together: Decimal) -> None:
    """Both accounts and the sum are in the file; CFONB 160 has room for 11 digits.

    Morocco's account is 12050005349 behind zeros, Tunisia's 351835984788 has 12 digits.
    """
    content = pain_file(paper).decode()
    assert f'<InstdAmt Ccy="{paper.order.currency}">{together}</InstdAmt>' in content
    assert content.count(f"<Id>{RIBS[country]}</Id>") == 2
    if country == "TN":
        with pytest.raises(TransferRibTooLongError):
            cfonb_file(paper)
    else:
        assert cfonb_file(paper).count(b"0051912050005349") == 2


@pytest.mark.parametrize(("country", "currency", "accounts", "amounts"), CASES)
def test_suppliers_and_advances_against_the_bank(
    abroad: House, ask: Ask, country: str, currency: str,
    accounts: tuple[str, ...], amounts: tuple[str, ...],
) -> None:  # fmt: skip
    abroad.run(f"update core.company set currency = '{currency}', country = '{country}'")
    with abroad.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack(country))])
    payable, advances, bank_ledger, costs = accounts
    owed, advance, together = (Decimal(each) for each in amounts)
    party, bank, order, bill = uuid7(), uuid7(), uuid7(), new_id()
    abroad.run(f"insert into accounting.party_names values ('{party}', 'Zahra', 'زهرة')")
    rib = RIBS[country]
    ours = BankAccountDraft(bank, "B1", "B", bank_ledger, "BQ", ALGIERS.id, rib=rib)
    ask(save_bank_account, ours)
    ask(save_payee, PayeeDraft(party, rib=rib))
    day = date(YEAR, 3, 10)
    with books_of(abroad) as books:
        lines = (LineDraft(payable, party_id=party, credit=owed), LineDraft(costs, debit=owed))
        assert books.post(draft(*lines, on=day), id=bill).state == "applied"
        pays = (
            TransferDraft(party, owed, "F-1", UUID(bill), 1),
            TransferDraft(party, advance, "Avance"),
        )
        ask(save_transfer_order, OrderDraft(order, ALGIERS.id, bank, day, pays))
        answer = books.send(ORDER_TRANSFERS, {"order_id": str(order)})
        assert answer.state == "applied", answer
        assert books.lines(answer.result["entry_id"]) == [
            (payable, owed, 0),
            (advances, advance, 0),
            (bank_ledger, 0, together),
        ]
    files_say(ask(get_transfer_paper, order), country, together)
    invariants(abroad)
