"""`erp-desktop verify-ledger FILE`: whether a package for the auditor is as it was written.

A package alone can be rewritten as a whole: give a hash that was kept elsewhere with --expect.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from erp_desktop.core.i18n import _
from modules.accounting.audit_errors import PackageUnreadableError
from modules.accounting.fec import differing
from modules.accounting.sealing import Verdict, verify

_CHUNK = 1 << 20
_MANIFEST, _CHAIN, _FEC = "manifest.json", "chain.jsonl", "fec.txt"
_DOCUMENTS, _FOLDERS = "documents.csv", ("documents/", "papers/")
_KEPT = re.compile(r"(?P<series>.+)=(?P<hash>[0-9a-fA-F]{64})")
_NO_PACKAGE = (
    *(OSError, KeyError, ValueError, TypeError, AttributeError, ArithmeticError, EOFError),
    *(RuntimeError, zipfile.BadZipFile, zlib.error),
)

Kept = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of verifying a package.

    Attributes:
        verdict: What holds of the chain.
        wrong: What does not hold of the package, in sentences; empty if all does.
    """

    verdict: Verdict
    wrong: list[str]


def main(arguments: Sequence[str]) -> int:
    """Run the program; return the exit code: 0 if everything holds.

    Raises:
        PackageUnreadableError: The file is no package.
    """
    parser = argparse.ArgumentParser(prog="erp-desktop verify-ledger", description=__doc__)
    parser.add_argument("file", type=Path, help="package for the auditor: a ZIP file")
    words = "a hash of the series that was kept elsewhere; may be given again"
    parser.add_argument(
        "--expect", type=_kept, action="append", default=[], metavar="SERIES=HASH", help=words
    )
    given = parser.parse_args(arguments)
    kept: dict[str, list[str]] = {}
    for series, digest in given.expect:
        kept.setdefault(series, []).append(digest)
    finding = verify_package(given.file, kept)
    sentences = [*finding.wrong, *_holding(finding.verdict)]
    if not kept:
        sentences.append(
            _(
                "Nothing was compared with a hash that was kept elsewhere, so a package that was "
                "rewritten as a whole would hold too. Give one with --expect SERIES=HASH."
            )
        )
    sentences.append(_conclusion(is_right=not finding.wrong))
    sys.stdout.writelines(f"{sentence}\n" for sentence in sentences)
    return int(bool(finding.wrong))


def verify_package(path: Path, kept: Kept | None = None) -> Finding:
    """Return what holds of a package, and what does not.

    Args:
        path: The ZIP file.
        kept: Hashes that were kept elsewhere, by series.

    Raises:
        PackageUnreadableError: It is no package, or not whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            with _lines(archive, _CHAIN) as chain:
                verdict = verify(chain, kept)
            wrong = [
                *_wrong_files(archive, manifest["sha256"]),
                *_wrong_chain(verdict, manifest["series"]),
                *_wrong_fec(archive),
                *_wrong_documents(archive, manifest["sha256"]),
                *_wrong_kept(verdict, kept or {}),
            ]
    except _NO_PACKAGE as error:
        raise PackageUnreadableError(file=path.name) from error
    return Finding(verdict, wrong)


def _kept(given: str) -> tuple[str, str]:
    """Read `SERIES=HASH`."""
    found = _KEPT.fullmatch(given)
    if found is None:
        sentence = _(
            "{given} is no series with its hash. Write it as VC-ALG-2026=0123…, 64 digits."
        )
        raise argparse.ArgumentTypeError(sentence.format(given=given))
    return found["series"], found["hash"].lower()


def _holding(verdict: Verdict) -> Iterator[str]:
    for name, series in sorted(verdict.series.items()):
        words = _("{series}: sealed and hold: {count}. Last entry: {number}. Last hash: {hash}.")
        about = {"number": series.last_number or "-", "hash": series.last_hash}
        yield words.format(series=name, count=series.sealed, **about)
        if series.unsealed:
            words = _("{series}: not sealed yet, so nothing protects them: {count}.")
            yield words.format(series=name, count=series.unsealed)


def _conclusion(*, is_right: bool) -> str:
    if is_right:
        return _("The ledger holds.")
    return _(
        "The ledger does not hold. Have the package written again; if that does not hold either, "
        "compare the books with a backup."
    )


def _wrong_files(archive: zipfile.ZipFile, digests: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the files: all are named in the manifest, and are what it says."""
    there = Counter(archive.namelist())
    for name in sorted(digests.keys() | there.keys()):
        if name not in there:
            yield _("{file} is named in the manifest, but is not there.").format(file=name)
        elif there[name] > 1:
            yield _("{file} is there more than once.").format(file=name)
        elif name not in digests and name != _MANIFEST:
            yield _("{file} is not named in the manifest.").format(file=name)
        elif name != _MANIFEST and _digest(archive, name) != digests[name]:
            yield _("{file} is not what the manifest says.").format(file=name)


