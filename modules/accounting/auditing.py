"""What an auditor takes along: all entries of a year in 18 columns, and what they refer to.

The columns are those of the French *fichier des écritures comptables* (FEC; Livre des procédures
fiscales, art. A47 A-1), which every auditor's program reads: tabs between, a comma before decimals,
days as `20260331`. Algeria, Morocco and Tunisia prescribe no such file. Lines of a group that
balances have its letter, counted per account and partner, and the day of the group's last match;
lines that are matched in part have none.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from sqlalchemy import func, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_, _
from erp_desktop.core.models import view
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.remarks import writable
from modules.accounting.audit_papers import write_papers
from modules.accounting.fec import BREAKS, FEC_COLUMNS, wording
from modules.accounting.models import Account, Journal, LawValue
from modules.accounting.permissions import Permission
from modules.accounting.sealing import GENESIS
from modules.accounting.selectors import get_trial_balance

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class _Line:
    """The columns of `accounting.audit_lines`."""

    year: int
    journal: str
    journal_name: str
    number: str
    dated_on: date
    account: str
    account_name: str
    party_id: UUID | None
    party: str
    document: str
    label: str
    line_label: str
    debit: Decimal
    credit: Decimal
    posted_at: datetime
    amount: Decimal
    currency: str
    line_no: int
    side: int
    letter: str
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The columns of `accounting.audit_chain`."""

    year: int
    journal: str
    branch: str
    number: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _File:
    """The columns of `accounting.audit_files_v1`."""

    number: str
    document: str
    id: UUID
    name: str
    size: int
    sha256: str
    added_by: str
    added_at: datetime

    @property
    def safe_name(self) -> str:
        """Its name, as long as that leads nowhere else when the package is unpacked."""
        return self.name if self.name.strip(". ") else str(self.id)


_FILES = text("select * from accounting.audit_files_v1(:year)")
_DOCUMENT_HEADINGS = ("entry", "document", "file", "size", "sha256", "added_by", "added_at")
_LINES: Any = view("accounting.audit_lines", _Line).c
_CHAIN: Any = view("accounting.audit_chain", _Sealed).c


@dataclass(frozen=True, slots=True)
class Package:
    """What was written.

    Attributes:
        lines: How many lines of entries.
        digests: SHA-256 of each file by its name.
        papers: How many documents as they were printed.
    """

    lines: int
    digests: dict[str, str]
    papers: int


def write_package(
    ctx: Context,
    path: Path,
    year: int,
    *,
    progress: Progress = lambda _done, _total, _doing: None,
) -> Package:
    """Write the package of a year as one ZIP file: whole, or not at all.

    It holds the entries (`fec.txt`), the same with their seals (`chain.jsonl`), the trial balance,
    the chart, the journals and the values of the law as tables, the files that were added to
    entries and their documents (`documents/`), the documents of other modules as they were printed
    (`papers/`), both listed in `documents.csv`, and `manifest.json` with the SHA-256 of each and
    where each series ends; the same books give the same files, all of them as of one moment. Only
    branches that the user may see are in it. `erp-desktop verify-ledger`
    verifies it without a database. Nothing may be asked before in the same transaction.

    Raises:
        NotAllowedError: The user may not see the ledger.
        CancelledError: The user has cancelled; no file is left.
        DiskFullError: There is no room for it.
        FileNotWrittenError: It may not be written there.
    """
    ctx.require(Permission.VIEW_LEDGER)
    ctx.connection.exec_driver_sql("set transaction isolation level repeatable read")
    draft = path.with_name(f".{path.name}.part")
    with writable(path):
        try:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                package = _write_files(ctx, archive, year, progress)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return package


def _write_files(ctx: Context, archive: zipfile.ZipFile, year: int, progress: Progress) -> Package:
    writer = _Archive(archive)
    lines = writer.text("fec.txt", lambda file: _write_fec(ctx, file, year, progress))
    ends = writer.text("chain.jsonl", lambda file: _write_chain(ctx, file, year, progress))
    writer.table("trial_balance.csv", *_trial_balance(ctx, year))
    for name, table, order in (
        ("accounts.csv", Account, (Account.code,)),
        ("journals.csv", Journal, (Journal.code,)),
        ("law.csv", LawValue, (LawValue.kind, LawValue.code, LawValue.valid_from)),
    ):
        columns = [c for c in table.__table__.columns if c.name not in {"id", "changed_xid"}]
        rows = ctx.connection.execute(select(*columns).order_by(*order))
        writer.table(name, [column.name for column in columns], rows)
    papers = _write_documents(ctx, writer, year, progress)
    manifest = {"year": year, "lines": lines, "series": ends, "sha256": writer.digests}
    writer.text("manifest.json", lambda file: json.dump(manifest, file, indent=1))
    return Package(lines, writer.digests, papers)


