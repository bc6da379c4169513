"""What a customer keeps back of the lines of a payment for the state. Pure.

What is chosen are the codes of one kind or two, with a plus between: `purchases+vat_public`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from erp_desktop.core.commands import uuid7
from modules.sales.selectors import OpenItem, OpenItems
from modules.sales.services import WithheldPart
from modules.sales.widgets.open_lines import OpenLine

_ZERO = Decimal(0)


def proposed(items: OpenItems | None, day: date | None) -> str:
    """Return what the customer kept back the last time, if the law of the day has it still."""
    if items is None or not items.withholding.last:
        return ""
    return "+".join(kind.code for kind in items.withholding.way_of(items.withholding.last, day))


def parts_of(
    items: OpenItems, item: OpenItem, chosen: str, day: date | None
) -> tuple[tuple[str, Decimal], ...]:
    """Return what is kept back of a whole invoice, by kind."""
    if not chosen:
        return ()
    way = items.withholding.way_of(chosen.split("+"), day)
    return items.withholding.parts(item, way, items.currency)


def kept_of(items: OpenItems, item: OpenItem, chosen: str, day: date | None) -> Decimal:
    """Return what is kept back of a whole invoice."""
    return sum((amount for _kind, amount in parts_of(items, item, chosen, day)), _ZERO)


def under(
    items: OpenItems | None, lines: Sequence[OpenLine], chosen: str, day: date | None
) -> tuple[list[OpenLine], Decimal]:
    """Return the lines as a law has them, and how much less of the same is paid then."""
    known = {item.id: item for item in items.items} if items else {}
    told, less = [], _ZERO
    for line in lines:
        if items is not None and line.id in known:
            kept = kept_of(items, known[line.id], chosen, day)
            is_whole = line.settles == line.open and line.settles >= kept
            less += (kept if is_whole else _ZERO) - line.withheld
            told.append(replace(line, kept=kept))
    return told, less


def withheld_parts(
    items: OpenItems | None,
    lines: Sequence[OpenLine],
    chosen: str,
    certificate: str,
    day: date | None,
) -> Iterator[WithheldPart]:
    """Return what is kept back of the lines, as it travels."""
    known = {item.id: item for item in items.items} if items else {}
    for line in lines:
        if items is not None and line.withheld:
            for kind, amount in parts_of(items, known[line.id], chosen, day):
                yield WithheldPart(uuid7(), line.id, amount, kind, certificate)
