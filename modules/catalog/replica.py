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
        "price_net": "numeric",
        "kind": "text",
        "category_id": "text",
        "is_active": "boolean",
    },
    key=("id",),
    search=("code", "name", "name_ar"),
)

BARCODES = ReplicaSet(
    id="catalog.barcodes",
    columns={"barcode": "text", "product_id": "text", "pack_id": "text"},
    key=("barcode",),
    indexes=(("product_id",),),
)

CATEGORIES = ReplicaSet(
    id="catalog.categories",
    columns={
        "id": "text",
        "parent_id": "text",
        "code": "text",
        "name": "text",
        "name_ar": "text",
        "is_active": "boolean",
    },
    key=("id",),
)

PACKS = ReplicaSet(
    id="catalog.packs",
    columns={
        "id": "text",
        "product_id": "text",
        "name": "text",
        "name_ar": "text",
        "factor": "numeric",
        "price": "numeric",
        "is_active": "boolean",
    },
    key=("id",),
    indexes=(("product_id",),),
)

PRICE_LISTS = ReplicaSet(
    id="catalog.price_lists",
    columns={
        "code": "text",
        "name": "text",
        "name_ar": "text",
        "includes_tax": "boolean",
        "is_active": "boolean",
    },
    key=("code",),
)

PRICES = ReplicaSet(
    id="catalog.prices",
    columns={
        "id": "text",
        "price_list": "text",
        "product_id": "text",
        "pack_id": "text",
        "min_quantity": "numeric",
        "price": "numeric",
        "valid_from": "text",
        "valid_to": "text",
    },
    key=("id",),
    indexes=(("product_id", "price_list"),),
)
