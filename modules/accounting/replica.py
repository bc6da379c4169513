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
    },
    key=("tax_code", "valid_from"),
)
