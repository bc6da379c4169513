"""What must be true, whatever has happened; each broken promise is a sentence."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from erp_desktop.core.commands import GENESIS, chain
from erp_desktop.workstation.sync.core import SHORTEST_SHOW
from tests.simulation.office import ON_HAND, PRODUCTS, Office
from tests.simulation.shop import Shop


def while_it_lasts(office: Office, shops: Sequence[Shop]) -> Iterator[str]:
    """Return what is wrong already in the middle of a storm."""
    if not office.restores:
        for shop in shops:
            if shop.is_up:
                yield from _own_sales_are_seen(shop)


def while_poisoned(office: Office, shops: Sequence[Shop]) -> Iterator[str]:
    """Return which commands wait behind one that head office cannot take."""
    for shop in shops:
        for body in _bodies(shop, "state in ('waiting', 'sent')"):
            if not body["payload"].get("poison"):
                yield f"{shop.name}: {body['seq']} waits behind a poisoned one"
    yield from _nothing_twice(office)


def in_the_end(office: Office, shops: Sequence[Shop]) -> Iterator[str]:
    """Return what is wrong when the storm is over and everything had time to arrive."""
    yield from _nothing_twice(office)
    for shop in shops:
        yield from _receipts_are_booked(office, shop)
        yield from _numbers_follow(office, shop)
        yield from _chain_is_whole(office, shop)
        yield from _replica_is_the_feed(office, shop)
        yield from _chip_is_right(shop)
    yield from _stock_is_the_sum(office)


def _bodies(shop: Shop, where: str) -> list[Any]:
    rows = shop.disk.rows(f"select body from commands where {where} order by seq")
    return [json.loads(body) for (body,) in rows]


def _nothing_twice(office: Office) -> Iterator[str]:
    for command, times in Counter(body["id"] for body in office.books.booked).items():
        if times > 1:
            yield f"{command} is booked {times} times"
    numbers = Counter(body["payload"]["number"] for body in office.books.booked)
    yield from (f"number {number} is booked twice" for number, n in numbers.items() if n > 1)


def _receipts_are_booked(office: Office, shop: Shop) -> Iterator[str]:
    booked = {(body["payload"]["number"], body["id"]) for body in office.books.booked}
    for number, command in shop.paper:
        if (number, str(command)) not in booked:
            yield f"{shop.name}: receipt {number} is not booked"
    waiting = shop.journal.outgoing.counts().waiting
    if waiting:
        yield f"{shop.name}: {waiting} commands still wait"


def _numbers_follow(office: Office, shop: Shop) -> Iterator[str]:
    numbers = [
        body["payload"]["number"]
        for body in sorted(office.books.booked, key=lambda body: int(body["seq"]))
        if body["workstation"] == str(shop.id)
    ]
    wanted = [f"{shop.name}-{shop.start + n:06d}" for n in range(1, len(numbers) + 1)]
    if numbers != wanted:
        yield f"{shop.name}: numbers are {numbers}"
    printed = [number for number, _command in shop.paper]
    if printed != sorted(set(printed), key=lambda number: (len(number), number)):
        yield f"{shop.name}: printed numbers are {printed}"


def _chain_is_whole(office: Office, shop: Shop) -> Iterator[str]:
    yield from (f"{shop.name}: {each.sentence()}" for each in shop.journal.verify())
    arrived = [
        (json.loads(body)["seq"], envelope)
        for body, envelope in office.books.envelopes.items()
        if json.loads(body)["workstation"] == str(shop.id)
    ]
    digest = GENESIS
    for place, (seq, envelope) in enumerate(sorted(arrived, key=itemgetter(0)), start=1):
        if (seq, envelope.prev) != (place, digest) or chain(digest, envelope.body) != envelope.hash:
            yield f"{shop.name}: at head office the chain breaks at {seq}"
            return
        digest = envelope.hash


def _replica_is_the_feed(office: Office, shop: Shop) -> Iterator[str]:
    for set_id, asked in shop.replica.sets.items():
        mine = {row["id"]: row for row in shop.replica.by(set_id)}
        theirs = {
            key: {name: asked.row((key, *list(row.values())[1:]))[name] for name in asked.columns}
            for (of_set, key), (_number, row) in office.books.rows.items()
            if of_set == set_id
        }
        if mine != theirs:
            wrong = [k for k in mine.keys() | theirs.keys() if mine.get(k) != theirs.get(k)]
            yield f"{shop.name}: {set_id} differs in {sorted(wrong)}"
    pending = [p for p in PRODUCTS if shop.journal.pending("inventory.stock", p)]
    if pending:
        yield f"{shop.name}: effects of {pending} are shown for ever"


def _chip_is_right(shop: Shop) -> Iterator[str]:
    if not shop.state.shown.online:
        yield f"{shop.name}: the chip says offline"
    for sooner, later in pairwise(shop.shown):
        # A program that starts again may show its chip at once.
        if later - sooner < SHORTEST_SHOW - 0.001 and not shop.crashes:
            yield f"{shop.name}: the chip flickers at {later}"


def _stock_is_the_sum(office: Office) -> Iterator[str]:
    sold = Counter(body["payload"]["product"] for body in office.books.booked)
    for product in PRODUCTS:
        left = office.books.rows["inventory.stock", product][1]["quantity"]
        if int(left) != ON_HAND - sold[product]:
            yield f"stock of {product} is {left} after {sold[product]} sales"


def _own_sales_are_seen(shop: Shop) -> Iterator[str]:
    sold = Counter(body["payload"]["product"] for body in _bodies(shop, "name = 'till.sell_v1'"))
    for product, times in sold.items():
        row = shop.replica.get("inventory.stock", product)
        pending = shop.journal.pending("inventory.stock", product)
        if row is not None and row["quantity"] + pending > ON_HAND - times:
            yield f"{shop.name}: {product} shows {row['quantity'] + pending} after {times} sales"
