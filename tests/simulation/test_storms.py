"""Three workstations, a head office and very bad weather; and bugs that must not get through."""

import pytest

from tests.simulation.mutants import MUTANTS
from tests.simulation.storm import Outcome, storm
from tests.simulation.world import FAULTS

MUTANT_SEEDS = 200


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """What the storms so far have come to."""
    return []


def test_no_storm_breaks_a_promise(seed: int, outcomes: list[Outcome]) -> None:
    outcome = storm(seed)
    outcomes.append(outcome)

    assert outcome.broken == (), f"seed {seed}, {sorted(outcome.faults)}"


def test_the_storms_were_real(outcomes: list[Outcome]) -> None:
    """Every fault came, and every threshold was crossed: an easy world proves nothing."""
    if len(outcomes) < 50:
        outcomes = [storm(seed) for seed in range(50)]

    assert frozenset().union(*(outcome.faults for outcome in outcomes)) == frozenset(FAULTS)
    assert sum(outcome.receipts for outcome in outcomes) > 5_000
    assert sum(outcome.crashes for outcome in outcomes) > 100
    assert sum(outcome.restores for outcome in outcomes) > 10
    digits = frozenset().union(*(outcome.digits for outcome in outcomes))
    assert {(2, 3), (3, 4), (4, 5), (6, 7)} <= digits
    assert max(outcome.largest_batch for outcome in outcomes) == 50


def test_the_same_seed_is_the_same_storm() -> None:
    assert storm(11) == storm(11)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_planted_bug_is_caught(mutant: str) -> None:
    for seed in range(MUTANT_SEEDS):
        if storm(seed, MUTANTS[mutant]).broken:
            return
    pytest.fail(f"{mutant} got through {MUTANT_SEEDS} storms")
