"""What of accounting every workstation keeps: taxes, the values of the law, what customers owe."""

from erp_desktop.workstation.sets import ReplicaSet

TAX_RATES = ReplicaSet(
    id="accounting.tax_rates",
    columns={
        "tax_code": "text",
        "name": "text",
        "name_ar": "text",
        "kind": "text",
        "base_taxes": "text",
        "article": "text",
        "valid_from": "text",
        "valid_to": "text",
        "rate": "numeric",
    },
    key=("tax_code", "valid_from"),
)
# The value is JSON.
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
# What each customer owes, as head office knows it.
PARTY_BALANCES = ReplicaSet(
    id="accounting.party_balances",
    columns={"party_id": "text", "balance": "numeric"},
    key=("party_id",),
)
