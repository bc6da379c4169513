"""Who may be whom: parties that look alike, and what an import would meet again."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.parties.identifiers import squeezed
from modules.parties.permissions import Permission


@dataclass(frozen=True, slots=True)
class SimilarParty(Bilingual):
    """A party that may be the one described; `score` goes from 0 to 1."""

    id: UUID
    code: str
    name: str
    name_ar: str
    phone: str
    is_active: bool
    score: Decimal


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two parties that may be one."""

    id: UUID
    code: str
    name: str
    name_ar: str
    phone: str
    other_id: UUID
    other_code: str
    other_name: str
    other_name_ar: str
    other_phone: str
    score: Decimal


def find_similar(
    ctx: Context, *, name: str, name_ar: str = "", phone: str = "", besides: UUID | None = None
) -> list[SimilarParty]:
    """Return the parties that may be the one described, most alike first."""
    ctx.require(Permission.VIEW_PARTIES)
    given: dict[str, Any] = {
        "wanted": name,
        "wanted_ar": name_ar,
        "telephone": phone,
        "besides": besides,
        "most": 8,
    }
    return ctx.table("parties.similar_parties_v1", SimilarParty, **given)


def find_duplicates(ctx: Context, *, most: int = 200) -> list[DuplicatePair]:
    """Return pairs of parties that may be one, most alike first."""
    ctx.require(Permission.VIEW_PARTIES)
    return ctx.table("parties.duplicate_pairs_v1", DuplicatePair, most=most)


def known_parties(
    ctx: Context, codes: Sequence[str], numbers: Sequence[str]
) -> tuple[frozenset[str], dict[str, str]]:
    """Return which codes exist already, and for each tax identifier the code of who has it."""
    ctx.require(Permission.VIEW_PARTIES)
    bare = [squeezed(number) for number in numbers]
    function = func.parties.known_parties_v1(list(codes), bare)
    rows = list(ctx.connection.execute(select(function.table_valued("kind", "value", "code"))))
    return (
        frozenset(value for kind, value, _code in rows if kind == "code"),
        {value: code for kind, value, code in rows if kind == "number"},
    )