def _write_documents(ctx: Context, writer: "_Archive", year: int, progress: Progress) -> int:
    """Write the files of a year's documents, their papers, and a table that says what each is."""
    found = ctx.rows(_File, _FILES.bindparams(year=year))
    rows: list[tuple[Any, ...]] = []
    for done, file in enumerate(found):
        progress(done, len(found), _(N_("Writing documents…")))
        content = ctx.call("accounting.audit_file_v1", file.id)
        path = writer.binary(f"documents/{file.number}/{file.safe_name}", content)
        told = (file.number, file.document, path, file.size, file.sha256, file.added_by)
        rows.append((*told, file.added_at.isoformat()))

    def add(name: str, content: bytes) -> tuple[str, str]:
        kept = writer.binary(name, content)
        return kept, writer.digests[kept]

    papers = list(write_papers(ctx, add, year, progress))
    writer.table("documents.csv", _DOCUMENT_HEADINGS, [*rows, *papers])
    return len(papers)


def _trial_balance(ctx: Context, year: int) -> tuple[list[str], Iterator[list[Any]]]:
    balance = get_trial_balance(ctx, first_day=date(year, 1, 1), last_day=date(year, 12, 31))
    names = [field.name for field in fields(type(balance.totals))][:9]
    return names, ([getattr(row, name) for name in names] for row in balance.rows)


def _write_fec(ctx: Context, file: IO[str], year: int, progress: Progress) -> int:
    """Write every line of a year in the order of the series; return how many there were."""
    of_year = _LINES.year == year
    total = ctx.connection.execute(select(func.count()).where(of_year)).scalar() or 0
    query = select(*_LINES).where(of_year).order_by(_LINES.journal, _LINES.number, _LINES.line_no)
    file.write("\t".join(FEC_COLUMNS) + "\r\n")
    done = 0
    with ctx.connection.execute(query.execution_options(stream_results=True)) as found:
        for rows in found.partitions(_CHUNK):
            progress(done, total, _(N_("Writing entries…")))
            for row in rows:
                file.write("\t".join(_cells(_Line(*row))) + "\r\n")
            done += len(rows)
    return done


def _write_chain(
    ctx: Context, file: IO[str], year: int, progress: Progress
) -> dict[str, dict[str, Any]]:
    """Write every entry of a year with its seal, by series and number; return how each ends."""
    ends: dict[str, dict[str, Any]] = {}
    of_year = _CHAIN.year == year
    total = ctx.connection.execute(select(func.count()).where(of_year)).scalar() or 0
    by_number = (_CHAIN.journal, _CHAIN.branch, func.length(_CHAIN.number), _CHAIN.number)
    query = select(_CHAIN.content).where(of_year).order_by(*by_number)
    done = 0
    with ctx.connection.execute(query.execution_options(stream_results=True)) as found:
        for contents in found.scalars().partitions(_CHUNK):
            progress(done, total, _(N_("Writing seals…")))
            for content in contents:
                file.write(json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n")
                _note_end(ends, content)
            done += len(contents)
    return ends


def _note_end(ends: dict[str, dict[str, Any]], entry: dict[str, Any]) -> None:
    series = entry["number"].rpartition("-")[0]
    end = ends.setdefault(series, {"sealed": 0, "last_hash": GENESIS})
    end["last_number"] = entry["number"]
    if entry["seal"] is not None:
        end["sealed"] += 1
        end["last_hash"] = entry["seal"]


def _cells(line: _Line) -> Sequence[str]:
    has_currency = line.amount != line.debit + line.credit
    words = wording(line.label, line.line_label)
    day = f"{line.dated_on:%Y%m%d}"
    settled = f"{line.settled_on:%Y%m%d}" if line.letter and line.settled_on else ""
    cells = (
        *(line.journal, line.journal_name, line.number, day, line.account, line.account_name),
        *(str(line.party_id or ""), line.party, line.document, day, words),
        *(_amount(line.debit), _amount(line.credit), line.letter, settled),
        f"{line.posted_at:%Y%m%d}",
        _amount(line.side * line.amount) if has_currency else "",
        line.currency if has_currency else "",
    )
    return [cell.translate(BREAKS) for cell in cells]


def _amount(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


class _Archive:
    """Writes files into a ZIP under one fixed moment, and notes what they amount to.

    Attributes:
        digests: SHA-256 of each file by its name.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    def text(self, name: str, write: Callable[[IO[str]], Any]) -> Any:
        """Write a file of text in UTF-8; return what `write` returns."""
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED
        with self._archive.open(about, "w", force_zip64=True) as raw:
            digest = _Digest(raw)
            text = io.TextIOWrapper(digest, encoding="utf-8", newline="")  # type: ignore[type-var] # writes only
            answer = write(text)
            text.flush()
            text.detach()
        self.digests[name] = digest.sha256.hexdigest()
        return answer

    def binary(self, wanted: str, content: bytes) -> str:
        """Write a file as it is; return its name, which is numbered if it is taken."""
        name, number = wanted, 1
        while name in self.digests:
            number += 1
            place, slash, file = wanted.rpartition("/")
            name = f"{place}{slash}{number}-{file}"
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(about, content)
        self.digests[name] = hashlib.sha256(content).hexdigest()
        return name

    def table(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write a table as CSV."""

        def write(file: IO[str]) -> None:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows(rows)

        self.text(name, write)


class _Digest(io.RawIOBase):
    """Passes on what is written, and digests it."""

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__()
        self._raw = raw
        self.sha256 = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.sha256.update(content)
        return self._raw.write(content)
