"""What this computer is at its branch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A workstation: its name, its branch, its own series and its own login.

    Attributes:
        prefix: What its numbers begin with, such as `ALG-01`; no other workstation has it.
        login: Its own PostgreSQL login, under which the journal goes up, whoever is signed in.
        company: Name, name_ar, country, currency, identifiers: what stands on a receipt.
    """

    workstation_id: UUID
    name: str
    branch_id: UUID
    branch_code: str
    branch_name: str
    branch_name_ar: str
    prefix: str
    login: str
    company: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what the store keeps."""
        ids = {"workstation_id": str(self.workstation_id), "branch_id": str(self.branch_id)}
        return {**asdict(self), **ids}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Enrolment":
        """Read what the store keeps."""
        ids = {name: UUID(kept[name]) for name in ("workstation_id", "branch_id")}
        return cls(**{**kept, **ids})
