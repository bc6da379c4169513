"""A model of `core.pull_v1`: pages below a bound, then what the last snapshot did not see."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.simulation.books import Books, Key, Snapshot


class Feed:
    """Reads the books for workstations."""

    def __init__(self, page_size: int) -> None:
        self._page_size = page_size

    def answer(self, books: Books, now: Snapshot, position: Mapping[str, Any]) -> dict[str, Any]:
        """Return the next page."""
        page = self._poll(books, now, position["seen"]) if "seen" in position else None
        return page or self._page(books, now, position)

    def _poll(self, books: Books, now: Snapshot, place: Sequence[Any]) -> dict[str, Any] | None:
        """Return what the last snapshot did not see, unless it is too much for one page."""
        seen = Snapshot(place[0], tuple(place[1]))
        rows = [(key, row) for key, (n, row) in books.rows.items() if not seen.sees(n)]
        gone = [key for key, number in books.gone.items() if not seen.sees(number)]
        if len(rows) > self._page_size:
            return None
        position = {"seen": [now.end, list(now.open)]}
        return _response(rows, gone, position, more=False)

    def _page(self, books: Books, now: Snapshot, position: Mapping[str, Any]) -> dict[str, Any]:
        """Return one page in the order of transactions, below a bound that stays.

        What is gone comes before all rows: a row that left and came back must stay.
        """
        load = position.get("load") or _first_load(now, position)
        after, bound = (load["after"][0], tuple(load["after"][1])), load["bound"]
        found = sorted(
            (number, key, row)
            for key, (number, row) in books.rows.items()
            if (number, key) > after and number < bound
        )[: self._page_size]
        is_first = "load" not in position
        gone = [key for key, n in books.gone.items() if is_first and n >= load["from"]]
        if not found:
            return self._last_page(books, load, gone)
        load = {**load, "after": self._end_of_page(found)}
        rows = [(key, row) for _number, key, row in found]
        return _response(rows, gone, {"load": load}, more=True)

    def _last_page(self, _books: Books, load: Any, gone: Sequence[Key]) -> dict[str, Any]:
        return _response([], gone, {"seen": [load["bound"], []]}, more=True)

    def _end_of_page(self, found: Sequence[tuple[int, Key, Any]]) -> list[Any]:
        number, key, _row = found[-1]
        return [number, list(key)]


def _first_load(now: Snapshot, position: Mapping[str, Any]) -> dict[str, Any]:
    seen = position.get("seen")
    begin = Snapshot(seen[0], tuple(seen[1])).begin if seen else 0
    return {"from": begin, "after": [begin, ["", ""]], "bound": now.begin}


def _response(
    rows: Sequence[tuple[Key, dict[str, str]]],
    gone: Sequence[Key],
    position: Mapping[str, Any],
    *,
    more: bool,
) -> dict[str, Any]:
    by_set: dict[str, list[dict[str, str]]] = {}
    for (set_id, _key), row in rows:
        by_set.setdefault(set_id, []).append(row)
    return {
        "rows": by_set,
        "gone": [{"set": set_id, "key": key} for set_id, key in gone],
        "position": position,
        "more": more,
    }
