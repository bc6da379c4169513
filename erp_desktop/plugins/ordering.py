"""The order of modules: each after what it requires; what cannot be ordered is named at once."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from erp_desktop.core.i18n import N_
from erp_desktop.plugins.failures import FailedModule
from erp_desktop.plugins.manifest import Manifest

MISSING = N_("“{module}” requires {missing}, which is not installed or failed. Install it first.")
CYCLE = N_("“{module}” requires itself through {missing}. Tell whoever makes these modules.")


def in_order(manifests: Sequence[Manifest]) -> tuple[list[Manifest], list[FailedModule]]:
    """Return the modules that can work, in order, and every one that cannot, with all it lacks."""
    there = {manifest.id: manifest for manifest in manifests}
    failed = [*_without_the_lacking(there)]
    try:
        graph = {manifest.id: set(manifest.requires) for manifest in there.values()}
        return [there[identity] for identity in TopologicalSorter(graph).static_order()], failed
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
    failed += [_failure(each, CYCLE, [n for n in circle if n != each]) for each in circle]
    ordered, more = in_order([there[identity] for identity in there if identity not in circle])
    return ordered, [*failed, *more]


def _without_the_lacking(there: dict[str, Manifest]) -> Iterator[FailedModule]:
    """Take out what lacks something, and then what required it, until all is there."""
    while True:
        lost = {m.id: [r for r in m.requires if r not in there] for m in there.values()}
        lost = {identity: missing for identity, missing in lost.items() if missing}
        if not lost:
            return
        for identity, missing in lost.items():
            del there[identity]
            yield _failure(identity, MISSING, missing)


def _failure(module: str, message: str, names: list[str]) -> FailedModule:
    missing = ", ".join(names)
    details = f"{module} requires {missing}"
    return FailedModule(module, "dependencies", message, details, (("missing", missing),))
