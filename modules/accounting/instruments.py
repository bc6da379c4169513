"""Cheques and bills: every step goes through the gate.

backend.execute(MOVE_INSTRUMENT, {"instrument_id": …, "verb": "cash", "on": …})
"""

REGISTER_INSTRUMENT = "accounting.register_instrument_v1"
MOVE_INSTRUMENT = "accounting.move_instrument_v1"
UNDO_INSTRUMENT = "accounting.undo_instrument_v1"
DEBIT_INSTRUMENT = "accounting.debit_instrument_v1"
DEPOSIT_INSTRUMENTS = "accounting.deposit_instruments_v1"
