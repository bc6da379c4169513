"""Ids that follow from a file: read again after a power cut, every document has the id it had."""

from uuid import UUID, uuid5

_NAMESPACE = UUID("5d3bb7ae-1a34-5f6e-9c0b-6a3a4d3f1c27")


def import_id(sha256: str) -> UUID:
    """Return the id of the import of a file with this content."""
    return uuid5(_NAMESPACE, sha256)


def document_id(import_: UUID, kind: str, number: str) -> UUID:
    """Return the id of a document; one number can name an invoice and what was lost."""
    return uuid5(import_, f"{kind}:{number}")


def line_id(import_: UUID, row: int, part: int = 0) -> UUID:
    """Return the id of the line of a row, or of a part of it."""
    return uuid5(import_, f"row:{row}:{part}" if part else f"row:{row}")


def record_id(import_: UUID, kind: str, code: str) -> UUID:
    """Return the id of a product or customer that an import creates."""
    return uuid5(import_, f"{kind}:{code}")
