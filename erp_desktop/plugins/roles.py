"""Which module a function belongs to: its transaction runs as that module's role."""

from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import entry_points
from typing import Any

GROUP = "erp_desktop.modules"


def module_of(function: Callable[..., Any]) -> str:
    """Return the module whose role `function` runs as: `sales` for `modules.sales.services`.

    The house itself is `core`; a package of a guest is known by its entry point's name.
    """
    while isinstance(function, partial):
        function = function.func
    package = function.__module__
    if package.partition(".")[0] == "erp_desktop":
        return "core"
    module = module_of_package(package)
    if module is None:
        message = f"{package} belongs to no module: name it under the entry points {GROUP!r}"
        raise LookupError(message)
    return module


@cache
def module_of_package(package: str) -> str | None:
    """Return the business module that a Python package belongs to, if it belongs to one."""
    first, _dot, rest = package.partition(".")
    if first == "modules" and rest:
        return rest.partition(".")[0]
    for point in entry_points(group=GROUP):
        if package == point.value or package.startswith(f"{point.value}."):
            return point.name
    return None
