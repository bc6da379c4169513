"""What of the stock every workstation of a branch keeps."""

from erp_desktop.workstation.sets import ReplicaSet

STOCK = ReplicaSet(
    id="inventory.stock",
    columns={"product_id": "text", "on_hand": "numeric"},
    key=("product_id",),
)
