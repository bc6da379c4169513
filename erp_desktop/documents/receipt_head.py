"""What stands at the top of every receipt: who gives it."""

from collections.abc import Iterator, Mapping
from typing import Any

from erp_desktop.core.i18n import Words, in_language
from erp_desktop.documents.blocks import Block, Rule, Text


def receipt_head(
    company: Mapping[str, Any], branch: tuple[str, str], words: Words
) -> Iterator[Block]:
    """Compose the top of a receipt.

    Args:
        company: The row of the company: name, name_ar, address, phone, identifiers.
        branch: Name of the branch, in French and Arabic.
        words: The language of the receipt.
    """

    def pick(name: str, name_ar: str | None) -> str:
        return in_language(words.language, name, name_ar)

    yield Text(pick(company["name"], company.get("name_ar")), "center", True, "large")  # noqa: FBT003 - bold
    yield Text(pick(*branch), "center")
    address = pick(company.get("address") or "", company.get("address_ar"))
    for text in (address, words.isolate(company.get("phone") or "")):
        if text.strip("\u2066\u2069"):
            yield Text(text, "center", size="small")
    identifiers = company.get("identifiers") or {}
    if identifiers:
        pairs = (
            words.isolate(f"{name} {value}".replace(" ", "\u00a0"))
            for name, value in identifiers.items()
        )
        # An em space: where the line breaks, nothing is left hanging.
        yield Text("\u2003".join(pairs), "center", size="small")
    yield Rule()
