"""Orders to the bank: numbered, posted, matched, reconciled, cancelled; and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import StaleRecordError
from modules.accounting.bank import BankAccountDraft, save_bank_account
from modules.accounting.bank_errors import IbanOfAnotherRibError, RibWrongError
from modules.accounting.bank_files import Statement, StatementLine
from modules.accounting.reconciling import accept_proposals, import_statements, reconcile
from modules.accounting.selectors import list_aged
from modules.accounting.selectors.reconciling import list_bank_proposals
from modules.accounting.selectors.transfer_orders import (
    TransferFilter,
    get_transfer_form,
    list_payees,
    list_transfer_orders,
    list_transfer_proposals,
)
from modules.accounting.transfer_order_errors import (
    BicWrongError,
    TransferBankElsewhereError,
    TransferBankUnfitError,
    TransferBeyondOpenError,
    TransferLineAmountError,
    TransferLineClosedError,
    TransferLineIncompleteError,
    TransferLineTwiceError,
    TransferOrderStaysError,
)
from modules.accounting.transfer_orders import (
    ORDER_TRANSFERS,
    OrderDraft,
    PayeeDraft,
    TransferDraft,
    discard_transfer_order,
    save_payee,
    save_transfer_order,
)
from tests.accounting.books import books_of, code_of, details_of, invariants
from tests.accounting.transfer_orders.orders import BANK, DAY, ZAHRA_RIB, Debts, bill, supplier
from tests.houses import ALGIERS, ORAN, YEAR, House

pytestmark = pytest.mark.database
FIRST = f"OV-ALG-{YEAR}-000001"


def owed_to_suppliers(owed: Debts) -> Decimal:
    """Return the aged balance of the suppliers on the day of the orders."""
    return sum((row.balance for row in owed.ask(list_aged, "supplier", DAY)), Decimal(0))


def test_an_order_is_numbered_posted_and_settles_what_it_pays(owed: Debts, house: House) -> None:
    # 10,000.00 of Zahra whole, 1,500.00 of Amel's 4,000.00: 11,500.00 leave the bank at once.
    assert owed_to_suppliers(owed) == Decimal("16500.00")
    made = owed.given(owed.pays("F-1", "10000"), owed.pays("F-9", "1500"))

    assert made["number"] == FIRST
    assert owed.books.lines(made["entry_id"]) == [
        ("401", 10000, 0),
        ("401", 1500, 0),
        ("512", 0, 11500),
    ]
    assert [owed.open_of("F-1"), owed.open_of("F-9")] == [0, 2500]
    assert owed_to_suppliers(owed) == Decimal("5000.00")
    (row,) = owed.ask(list_transfer_orders, TransferFilter("ov-alg"))
    assert (row.number, row.state, row.payees, row.total) == (FIRST, "ordered", 2, 11500)
    assert (row.payer["bank"], row.entry[:3]) == ("BDL Didouche", "BQ-")
    lines = owed.ask(get_transfer_form, row.id).lines
    assert [(each.payee, each.rib[-2:]) for each in lines] == [
        ("Zahra Négoce", "48"),
        ("SARL Amel & Fils", "42"),
    ]
    invariants(house)


def test_each_beneficiary_may_have_a_debit_of_his_own(owed: Debts) -> None:
    lines = (owed.pays("F-1", "10000"), owed.pays("F-9", "4000"), owed.pays("F-2", "500"))
    made = owed.given(*lines, is_batch=False)
    assert owed.books.lines(made["entry_id"])[3:] == [("512", 0, 10500), ("512", 0, 4000)]


def test_an_advance_waits_on_an_account_of_its_own(owed: Debts, house: House) -> None:
    made = owed.given(TransferDraft(owed.zahra, Decimal(700), "Avance commande 12"))
    assert owed.books.lines(made["entry_id"]) == [("4091", 700, 0), ("512", 0, 700)]
    query = "select balance from accounting.party_balances where role = 'supplier_advances'"
    assert house.value(query) == 700
    invariants(house)


def test_numbers_have_no_gap_and_the_same_id_gives_one_order(owed: Debts, house: House) -> None:
    kept = owed.keep(owed.pays("F-2", "100"))
    with pytest.raises(StaleRecordError):
        owed.ask(save_transfer_order, kept)
    first = owed.order(kept)
    again = owed.order(kept)
    assert first.result == again.result
    assert house.value("select count(*) from accounting.transfer_orders") == 1
    # One that is refused in between takes no number; a year begins anew.
    empty = owed.keep()
    assert code_of(owed.order(empty)) == "accounting.transfer_order_empty"
    assert owed.given(owed.pays("F-2", "100"))["number"] == f"OV-ALG-{YEAR}-000002"
    assert owed.open_of("F-2") == 2300


def test_what_is_due_is_proposed_without_what_other_drafts_pay(owed: Debts) -> None:
    until = date(YEAR, 3, 31)
    found = owed.ask(list_transfer_proposals, ALGIERS.id, until)
    assert [(each.name, each.open) for each in found] == [
        ("Amel SARL", 4000),
        ("Zahra Négoce", 10000),
    ]
    kept = owed.keep(owed.pays("F-9", "4000"), owed.pays("F-1", "1000"))
    (left,) = owed.ask(list_transfer_proposals, ALGIERS.id, until)
    assert (left.rib, left.open, left.drafted) == (ZAHRA_RIB, 10000, 1000)
    own = owed.ask(list_transfer_proposals, ALGIERS.id, until, kept.id)
    assert [each.drafted for each in own] == [0, 0]
    owed.given(TransferDraft(owed.zahra, Decimal(700), "Avance"))
    found = owed.ask(list_transfer_proposals, ALGIERS.id, until, kept.id)
    assert [each.unsettled for each in found] == [0, 700]
    assert not owed.ask(list_transfer_proposals, ORAN.id, until)


def test_two_orders_never_pay_one_line_beyond_what_is_open(owed: Debts, house: House) -> None:
    one, other = owed.keep(owed.pays("F-1", "6000")), owed.keep(owed.pays("F-1", "6000"))
    assert owed.order(one).state == "applied"
    refused = owed.order(other)
    assert code_of(refused) == "accounting.transfer_beyond_open"
    assert Decimal(details_of(refused)["open"]) == 4000
    with pytest.raises(TransferBeyondOpenError):
        owed.keep(owed.pays("F-1", "4000.01"))
    assert owed.given(owed.pays("F-1", "4000"))["number"] == f"OV-ALG-{YEAR}-000002"
    with pytest.raises(TransferLineClosedError):
        owed.keep(owed.pays("F-1", "1"))
    # The match of an order is taken back with the order only, so that it cannot be paid again.
    line = {"entry_id": owed.bills["F-1"], "line_no": 1}
    unmatched = owed.books.send("accounting.unmatch_v1", line)
    assert code_of(unmatched) == "accounting.match_of_document"
    invariants(house)


def test_of_two_at_once_one_pays(owed: Debts, house: House) -> None:
    kept = [owed.keep(owed.pays("F-9", "4000")) for _ in range(2)]

    def give(order: OrderDraft) -> str:
        with books_of(house) as books:
            return code_of(books.send(ORDER_TRANSFERS, {"order_id": str(order.id)}))

    with ThreadPoolExecutor(2) as threads:
        codes = list(threads.map(give, kept))
    assert codes.count("") == 1
    assert set(codes) - {""} <= {
        "accounting.transfer_beyond_open",
        "accounting.transfer_line_closed",
    }
    assert owed.open_of("F-9") == 0
    invariants(house)


def test_what_a_line_says_is_checked_when_it_is_kept(owed: Debts, house: House) -> None:
    wrong = {
        TransferLineAmountError: owed.pays("F-1", "10.001"),
        TransferLineIncompleteError: owed.pays("F-1", "0"),
        TransferLineClosedError: owed.pays("F-1", "10", party=owed.amel),
    }
    for error, line in wrong.items():
        with pytest.raises(error):
            owed.keep(line)
    with pytest.raises(TransferLineIncompleteError):
        owed.keep(TransferDraft(owed.zahra, Decimal(5), " "))
    with pytest.raises(TransferLineTwiceError):
        owed.keep(owed.pays("F-1", "10"), owed.pays("F-1", "20"))
    far = bill(owed.books, owed.zahra, "F-3", DAY, "90", DAY, branch=ORAN.id)
    owed.bills["F-3"] = far
    with pytest.raises(TransferLineClosedError):
        owed.keep(owed.pays("F-3", "90"))
    assert house.value("select count(*) from accounting.transfer_orders") == 0


def test_a_bank_account_of_another_branch_or_currency_is_refused(owed: Debts) -> None:
    oran, euro = uuid7(), uuid7()
    owed.ask(save_bank_account, BankAccountDraft(oran, "ORN", "O", "53", "BQ", ORAN.id))
    foreign = BankAccountDraft(euro, "EUR", "E", "517", "BQ", ALGIERS.id, "EUR")
    owed.ask(save_bank_account, foreign)
    with pytest.raises(TransferBankElsewhereError):
        owed.keep(owed.pays("F-1", "10"), bank=oran)
    with pytest.raises(TransferBankUnfitError):
        owed.keep(owed.pays("F-1", "10"), bank=euro)
    banks = [each.code for each in owed.ask(get_transfer_form, None).banks]
    assert banks == ["BDL-1", "ORN"]


def test_who_has_no_bank_account_is_named_and_nothing_is_posted(owed: Debts, house: House) -> None:
    nour = supplier(house, "Nour", "نور")
    owed.bills["F-7"] = bill(owed.books, nour, "F-7", date(YEAR, 3, 1), "80", date(YEAR, 3, 9))
    before = house.value("select count(*) from accounting.entries")
    kept = owed.keep(owed.pays("F-1", "10"), owed.pays("F-7", "80", party=nour))
    refused = owed.order(kept)
    assert code_of(refused) == "accounting.payee_missing"
    assert details_of(refused) == {"supplier": "Nour"}
    assert house.value("select count(*) from accounting.entries") == before

    owed.ask(save_payee, PayeeDraft(nour, iban="FR1420041010050500013M02606"))
    assert owed.order(kept).result["number"] == FIRST


def test_how_a_supplier_is_paid_is_checked_as_our_own_accounts_are(owed: Debts) -> None:
    for error, more in (
        (RibWrongError, {"rib": "00300060000201930049"}),
        (IbanOfAnotherRibError, {"rib": ZAHRA_RIB, "iban": "DZ580002100001113000000570"}),
        (BicWrongError, {"bic": "BADR"}),
    ):
        with pytest.raises(error):
            owed.ask(save_payee, PayeeDraft(owed.zahra, **more), version=1)
    with pytest.raises(StaleRecordError):
        owed.ask(save_payee, PayeeDraft(owed.zahra), version=7)
    spaced = PayeeDraft(owed.zahra, rib="٠٠٣ 00060 0002019300-48", bic="badr dzal")
    assert owed.ask(save_payee, spaced, version=1) == 2
    rows = {row.party_id: row for row in owed.ask(list_payees)}
    assert (rows[owed.zahra].rib, rows[owed.zahra].bic) == (ZAHRA_RIB, "BADRDZAL")
    assert rows[owed.amel].changed_by == "salim"


def test_a_given_order_is_cancelled_with_a_reason_and_its_lines_are_open_again(
    owed: Debts, house: House
) -> None:
    made = owed.given(owed.pays("F-1", "10000"), owed.pays("F-9", "1500"))
    assert code_of(owed.books.reverse(made["entry_id"])) == "accounting.entry_of_register"
    assert code_of(owed.cancel(made["order_id"], " ")) == "accounting.transfer_reason_missing"

    assert owed.cancel(made["order_id"], "RIB périmé").state == "applied"
    assert [owed.open_of("F-1"), owed.open_of("F-9")] == [10000, 4000]
    assert owed_to_suppliers(owed) == Decimal("16500.00")
    (row,) = owed.ask(list_transfer_orders, TransferFilter(states=("cancelled",)))
    assert (row.number, row.cancel_reason, row.cancelled_by) == (FIRST, "RIB périmé", "salim")
    # Nothing is left at the bank: the two entries settle each other.
    outstanding = "select count(*) from accounting.bank_outstanding_v1('BDL-1')"
    with house.connect("salim") as connection:
        connection.execute("set role accounting_app")
        assert connection.execute(outstanding).fetchone()[0] == 0
    again = owed.cancel(made["order_id"])
    assert code_of(again) == "accounting.transfer_order_not_given"
    assert code_of(owed.order(row.id)) == "accounting.transfer_order_cancelled"
    assert owed.given(owed.pays("F-1", "10000"))["number"] == f"OV-ALG-{YEAR}-000002"
    invariants(house)


def test_once_the_period_is_closed_it_is_not_cancelled(owed: Debts, house: House) -> None:
    made = owed.given(owed.pays("F-1", "10000"))
    owed.books.close(3)
    assert code_of(owed.cancel(made["order_id"])) == "accounting.period_closed"
    assert owed.open_of("F-1") == 0
    closed = owed.keep(owed.pays("F-9", "10"))
    assert code_of(owed.order(closed)) == "accounting.period_closed"
    invariants(house)


def bank_paid(owed: Debts, *movements: tuple[str, str]) -> None:
    """Import a statement of April 2: each amount with what the bank says."""
    day = date(YEAR, 4, 2)
    lines = tuple(StatementLine(day, day, Decimal(each), said, "") for each, said in movements)
    closing = sum((line.amount for line in lines), Decimal(0))
    told = Statement("", "DZD", date(YEAR, 4, 1), Decimal(0), day, closing, lines)
    owed.ask(import_statements, BANK, [told], source="file")


def test_the_banks_movement_is_proposed_by_the_number_and_takes_the_order(owed: Debts) -> None:
    # A week after the order: only the number says which of two equal movements it is.
    made = owed.given(owed.pays("F-9", "1500"))
    other = owed.given(owed.pays("F-1", "1500"))
    # Banks write the number as they please.
    squeezed = f"VIR {other['number'].replace('-', '')}"
    bank_paid(owed, ("-1500.00", squeezed), ("-1500.00", f"VIR {FIRST}"))
    proposed = {each.movement: each for each in owed.ask(list_bank_proposals, "BDL-1")}
    assert {each.reason for each in proposed.values()} == {"reference"}
    form = owed.ask(get_transfer_form, UUID(made["order_id"]))
    assert form.order is not None
    assert proposed[f"VIR {FIRST}"].number == form.order.entry

    assert owed.books.send(*accept_proposals(BANK)).state == "applied"
    rows = owed.ask(list_transfer_orders, TransferFilter())
    assert [row.state for row in rows] == ["taken", "taken"]
    assert code_of(owed.cancel(made["order_id"])) == "accounting.transfer_order_taken"


def test_movements_of_single_transfers_are_reconciled_with_one_debit(owed: Debts) -> None:
    made = owed.given(owed.pays("F-1", "10000"), owed.pays("F-9", "1500"))
    bank_paid(owed, ("-10000.00", "VIR ZAHRA"), ("-1500.00", "VIR AMEL"))
    query = "select array_agg(id) from accounting.bank_movements"
    moved = owed.books.house.value(query)
    lines = [(made["entry_id"], 3)]
    assert owed.books.send(*reconcile(BANK, moved, lines)).state == "applied"
    (row,) = owed.ask(list_transfer_orders, TransferFilter())
    assert row.state == "taken"


def test_a_draft_is_changed_and_discarded_an_order_is_not(owed: Debts, house: House) -> None:
    kept = owed.keep(owed.pays("F-1", "10"))
    changed = OrderDraft(kept.id, ALGIERS.id, BANK, DAY, (owed.pays("F-9", "20"),))
    assert owed.ask(save_transfer_order, changed, version=1) == 2
    with pytest.raises(StaleRecordError):
        owed.ask(save_transfer_order, changed, version=1)
    stale = owed.books.send(ORDER_TRANSFERS, {"order_id": str(kept.id), "version": 1})
    assert code_of(stale) == "core.stale_record"
    assert owed.order(kept).state == "applied"
    assert [owed.open_of("F-1"), owed.open_of("F-9")] == [10000, 3980]
    with pytest.raises(StaleRecordError):
        owed.ask(save_transfer_order, changed, version=3)
    with pytest.raises(TransferOrderStaysError):
        owed.ask(discard_transfer_order, kept.id)
    draft = owed.keep(owed.pays("F-1", "10"))
    owed.ask(discard_transfer_order, draft.id)
    assert house.value("select count(*) from accounting.transfer_orders") == 1


def test_every_change_of_an_account_or_an_order_is_audited(owed: Debts, house: House) -> None:
    made = owed.given(owed.pays("F-1", "10"))
    owed.ask(save_payee, PayeeDraft(owed.zahra, bank="BNA"), version=1)
    owed.cancel(made["order_id"])
    query = (
        "select array_agg(operation || ' ' || coalesce(new ->> 'state', new ->> 'bank')"
        " order by id) from core.audit where relation = 'accounting.{}' and key = '{}'"
    )
    orders = house.value(query.format("transfer_orders", made["order_id"]))
    assert orders == ["INSERT draft", "UPDATE ordered", "UPDATE cancelled"]
    assert house.value(query.format("payees", owed.zahra)) == ["INSERT BADR Alger", "UPDATE BNA"]
