"""OFX: SGML (1.x) and XML (2.x), both read into one tree by the library ofxtools.

The library passes over what it cannot read, so whatever it leaves is a mistake of the file. OFX
knows no opening balance: it is the closing balance less the movements, and what is imported before
and after proves it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from ofxtools.Parser import ParseError, TreeBuilder
from typing_extensions import override

from erp_desktop.imports.problems import Problem, What
from modules.accounting.bank_files import problems
from modules.accounting.bank_files.statement import Statement, StatementLine

_BODY = re.compile(r"<OFX>.*</OFX>", re.DOTALL)
# The library reads these as tags, so that a file which breaks off within one leaves something.
_TAG = TreeBuilder.regex
_LEAF = re.compile(r"<([A-Z0-9._]+)>[^<]*</\1>")
_CLOSED = re.compile(r"</([^<>]+)>")
_EMPTY = re.compile(r"<([A-Z0-9._]+)>(?=\s*<(?!/\1>))")
_PLACES = re.compile(r"<(STMTRS|STMTTRN)>")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{0,5})?")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{6}.*)?")
_BEGINS = 2000


def is_ofx(content: bytes) -> bool:
    """Whether a file begins as OFX does, of either version."""
    begin = content[:_BEGINS]
    return b"OFXHEADER" in begin or b"<OFX>" in begin


def read_ofx(content: bytes) -> tuple[list[Statement], list[Problem]]:
    """Return the statements of a file, and all that is wrong with it.

    Nothing may be imported while there are problems.
    """
    text = _text(content)
    root = _tree(text)
    if isinstance(root, Problem):
        return [], [root]
    reader = _Reader(_rows(text, root))
    found = list(root.iter("STMTRS"))
    if not found:
        reader.note(root, problems.FILE_EMPTY)
    statements = [each for each in map(reader.statement, found) if each is not None]
    return statements, reader.problems


class _Tree(TreeBuilder):
    """Refuses a tag that closes another one, which the library would take."""

    @override
    def end(self, tag: str) -> Element:
        ended = super().end(tag)
        if ended.tag != tag:
            raise ParseError(tag)
        return ended


@dataclass(slots=True)
class _Reader:
    """Notes all that is wrong; what cannot be read is None.

    Attributes:
        rows: In which row of the file each statement and movement begins.
    """

    rows: dict[Element, int]
    problems: list[Problem] = field(default_factory=list)

    def note(self, of: Element, what: What, value: str = "", **details: str) -> None:
        self.problems.append(Problem(self.rows.get(of, 1), 0, "ofx", value, what, details))

    def statement(self, node: Element) -> Statement | None:
        """Return a statement, or None after noting why it is none."""
        before = len(self.problems)
        account = _said(node, "BANKACCTFROM/ACCTID").replace(" ", "")
        currency = _said(node, "CURDEF")
        for value, name in ((account, "ACCTID"), (currency, "CURDEF")):
            if not value:
                self.note(node, problems.FIELD_MISSING, field=name)
        closing = self.amount(node, node, "LEDGERBAL/BALAMT")
        closed_on = self.day(node, node, "LEDGERBAL/DTASOF")
        movements = node.findall("BANKTRANLIST/STMTTRN")
        for each in movements:
            self.check_currency(each, currency)
        lines = tuple(filter(None, map(self.movement, movements)))
        opened_on = self._opened_on(node, lines)
        if len(self.problems) > before or closing is None or closed_on is None:
            return None
        opening = closing - sum((line.amount for line in lines), Decimal(0))
        return Statement(
            account, currency, min(opened_on or closed_on, closed_on), opening, closed_on, closing,
            lines,
        )  # fmt: skip

    def check_currency(self, node: Element, currency: str) -> None:
        """Note a movement that is in another currency than its statement."""
        found = _said(node, "CURRENCY/CURSYM")
        if found and found != currency:
            self.note(node, problems.FIELD_UNREADABLE, found, field="CURSYM")

    def _opened_on(self, node: Element, lines: tuple[StatementLine, ...]) -> date | None:
        """Return the day that the list begins with, or that of its first movement."""
        days = [line.booked_on for line in lines]
        if _said(node, "BANKTRANLIST/DTSTART"):
            day = self.day(node, node, "BANKTRANLIST/DTSTART")
            days += [] if day is None else [day]
        return min(days, default=None)

    def movement(self, node: Element) -> StatementLine | None:
        """Return a movement, or None after noting why not; its FITID tells it from any other."""
        reference = _said(node, "FITID")
        if not reference:
            self.note(node, problems.FIELD_MISSING, field="FITID")
        amount, booked_on = self.amount(node, node, "TRNAMT"), self.day(node, node, "DTPOSTED")
        has_value_day = bool(_said(node, "DTAVAIL"))
        valued_on = self.day(node, node, "DTAVAIL") if has_value_day else booked_on
        if amount is None or booked_on is None or valued_on is None or not reference:
            return None
        return StatementLine(booked_on, valued_on, amount, _label(node), reference)

    def amount(self, of: Element, node: Element, path: str) -> Decimal | None:
        """Return the amount at a path, which banks write with a point or a comma."""
        written = _said(node, path)
        if _AMOUNT.fullmatch(written):
            return Decimal(written.replace(",", "."))
        self._wrong(of, path, written)
        return None

    def day(self, of: Element, node: Element, path: str) -> date | None:
        """Return the day at a path as the bank wrote it, whatever its hour and zone."""
        written = _said(node, path)
        told = _DAY.fullmatch(written)
        try:
            if told is not None:
                return date(int(told[1]), int(told[2]), int(told[3]))
        except ValueError:
            pass
        self._wrong(of, path, written)
        return None

    def _wrong(self, of: Element, path: str, written: str) -> None:
        what = problems.FIELD_UNREADABLE if written else problems.FIELD_MISSING
        self.note(of, what, written, field=path.rpartition("/")[2])


def _text(content: bytes) -> str:
    """Return what is written, whatever the header says of its signs: banks are wrong there."""
    for codec in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _tree(text: str) -> Element | Problem:
    """Return the tree of the body, or where it breaks."""
    found = _BODY.search(text)
    if found is None:
        return _broken(text, len(text.rstrip()))
    begin, body = found.start(), _without_empty(found[0])
    end = 0
    for tag in _TAG.finditer(body):
        if body[end : tag.start()].strip():
            break
        end = tag.end()
    if body[end:].strip():
        return _broken(text, begin + end)
    builder = _Tree()
    try:
        builder.feed(body)
        return builder.close()
    except (ParseError, IndexError, AssertionError) as error:
        place = re.search(r"position=\[([0-9]+)", str(error))
        return _broken(text, begin + (int(place[1]) if place else 0))


def _without_empty(body: str) -> str:
    """Return the body with blanks for elements without text, which SGML does not close."""
    parents = set(_CLOSED.findall(_LEAF.sub("", body)))
    return _EMPTY.sub(lambda tag: tag[0] if tag[1] in parents else " " * len(tag[0]), body)


def _broken(text: str, place: int) -> Problem:
    row = text.count("\n", 0, place) + 1
    return Problem(row, 0, "ofx", text[place : place + 40].strip(), problems.OFX_BROKEN)


def _rows(text: str, root: Element) -> dict[Element, int]:
    """Return the row in which each statement and movement begins."""
    places: dict[str, Iterator[int]] = {
        name: iter([p.start() for p in _PLACES.finditer(text) if p[1] == name])
        for name in ("STMTRS", "STMTTRN")
    }
    return {
        node: text.count("\n", 0, next(places[node.tag], 0)) + 1
        for node in root.iter()
        if node.tag in places
    }


def _said(node: Element, path: str) -> str:
    return html.unescape(node.findtext(path) or "").strip()


def _label(node: Element) -> str:
    """Return name, memo and number of the cheque, none of them twice."""
    told = ""
    for name in ("NAME", "PAYEE/NAME", "MEMO", "CHECKNUM"):
        said = " ".join(_said(node, name).split())
        if said and said not in told:
            told = said if told in said else f"{told} {said}"
    return told
