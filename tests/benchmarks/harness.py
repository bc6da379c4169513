"""Two ways to do the same thing, by turns in one run: what counts is how they compare."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Result:
    """What one comparison came to; times in milliseconds.

    Attributes:
        ours: Median of our way.
        bare: Median of the bare way.
        p95: Nineteen of twenty of ours were quicker.
        limit: How many times longer ours may take.
        p95_limit: How long ours may take at all.
    """

    name: str
    ours: float
    bare: float
    p95: float
    limit: float
    p95_limit: float = float("inf")

    @property
    def ratio(self) -> float:
        """How many times longer ours takes."""
        return self.ours / self.bare

    @property
    def is_good(self) -> bool:
        """Whether both limits hold."""
        return self.ratio <= self.limit and self.p95 <= self.p95_limit

    def sentence(self) -> str:
        """Say it in one line."""
        p95_limit = f" (limit {self.p95_limit:.0f})" if self.p95_limit < float("inf") else ""
        return (
            f"{'ok ' if self.is_good else 'BAD'} {self.name}: {self.ours:.3f} ms,"
            f" bare {self.bare:.3f} ms, ratio {self.ratio:.2f} (limit {self.limit:.1f}),"
            f" p95 {self.p95:.2f} ms{p95_limit}"
        )


@dataclass(frozen=True)
class Contest:
    """Both ways, each given the number of the round."""

    ours: Callable[[int], object]
    bare: Callable[[int], object]

    def run(self, rounds: int, warm_up: int) -> tuple[list[float], list[float]]:
        """Return the times of both, in milliseconds."""
        ours, bare = [], []
        for number in range(rounds + warm_up):
            mine, other = _timed(self.ours, number), _timed(self.bare, number)
            if number >= warm_up:
                ours.append(mine)
                bare.append(other)
        return ours, bare


def _timed(way: Callable[[int], object], number: int) -> float:
    began = time.perf_counter()
    way(number)
    return (time.perf_counter() - began) * 1000


def compare(
    name: str,
    contest: Contest,
    *,
    rounds: int,
    limit: float,
    p95_limit: float = float("inf"),
    warm_up: int = 50,
) -> Result:
    """Run both ways by turns."""
    ours, bare = contest.run(rounds, warm_up)
    p95 = quantiles(ours, n=20)[-1]
    return Result(name, median(ours), median(bare), p95, limit, p95_limit)


def report(results: Iterable[Result]) -> int:
    """Print every result and return the exit code."""
    results = list(results)
    for result in results:
        print(result.sentence())
    return int(not all(result.is_good for result in results))
