"""The columns of a table on paper: how wide each is, and on which sheet it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from erp_desktop.documents.bidi import line
from erp_desktop.documents.styles import Style

HEAD, TEXT, BOLD = Style(7.5, bold=True, ink="muted"), Style(8), Style(8, bold=True)
PAD = 3.5
_SAMPLE = 400
# What a repeated column keeps for itself.
_NAMES = 190
# What a figure takes where there is room, whatever stands in it, so that its title need not break;
# and what part of the room it may take from texts.
_FIGURE, _MOST_OF_TITLE, _FROM_TEXTS = 46, 92, 0.6


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a paper, worded.

    Attributes:
        is_figure: Whether it stands at the right, so that decimals line up.
        stays: Whether it stands on every sheet, where the others need several side by side; if no
            column stays, all are made to fit on one.
    """

    title: str
    is_figure: bool = False
    stays: bool = False


class StrongRow(tuple[str, ...]):
    """A row in bold: a heading, or a sum."""

    __slots__ = ()


def parts(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
    width: float,
) -> list[list[int]]:
    """Return which columns stand on each sheet beside another: as many as are readable."""
    staying = [n for n, column in enumerate(columns) if column.stays]
    moving = [n for n, column in enumerate(columns) if not column.stays]
    room = width - len(staying) * _NAMES
    wanted = [_wanted(n, column, rows, totals) for n, column in enumerate(columns)]
    if not staying or sum(wanted[n] for n in moving) <= room:
        return [[*staying, *moving]]
    most = 1
    while _fits(moving, wanted, room, most + 1):
        most += 1
    # Sheets of about as many columns each.
    sheets = -(-len(moving) // most)
    each = -(-len(moving) // sheets)
    return [[*staying, *moving[n : n + each]] for n in range(0, len(moving), each)]


def _fits(moving: Sequence[int], wanted: Sequence[float], room: float, count: int) -> bool:
    """Whether so many columns fit on every sheet, wherever it begins."""
    return all(
        sum(wanted[n] for n in moving[first : first + count]) <= room
        for first in range(len(moving))
    )


def cut(
    part: Sequence[int],
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
) -> tuple[Sequence[TableColumn], Sequence[Sequence[str]], Sequence[str] | None]:
    """Return columns, rows and totals of one sheet."""
    if len(part) == len(columns):
        return columns, rows, totals
    cut = [type(row)([row[n] for n in part]) for row in rows]  # type: ignore[call-arg] # lists and tuples
    return [columns[n] for n in part], cut, [totals[n] for n in part] if totals else None


def widths(
    width: float,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
) -> list[float]:
    """Figures get what they need; texts share what is left, by how long they are."""
    wanted = [_wanted(place, column, rows, totals) for place, column in enumerate(columns)]
    free = width - sum(wanted)
    texts = [n for n, column in enumerate(columns) if not column.is_figure]
    if not texts or not any(wanted[n] for n in texts):
        return [each + free / len(wanted) for each in wanted]
    room = sum(wanted[n] for n in texts)
    if free > 0:
        wanted = _with_titles(wanted, columns, free * _FROM_TEXTS)
        free = width - sum(wanted)
    share = (room + free) / room
    if share >= 1:
        return [w * share if n in texts else w for n, w in enumerate(wanted)]
    if share > 0.2:
        most = _level([wanted[n] for n in texts], room + free)
        return [min(w, most) if n in texts else w for n, w in enumerate(wanted)]
    return [each * width / sum(wanted) for each in wanted]


def _level(wanted: Sequence[float], room: float) -> float:
    """Return the width that long texts get, so that short ones keep theirs and all fill a room."""
    for count, each in zip(range(len(wanted), 0, -1), sorted(wanted), strict=True):
        if each * count >= room:
            return room / count
        room -= each
    return max(wanted)


def _with_titles(
    wanted: Sequence[float], columns: Sequence[TableColumn], free: float
) -> list[float]:
    """Return figures that are wide enough for their titles, as far as what is free allows."""
    more = [0.0] * len(columns)
    for place, column in enumerate(columns):
        if column.is_figure:
            title = HEAD.width(line(column.title, rtl=False)) + 2 * PAD + 2
            roomy = max(_FIGURE, min(title, _MOST_OF_TITLE))
            more[place] = max(roomy - wanted[place], 0)
    share = min(free / sum(more), 1) if any(more) else 0
    return [each + extra * share for each, extra in zip(wanted, more, strict=True)]


def _wanted(
    place: int,
    column: TableColumn,
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] | None,
) -> float:
    bodies = [
        (row[place], BOLD if isinstance(row, StrongRow) else TEXT)
        for row in rows[:_SAMPLE]
        if row[place]
    ]
    longest = sorted(bodies, key=lambda body: (len(body[0]), body[1] is BOLD))[-8:]
    widths = [style.width(line(text, rtl=False)) for text, style in longest]
    if totals is not None and totals[place]:
        widths.append(BOLD.width(line(totals[place], rtl=False)))
    words = column.title.split() if column.is_figure else [column.title]
    widths += [HEAD.width(line(word, rtl=False)) for word in words]
    return max(widths, default=0) + 2 * PAD + 2
