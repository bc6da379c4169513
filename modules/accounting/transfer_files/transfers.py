"""What an order transfers: lines of one beneficiary are one transfer; texts as banks take them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from modules.accounting.selectors.transfer_orders import TransferLine
from modules.accounting.transfer_order_errors import TransferNameUnreadableError

# What no accent can be taken from.
_WRITTEN = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "’": "'", "–": "-"}
)
# What files between banks may say (the character set of SWIFT and ISO 20022).
_FOREIGN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one beneficiary gets, and the reasons of all its lines."""

    payee: str
    bank: str
    rib: str
    iban: str
    bic: str
    amount: Decimal
    reason: str


def transfers_of(lines: Sequence[TransferLine]) -> list[Transfer]:
    """Return one transfer for each supplier, in the order of their first lines."""
    found: dict[UUID, Transfer] = {}
    for line in lines:
        before = found.get(line.party_id)
        if before is None:
            found[line.party_id] = Transfer(
                *(line.payee, line.bank, line.rib, line.iban, line.bic, line.amount, line.reason)
            )
            continue
        reasons = [*before.reason.split(", "), line.reason]
        found[line.party_id] = replace(
            before, amount=before.amount + line.amount, reason=", ".join(dict.fromkeys(reasons))
        )
    return list(found.values())


def spaced(number: str) -> str:
    """Return a RIB or an IBAN as people read it: four signs, a space that breaks no line."""
    return "\u00a0".join(number[place : place + 4] for place in range(0, len(number), 4))


def plain(text: str, most: int) -> str:
    """Return a text in the letters that banks take, no longer than `most`."""
    bare = unicodedata.normalize("NFKD", text.translate(_WRITTEN))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(_FOREIGN.sub(" ", letters).split())[:most].rstrip()


def plain_name(text: str, most: int) -> str:
    """Return a name in the letters that banks take.

    Raises:
        TransferNameUnreadableError: Nothing is left of it.
    """
    name = plain(text, most)
    if not any(sign.isalnum() for sign in name):
        raise TransferNameUnreadableError(name=text)
    return name
