"""Internal transfers: money on its way between tills, banks and branches; all goes by the gate.

backend.execute(SEND_TRANSFER, {"account": "530", "to_account": "512", "amount": "500.00", …})
"""

SEND_TRANSFER = "accounting.send_transfer_v1"
RECEIVE_TRANSFER = "accounting.receive_transfer_v1"
SETTLE_TRANSFER = "accounting.settle_transfer_v1"
TAKE_TRANSFER_BACK = "accounting.take_transfer_back_v1"
UNDO_RECEIPT = "accounting.undo_receipt_v1"
