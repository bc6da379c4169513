"""Pointers such as `pkg.module:name`, which a manifest can hold without importing anything."""

from functools import reduce
from importlib import import_module
from typing import Any


def resolve(pointer: str) -> Any:
    """Return what `pkg.module:name` points at, importing the module.

    Raises:
        ImportError: There is no such module.
        AttributeError: The module has no such name.
    """
    module, _colon, name = pointer.partition(":")
    return reduce(getattr, name.split("."), import_module(module))
