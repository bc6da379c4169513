"""Where the house keeps what is not Python: SQL, resources, translations."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `sql`, `resources` or `translations`, in a checkout or in a wheel."""
    packed = _PACKAGE / "_house" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
