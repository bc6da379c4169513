"""What of the parties every workstation keeps: the customers that it may sell to."""

from erp_desktop.workstation.sets import ReplicaSet

CUSTOMERS = ReplicaSet(
    id="parties.customers",
    columns={
        "id": "text",
        "code": "text",
        "name": "text",
        "name_ar": "text",
        "phone": "text",
        "phone_key": "text",
        "price_list": "text",
        "credit_limit": "numeric",
        "terms_days": "integer",
        "document_language": "text",
        "is_company": "boolean",
        "identifiers": "text",
        "address": "text",
        "address_ar": "text",
        "is_active": "boolean",
    },
    key=("id",),
    indexes=(("phone_key",),),
    search=("code", "name", "name_ar", "phone"),
)
