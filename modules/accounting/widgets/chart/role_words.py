"""What people call the roles that accounts play."""

from erp_desktop.core.i18n import N_, _, current
from modules.accounting.selectors import AccountRoleRow

_ROLES = {
    "cash": N_("Cash"),
    "card": N_("Card payments"),
    "cheque": N_("Cheques received"),
    "bank": N_("Bank"),
    "bills_received": N_("Bills received"),
    "bills_payable": N_("Bills to pay"),
    "receivable": N_("Customers"),
    "customer_advances": N_("Advances of customers"),
    "doubtful": N_("Doubtful customers"),
    "payable": N_("Suppliers"),
    "supplier_advances": N_("Advances to suppliers"),
    "sales": N_("Sales"),
    "discounts_given": N_("Discounts given"),
    "tax_collected": N_("Tax collected"),
    "tax_deductible": N_("Tax to deduct"),
    "tax_deductible_waiting": N_("Tax to deduct that waits for its payment"),
    "tax_waiting": N_("Tax that waits for its payment"),
    "tax_due": N_("Tax to pay"),
    "tax_credit": N_("Tax credit to carry forward"),
    "stamp_collected": N_("Stamp duty collected"),
    "stamp_due": N_("Stamp duty to pay"),
    "stamp_charge": N_("Stamp duty borne"),
    "cash_rounding": N_("Loss by cash rounding"),
    "cash_rounding_gain": N_("Gain by cash rounding"),
    "cash_difference": N_("Cash differences"),
    "cash_reason": N_("Cash taken out or put in"),
    "cost_of_goods": N_("Cost of goods sold"),
    "inventory": N_("Stock of goods"),
    "stock_loss": N_("Stock losses"),
    "stock_gain": N_("Stock gains"),
    "bad_debt": N_("Bad debts"),
    "bad_debt_allowance": N_("Allowance for doubtful debts"),
    "opening": N_("Opening of the stock"),
    "result": N_("Result of the year"),
    "settlement_gain": N_("Gain by what is given up"),
    "settlement_loss": N_("Loss by what is given up"),
    "instruments_issued": N_("Cheques written, not paid yet"),
    "instrument_collection": N_("Cheques and bills at the bank"),
    "instrument_discount": N_("Bills discounted"),
    "bank_fees": N_("Bank fees"),
    "suspense": N_("Suspense"),
    "late_interest_income": N_("Interest of late customers"),
    "late_fine": N_("Fine for late payment"),
    "late_fine_due": N_("Fine for late payment, to pay"),
    "branch_liaison": N_("Transfers between branches"),
    "exchange_gain": N_("Gain of exchange"),
    "exchange_loss": N_("Loss of exchange"),
    "exchange_latent": N_("Exchange difference not realised"),
    "exchange_provision": N_("Provision for losses of exchange"),
    "disposal_receivable": N_("Sale of fixed assets, to be paid"),
    "disposal_value": N_("Value of fixed assets that went"),
    "disposal_income": N_("Income of fixed assets that went"),
    "disposal_loss": N_("Loss on fixed assets that went"),
    "disposal_gain": N_("Gain on fixed assets that went"),
    "withheld": N_("Tax withheld from suppliers"),
    "withheld_from_us": N_("Tax that customers withheld from us"),
}

_QUALIFIERS = {
    "goods": N_("Goods and services"),
    "assets": N_("Fixed assets"),
    "cheque": N_("Cheques"),
    "bill": N_("Bills"),
    "tax": N_("Tax"),
    "fee": N_("Fee"),
    "profit": N_("Profit"),
    "loss": N_("Loss"),
    "service": N_("Services"),
    "bank": N_("Bank"),
    "safe": N_("Safe"),
    "expense": N_("Expense"),
    "other": N_("Other"),
    "transfer": N_("Transfers"),
    "debit": N_("Debit"),
    "credit": N_("Credit"),
    "receivable_loss": N_("Receivable, loss"),
    "receivable_gain": N_("Receivable, gain"),
    "payable_loss": N_("Payable, loss"),
    "payable_gain": N_("Payable, gain"),
    "charge": N_("Charge"),
    "liability": N_("Provision"),
    "release": N_("Release"),
}


def role_words(row: AccountRoleRow) -> str:
    """Return what people call a role; a company's own by its code."""
    return words_of_role(row.role)


def words_of_role(role: str) -> str:
    """Return what people call a role by its code."""
    return _(_ROLES[role]) if role in _ROLES else role


def qualifier_words(row: AccountRoleRow) -> str:
    """Return for what alone an account plays its role; a tax by its code."""
    qualifier = row.qualifier
    return _(_QUALIFIERS[qualifier]) if qualifier in _QUALIFIERS else current().isolate(qualifier)
