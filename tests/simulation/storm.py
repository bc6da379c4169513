"""One seed from beginning to end: a storm, a calm, a cure, and what was broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.simulation import checks
from tests.simulation.office import Office
from tests.simulation.shop import Shop
from tests.simulation.world import World

STORM, CALM = 150.0, 150.0
SHOPS = 3


@dataclass(frozen=True)
class Kit:
    """What a storm is made of; a mutant replaces one part."""

    office: type[Office] = Office
    shop: type[Shop] = Shop


SOUND = Kit()


@dataclass(frozen=True)
class Outcome:
    """What became of one seed.

    Attributes:
        digits: How many digits the printed numbers have.
        largest_batch: How many commands went out at once.
        broken: The promises that were not kept, as sentences.
    """

    faults: frozenset[str]
    receipts: int
    crashes: int
    restores: int
    digits: frozenset[tuple[int, ...]]
    largest_batch: int
    broken: tuple[str, ...]


def storm(seed: int, kit: Kit = SOUND) -> Outcome:
    """Run one seed; the same seed gives the same outcome."""
    world = World(seed)
    office = kit.office(world)
    shops = [kit.shop(world, office, number + 1) for number in range(SHOPS)]
    broken = tuple(_rage(world, office, shops))
    return Outcome(
        world.weather.faults,
        sum(len(shop.paper) for shop in shops),
        sum(shop.crashes for shop in shops),
        office.restores,
        frozenset(_digits(shop) for shop in shops),
        max(shop.largest_batch for shop in shops),
        broken,
    )


def _digits(shop: Shop) -> tuple[int, ...]:
    counted = {len(number.split("-")[2].lstrip("0")) for number, _command in shop.paper}
    return tuple(sorted(counted))


def _rage(world: World, office: Office, shops: list[Shop]) -> Iterator[str]:
    _plan(world, office, shops)
    for _part in range(5):
        world.run(STORM / 5)
        yield from checks.while_it_lasts(office, shops)
    _calm(world, office, shops)
    world.run(CALM)
    yield from checks.while_poisoned(office, shops)
    office.is_cured = True
    world.run(CALM)
    yield from checks.in_the_end(office, shops)


def _calm(world: World, office: Office, shops: list[Shop]) -> None:
    world.is_calm, world.is_cut = True, False
    for shop in shops:
        shop.fuse.left = None
    for _change in range(5):
        world.later(world.dice.uniform(0, 20), office.change_price)


def _plan(world: World, office: Office, shops: list[Shop]) -> None:
    """Spread over the storm what people and fate will do."""
    for shop in shops:
        _often(world, shop.sell, every=world.dice.choice((0.7, 3.0, 8.0)))
        _often(world, shop.ask_for_credit, every=40.0)
    _often(world, office.change_price, every=1.0)
    _often(world, office.back_up, every=10.0)
    _sometimes(world, "outage", office.crash, every=30.0)
    _sometimes(world, "restore", office.restore, every=80.0)
    _sometimes(world, "cut", lambda: _toggle(world), every=world.dice.choice((1.0, 15.0, 50.0)))


def _toggle(world: World) -> None:
    world.is_cut = not world.is_cut


def _sometimes(world: World, fault: str, event: Callable[[], None], *, every: float) -> None:
    if world.weather.has(fault):
        _often(world, event, every=every)


def _often(world: World, event: Callable[[], None], *, every: float) -> None:
    at = world.dice.expovariate(1 / every)
    while at < STORM:
        world.later(at, event)
        at += world.dice.expovariate(1 / every)
