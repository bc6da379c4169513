"""What of accounting every workstation keeps, so that the till knows each tax at its date."""

from erp_desktop.workstation.sets import ReplicaSet

TAX_RATES = ReplicaSet(
    id="accounting.tax_rates",
    columns={
        "tax_code": "text",
        "name": "text",
        "name_ar": "text",
        "valid_from": "text",
        "valid_to": "text",
        "rate": "numeric",
        "kind": "text",
        "base_taxes": "text",
        "article": "text",
    },
    key=("tax_code", "valid_from"),
)

# `value` is JSON; see `erp_desktop/server/company.py` for where it comes from.
LAW_VALUES = ReplicaSet(
    id="accounting.law_values",
    columns={
        "kind": "text",
        "code": "text",
        "valid_from": "text",
        "valid_to": "text",
        "value": "text",
    },
    key=("kind", "code", "valid_from"),
)

# What each customer owes: debit less credit.
PARTY_BALANCES = ReplicaSet(
    id="accounting.party_balances",
    columns={"party_id": "text", "balance": "numeric"},
    key=("party_id",),
)
