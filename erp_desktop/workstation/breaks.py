"""Where a journal is not whole: a row changed, missing, or numbered wrongly."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from erp_desktop.core.commands import GENESIS, chain
from erp_desktop.core.i18n import N_, _

Kind = Literal["missing", "altered", "unnumbered"]

_SENTENCES: Mapping[Kind, str] = {
    "missing": N_("Before command {seq} of the journal something is missing."),
    "altered": N_("Command {seq} of the journal is not as it was written."),
    "unnumbered": N_("The number of command {seq} does not follow the one before."),
}


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the journal is not whole."""

    seq: int
    kind: Kind

    def sentence(self) -> str:
        """Say what is wrong."""
        return _(_SENTENCES[self.kind]).format(seq=self.seq)


@dataclass(frozen=True, slots=True)
class Link:
    """What of a row its neighbours vouch for."""

    seq: int
    id: str
    series: str | None
    n: int | None
    prev: str
    hash: str
    body: str

    def is_altered(self) -> bool:
        """Whether hash and body do not belong together."""
        if chain(self.prev, self.body) != self.hash:
            return True
        content = json.loads(self.body)
        return bool(content["seq"] != self.seq or content["id"] != self.id)


def find_breaks(
    links: Iterable[Link], last: Mapping[str, int], pruned: Mapping[str, Any]
) -> Iterator[Break]:
    """Go along the chain.

    Args:
        links: The rows, in order.
        last: Each series with its last number.
        pruned: `seq` and `hash` of the last row that was forgotten.
    """
    seq, digest = pruned.get("seq", 0), pruned.get("hash", GENESIS)
    numbers: dict[str, int] = {}
    for link in links:
        if (link.seq, link.prev) != (seq + 1, digest):
            yield Break(link.seq, "missing")
        if link.is_altered():
            yield Break(link.seq, "altered")
        if link.series and numbers.get(link.series, link.n) != link.n:
            yield Break(link.seq, "unnumbered")
        if link.series and link.n is not None:
            numbers[link.series] = link.n + 1
        seq, digest = link.seq, link.hash
    if any(last.get(series) != n - 1 for series, n in numbers.items()):
        yield Break(seq, "unnumbered")
