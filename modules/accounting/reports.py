"""The trial balance on A4, in the language of its reader: page after page, then the totals."""

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from erp_desktop.core.i18n import N_, Words
from erp_desktop.documents.bidi import line, wrap
from erp_desktop.documents.fonts import drawing, fonts
from modules.accounting.selectors import FIGURES, TrialBalanceRow

_WIDTH, _HEIGHT = (float(side) for side in landscape(A4))
_MARGIN, _ROW, _SIZE = 40.0, 15.0, 8.5
_HEAD, _FOOT = 92.0, 44.0
_CODE, _FIGURE = 52.0, 88.0
_INNER = _WIDTH - 2 * _MARGIN
_NAME = _INNER - _CODE - len(FIGURES) * _FIGURE
_EDGES = (0.0, _CODE, *(_CODE + _NAME + n * _FIGURE for n in range(len(FIGURES) + 1)))
_ROWS = int((_HEIGHT - _HEAD - _FOOT) / _ROW) - 1

_TITLES = (
    N_("Account"),
    N_("Name"),
    N_("Opening debit"),
    N_("Opening credit"),
    N_("Debit"),
    N_("Credit"),
    N_("Closing debit"),
    N_("Closing credit"),
)


def trial_balance_pdf(
    rows: Sequence[TrialBalanceRow],
    totals: TrialBalanceRow | None,
    words: Words,
    *,
    about: Sequence[str] = (),
) -> bytes:
    """Return a trial balance as PDF.

    Args:
        rows: Its accounts.
        totals: The sums of its columns, if it has any.
        words: The language of the paper.
        about: Sentences below the title: which months, which branch, how old.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    cells = [_cells(row, words) for row in rows]
    with drawing:
        sheet = _Sheet(words, about)
        pages = list(_chunks(cells, _ROWS)) or [[]]
        for number, chunk in enumerate(pages, start=1):
            sheet.begin(number, len(pages))
            for texts in chunk:
                sheet.row(texts)
            if number == len(pages) and totals is not None:
                sheet.row((*_cells(totals, words),), bold=True)
            sheet.end()
        return sheet.content()


def _cells(row: TrialBalanceRow, words: Words) -> tuple[str, ...]:
    is_total = not row.code
    name = words.say(N_("Total")) if is_total else row.named(words.language)
    amounts = (getattr(row, figure) for figure in FIGURES)
    return (
        row.code,
        name,
        *(words.amount(a, row.currency) if a or is_total else "" for a in amounts),
    )


def _chunks(cells: Sequence[tuple[str, ...]], size: int) -> Iterator[list[tuple[str, ...]]]:
    remaining = iter(cells)
    while chunk := list(islice(remaining, size)):
        yield chunk


class _Sheet:
    """Sheets of A4 on which rows are written from top to bottom."""

    def __init__(self, words: Words, about: Sequence[str]) -> None:
        self._words = words
        self._about = about
        self._file = io.BytesIO()
        self._canvas = Canvas(
            self._file, pagesize=(_WIDTH, _HEIGHT), invariant=True, lang=words.language
        )
        self._canvas.setTitle(words.say(N_("Trial balance")))
        self._y = 0.0

    def begin(self, number: int, pages: int) -> None:
        """Head a sheet: title, what it is about, column titles, and its number below."""
        words = self._words
        self._y = _HEIGHT - _MARGIN
        self._write(words.say(N_("Trial balance")), _MARGIN, _INNER, size=15, bold=True)
        self._y -= 16
        self._write("  ·  ".join(self._about), _MARGIN, _INNER, size=_SIZE)
        self._y = _HEIGHT - _HEAD + _ROW
        self.row([words.say(title) for title in _TITLES], bold=True)
        self._rule()
        below, self._y = self._y, _FOOT - 18
        page = words.say(N_("Page {number} of {pages}")).format(number=number, pages=pages)
        self._write(page, _MARGIN, _INNER, end=True)
        self._y = below

    def row(self, texts: Sequence[str], *, bold: bool = False) -> None:
        """Write one row; figures stand to the right of their columns in every language."""
        if bold and self._y < _HEIGHT - _HEAD:
            self._rule()
        for place, text in enumerate(texts):
            left, right = _EDGES[place], _EDGES[place + 1]
            if self._words.is_right_to_left:
                left, right = _INNER - right, _INNER - left
            width = right - left - 6
            self._write(text, _MARGIN + left + 3, width, bold=bold, figure=place > 1)
        self._y -= _ROW

    def end(self) -> None:
        """Take the next sheet."""
        self._canvas.showPage()

    def content(self) -> bytes:
        """Return the finished PDF."""
        self._canvas.save()
        return self._file.getvalue()

    def _rule(self) -> None:
        y = self._y + _ROW - 4
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_MARGIN, y, _WIDTH - _MARGIN, y)

    def _write(
        self,
        text: str,
        x: float,
        width: float,
        *,
        size: float = _SIZE,
        bold: bool = False,
        figure: bool = False,
        end: bool = False,
    ) -> None:
        if not text:
            return
        face, rtl = fonts(bold=bold), self._words.is_right_to_left
        drawn = _fitting(text, width, lambda t: face.width(t, size), rtl=rtl)
        free = width - face.width(drawn, size)
        if figure or end != rtl:
            x += free
        for each, run in face.runs(drawn):
            self._canvas.setFont(each.name, size)
            self._canvas.drawString(x, self._y, run)
            x += face.width(run, size)


def _fitting(text: str, width: float, measure: Callable[[str], float], *, rtl: bool) -> str:
    """Return what fits into a column, as it is drawn; the rest of a long name is left out."""
    whole = line(text, rtl=rtl).drawn
    if measure(whole) <= width:
        return whole
    first = next(iter(wrap(text, rtl=rtl, width=width - measure("…"), measure=measure)))
    return line(f"{first.text.rstrip()}…", rtl=rtl).drawn