def _wrong_chain(verdict: Verdict, ends: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with the chain, and where it does not end as the manifest says."""
    for number in verdict.broken:
        yield _("{number} does not hold: it was changed, moved or left out.").format(number=number)
    if not any(series.sealed for series in verdict.series.values()) and not verdict.broken:
        yield _(
            "No entry is sealed, so the package proves nothing. Wait a minute until the worker has "
            "sealed what was posted, and write it again."
        )
    for name in sorted(verdict.series.keys() | ends.keys()):
        series, end = verdict.series.get(name), ends.get(name, {})
        if series is not None and series.is_broken:
            continue
        found = series and (series.last_number, series.sealed, series.last_hash)
        if found != (end.get("last_number"), end.get("sealed"), end.get("last_hash")):
            yield _("{series} does not end where the manifest says.").format(series=name)


def _wrong_fec(archive: zipfile.ZipFile) -> Iterator[str]:
    words = _("{number} is not the same in {one} and {other}.")
    with _lines(archive, _CHAIN) as chain, _lines(archive, _FEC, newline="\r\n") as fec:
        for number in differing(chain, fec):
            yield words.format(number=number, one=_FEC, other=_CHAIN)


def _wrong_documents(archive: zipfile.ZipFile, digests: Mapping[str, str]) -> Iterator[str]:
    """Yield which files and papers are not what their table says; older packages have none."""
    words = _("{name} is not the file that {table} lists.")
    listed: dict[str, str] = {}
    if _DOCUMENTS in digests:
        with _lines(archive, _DOCUMENTS, newline="") as table:
            listed = {row["file"]: row["sha256"] for row in csv.DictReader(table)}
    held = {name: digest for name, digest in digests.items() if name.startswith(_FOLDERS)}
    for name in sorted(listed.keys() | held.keys()):
        if listed.get(name) != held.get(name):
            yield words.format(name=name, table=_DOCUMENTS)


def _wrong_kept(verdict: Verdict, kept: Kept) -> Iterator[str]:
    """Yield which hashes that were kept elsewhere are not among the seals."""
    for name, digests in sorted(kept.items()):
        series = verdict.series.get(name)
        if series is None:
            words = _(
                "{series} is not in the package. If its name is right, all its entries were taken "
                "out: compare the books with a backup."
            )
            yield words.format(series=name)
            continue
        words = _(
            "{series}: {hash} is not among its seals. Since it was noted, entries were taken out "
            "or changed: compare the books with a backup."
        )
        yield from (words.format(series=name, hash=d) for d in digests if d not in series.met)


@contextmanager
def _lines(
    archive: zipfile.ZipFile, name: str, newline: str | None = None
) -> Iterator[io.TextIOWrapper]:
    """Open a file of text in a package."""
    with archive.open(name) as raw, io.TextIOWrapper(raw, "utf-8", newline=newline) as text:
        yield text


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while content := file.read(_CHUNK):
            digest.update(content)
    return digest.hexdigest()
