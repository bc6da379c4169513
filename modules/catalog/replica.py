"""What of the catalog every workstation keeps, so that the till needs no network."""

from erp_desktop.workstation.sets import ReplicaSet

PRODUCTS = ReplicaSet(
    id="catalog.products",
    columns={
        "id": "text",
        "code": "text",
        "name": "text",
        "name_ar": "text",
        "unit": "text",
        "tax_code": "text",
        "price": "numeric",
        "is_active": "boolean",
    },
    key=("id",),
    search=("code", "name", "name_ar"),
)

BARCODES = ReplicaSet(
    id="catalog.barcodes",
    columns={"barcode": "text", "product_id": "text"},
    key=("barcode",),
    indexes=(("product_id",),),
)
