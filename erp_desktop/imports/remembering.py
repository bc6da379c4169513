"""What a user decided about files of one kind, as plain values to be kept until the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from erp_desktop.imports.fields import EXTRA, IGNORED, ImportField
from erp_desktop.imports.headings import is_remarks, squeezed
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.tables import Table


def signature(kind: str, table: Table) -> str:
    """Return under which key to remember; empty for files without headings, which may be anything.

    Files with the same headings come from the same place and mean the same, also with our remarks.
    """
    headings = [squeezed(heading) for heading in table.headings if not is_remarks(heading)]
    return f"{kind}/{'|'.join(headings)}" if any(headings) else ""


def packed(options: ImportOptions) -> dict[str, Any]:
    """Return what is to be kept, as JSON can have it."""
    return {**asdict(options), "columns": list(options.columns)}


def unpacked(
    kept: Mapping[str, Any], proposed: ImportOptions, fields: Sequence[ImportField]
) -> ImportOptions:
    """Return what was kept, as far as it still means something; the rest is as proposed."""
    known = {IGNORED, EXTRA, *(field.id for field in fields)}
    before = [held if held in known else IGNORED for held in kept.get("columns", ())]
    padding = [IGNORED] * (len(proposed.columns) - len(before))
    columns = tuple([*before, *padding][: len(proposed.columns)])
    defaults = {i: str(cell) for i, cell in kept.get("defaults", {}).items() if i in known}
    return replace(
        proposed,
        columns=columns,
        defaults={**proposed.defaults, **defaults},
        existing="change" if kept.get("existing") == "change" else "refuse",
        repeated="merge" if kept.get("repeated") == "merge" else "refuse",
        name_from_code=bool(kept.get("name_from_code")),
        code_prefix=str(kept.get("code_prefix", "")),
    )
