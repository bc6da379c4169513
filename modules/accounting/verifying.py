"""`erp-desktop verify-ledger FILE`: whether a package for the auditor is as it was written."""

import argparse
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from erp_desktop.core.i18n import _
from modules.accounting.audit_errors import PackageUnreadableError
from modules.accounting.sealing import Verdict, verify

_CHUNK = 1 << 20


def main(arguments: Sequence[str]) -> int:
    """Run the program; return the exit code: 0 if everything holds.

    Raises:
        PackageUnreadableError: The file is no package.
    """
    parser = argparse.ArgumentParser(prog="erp-desktop verify-ledger", description=__doc__)
    parser.add_argument("file", type=Path, help="package for the auditor: a ZIP file")
    file: Path = parser.parse_args(arguments).file
    changed, verdict = verify_package(file)
    for name in changed:
        _say(_("{file} is not what the manifest says.").format(file=name))
    for number in verdict.broken:
        _say(_("{number} does not hold: it was changed, moved or left out.").format(number=number))
    for series, count in sorted(verdict.sealed.items()):
        _say(_("{series}: {count} entries hold.").format(series=series, count=count))
    if verdict.unsealed:
        words = _("{count} entries were not sealed yet when the package was written.")
        _say(words.format(count=verdict.unsealed))
    is_right = not changed and not verdict.broken
    _say(_("The ledger holds.") if is_right else _("The ledger does not hold."))
    return int(not is_right)


def verify_package(path: Path) -> tuple[list[str], Verdict]:
    """Return which files are not what the manifest says, and what holds of the chain.

    Raises:
        PackageUnreadableError: It is no package, or not whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            names = manifest["sha256"]
            changed = [name for name in names if _digest(archive, name) != names[name]]
            with archive.open("chain.jsonl") as raw:
                verdict = verify(io.TextIOWrapper(raw, encoding="utf-8"))
    except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise PackageUnreadableError(file=path.name) from error
    return changed, verdict


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while content := file.read(_CHUNK):
            digest.update(content)
    return digest.hexdigest()


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
