"""How well something fits what is typed into the palette: folded, forgiving, the best first."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from erp_desktop.core.search import fold, terms

T = TypeVar("T")


def rank(text: str, things: Iterable[T], words: Callable[[T], str], limit: int = 30) -> list[T]:
    """Return the things whose `words` fit `text`, the best first; all of them if it is empty."""
    wanted = terms(text)
    if not wanted:
        return list(things)[:limit]
    scored = [(_score(wanted, words(thing)), place, thing) for place, thing in enumerate(things)]
    fitting = sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], s[1]))
    return [thing for _points, _place, thing in fitting[:limit]]


def _score(wanted: Sequence[str], text: str) -> float:
    """Every word must be found: whole, at a start, inside, or letter by letter in order."""
    folded = fold(text)
    total = 0.0
    for word in wanted:
        points = _points(word, folded)
        if not points:
            return 0
        total += points
    return total / len(wanted) - len(folded) / 1000


def _points(word: str, text: str) -> float:
    starts = terms(text)
    if word in starts:
        return 100
    if any(start.startswith(word) for start in starts):
        return 80
    if word in text:
        return 50
    return 20 if len(word) > 2 and _in_order(word, text) else 0


def _in_order(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)
