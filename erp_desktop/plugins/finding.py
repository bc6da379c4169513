"""Finding modules: entry points name packages, and each package carries a manifest.

Reading a manifest runs none of the package's code, so that a broken module can still be listed.
"""

import tomllib
from collections.abc import Iterable
from importlib.machinery import ModuleSpec
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import Any

from erp_desktop.core.i18n import N_
from erp_desktop.plugins.failures import FailedModule
from erp_desktop.plugins.manifest import Manifest
from erp_desktop.plugins.modules import Modules
from erp_desktop.plugins.ordering import in_order
from erp_desktop.plugins.roles import GROUP

BAD_MANIFEST = N_(
    "The manifest of “{module}” cannot be read. Install the module again, or send the details "
    "to whoever makes it."
)


def find_modules(points: Iterable[EntryPoint] | None = None) -> Modules:
    """Return every installed module, in the order of what requires what, and those that failed."""
    manifests: list[Manifest] = []
    failed: list[FailedModule] = []
    found = entry_points(group=GROUP) if points is None else points
    for point in sorted(found, key=lambda point: point.name):
        try:
            manifests.append(read_manifest(point.value, point.name))
        except Exception as error:  # noqa: BLE001 - whatever a stranger's package does, go on
            failed.append(FailedModule.of(point.name, "manifest", BAD_MANIFEST, error))
    ordered, lost = in_order(manifests)
    return Modules(ordered, [*failed, *lost])


def read_manifest(package: str, name: str) -> Manifest:
    """Return the checked manifest of a package, without importing the package itself.

    Raises:
        FileNotFoundError: There is no such package, or no manifest in it.
        ValueError: It is no TOML, says something unknown, or calls itself something else.
    """
    spec = find_spec(package)
    if spec is None:
        raise FileNotFoundError(package)
    manifest = Manifest.model_validate(tomllib.loads(_text_of(spec)))
    if manifest.id != name:
        message = f"the entry point says {name!r}, the manifest {manifest.id!r}"
        raise ValueError(message)
    return manifest


def _text_of(spec: ModuleSpec) -> str:
    loader: Any = spec.loader
    reader = loader.get_resource_reader(spec.name) if loader else None
    if reader is None:
        raise FileNotFoundError(spec.name)
    text: str = (reader.files() / "manifest.toml").read_text("utf-8")
    return text
