"""What is not offered cannot be called: every function, as every role that people may take."""

import pytest

from tests.attacks.intruder import PEOPLE, attempt, calls_with_nulls, roles_of
from tests.houses import House

pytestmark = pytest.mark.database

# What every module's Python may ask the core.
BASE = {
    "core.branches", "core.me", "core.may", "core.colleagues", "core.refuse", "core.require",
    "core.decimals", "core.local_date", "core.fold", "core.notify_v1",
}  # fmt: skip
# Helpers without the right of their owner, which a module's own functions call as the caller.
HELPERS = {
    "core.server_identity", "core.changed_fields", "accounting.sums_before",
    "accounting.statement_balances", "accounting.planned_amounts",
    "accounting.auxiliary_accounts",
    "accounting.side_roles", "accounting.side_lines", "accounting.cheques_held",
    "accounting.open_lines_on", "accounting.matching_roles", "accounting.party_roles",
    "accounting.reminder_levels_on", "accounting.propose_reminders",
    "accounting.bank_outstanding", "accounting.bank_proposals", "accounting.payable_lines",
    "accounting.bank_words",
    "accounting.bank_empty_words", "accounting.bank_rule_counts", "accounting.bank_rule_matches",
}  # fmt: skip
# Handlers and doors between modules: they take a branch or an author at their caller's word.
INNER = (
    "till.sell_v1", "inventory.open_stock_v1", "inventory.issue_v1", "inventory.receive_v1",
    "accounting.post_v1", "core.publish_v1", "core.login_create", "core.login_password",
    "core.login_modules", "core.login_enable", "core.found_company", "core.appoint",
    "core.open_branch", "core.turn_away", "core.settle", "core.take_down", "core.run_handler",
    "core.execute_one", "core.audit_row", "core.user_may", "accounting.load_pack",
    "accounting.open_year", "accounting.post_entry_v1", "accounting.reverse_entry_v1",
    "accounting.post_due_v1", "accounting.book_entry", "accounting.write_entry",
    "accounting.declare_tax_v1", "accounting.undo_tax_v1", "accounting.settle_tax",
    "accounting.load_tax_return", "accounting.load_statements", "accounting.write_account",
    "accounting.seal_series", "accounting.reverse_document_v1",
    "accounting.match_v1", "accounting.match_all_v1", "accounting.unmatch_v1",
    "accounting.match_documents_v1", "accounting.unmatch_documents_v1",
    "accounting.write_matches", "accounting.undo_matches", "accounting.write_reminder",
    "accounting.load_reminders", "accounting.check_budget_lines",
    "accounting.hold_bank", "accounting.keep_statement",
    "accounting.reconcile_bank", "accounting.reconcile_bank_v1", "accounting.undo_bank_v1",
    "accounting.book_bank_v1", "accounting.book_movements", "accounting.book_by_rules_v1",
    "accounting.refuse_bank_rules_v1", "accounting.taught_rule", "accounting.rule_of_booking",
    "accounting.rule_of_parts",
    "accounting.withhold_v1", "accounting.undo_withholding_v1",
    "accounting.book_withholding",
    "accounting.post_purchase_v1", "accounting.undo_purchase_v1", "accounting.book_purchase",
    "accounting.order_transfers_v1", "accounting.cancel_transfers_v1", "accounting.book_transfers",
    "accounting.match_transfers", "accounting.clear_transfer", "accounting.fill_payees",
    "accounting.hold_payer", "accounting.hold_transfer_order", "accounting.keep_transfer_order",
    "accounting.move_instrument", "accounting.book_step", "accounting.settle_standing",
    "accounting.charge_customer_v1", "accounting.charge_fine_v1",
    "accounting.undo_late_charge_v1", "accounting.keep_late_charge", "accounting.book_late_charge",
    "accounting.debit_instrument_v1", "accounting.follow_reconciliation",
    "accounting.send_transfer_v1", "accounting.receive_transfer_v1",
    "accounting.take_transfer_back_v1", "accounting.undo_receipt_v1",
    "accounting.settle_transfer_v1", "accounting.undo_receipt",
    "accounting.spend_cash_v1", "accounting.undo_voucher_v1", "accounting.count_cash_v1",
    "accounting.book_cash", "accounting.lock_cash_box",
    "accounting.book_transfer", "accounting.lock_transfer", "accounting.take_entry_back",
    "accounting.certify_payment_v1",
    "accounting.undo_certificate_v1", "sales.undo_withheld_v1", "sales.receive_withheld",
    "accounting.use_attestation_v1", "accounting.take_attestation",
    "inventory.add_warehouses", "inventory.lock_stock",
    "sales.post_invoice_v1", "sales.receive_payment_v1", "sales.allocate_v1", "sales.write_off_v1",
    "sales.book_invoice", "sales.next_number", "sales.settle",
    "catalog.set_barcodes", "till.write_ticket", "jobs.procrastinate_defer_jobs_v1",
)  # fmt: skip


def is_offered(role: str, name: str) -> bool:
    """The rule: a role calls its module's versioned functions, and what all may ask the core."""
    if role == "none":
        return False
    if name in BASE:
        return True
    module = role.removesuffix("_app")
    return name.startswith(f"{module}.") and (name in HELPERS or name.rpartition("_v")[2].isdigit())


@pytest.mark.parametrize("login", PEOPLE)
def test_what_is_not_offered_is_refused(shared_house: House, login: str) -> None:
    with shared_house.connect(login) as connection:
        open_doors = {
            (role, call)
            for role in roles_of(connection)
            for call in calls_with_nulls(shared_house)
            if not is_offered(role, call.partition("(")[0])
            and attempt(connection, role, f"select {call}") not in {"42501", "0A000"}
        }

    assert open_doors == set()


@pytest.mark.parametrize("name", INNER)
def test_what_takes_its_callers_word_is_refused(shared_house: House, name: str) -> None:
    calls = [call for call in calls_with_nulls(shared_house) if call.startswith(f"{name}(")]
    if name == "core.audit_row":
        calls = ["core.audit_row()"]
    assert calls

    for login in PEOPLE:
        with shared_house.connect(login) as connection:
            states = {
                attempt(connection, role, f"select {call}")
                for role in roles_of(connection)
                for call in calls
            }
            assert states <= {"42501", "0A000"}, (login, states)


def test_procedures_that_guard_tables_are_refused(shared_house: House) -> None:
    calls = [
        "call core.share('core.audit')",
        "call core.keep_to_branch('core.audit')",
        "call core.keep_to_owner('core.audit')",
        "call core.append_only('core.audit')",
        "call core.permit('core.user.manage', '{cashier}')",
    ]
    for login in PEOPLE:
        with shared_house.connect(login) as connection:
            states = {attempt(connection, r, call) for r in roles_of(connection) for call in calls}
            assert states == {"42501"}
