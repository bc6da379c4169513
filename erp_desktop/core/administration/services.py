"""Changes an administrator can make. Each runs inside the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from erp_desktop.core.administration.errors import PasswordWeakError
from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors import UserDetails
from erp_desktop.core.context import Context
from erp_desktop.core.errors import UserError, from_code

SHORTEST_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class UserDraft:
    """A user as they are to be kept.

    Attributes:
        home_branch_id: Where they work.
        other_branches: Where they work besides.
        limits: How far they may go alone, by name.
        password: The new one, in clear; empty keeps the one they have. It never leaves the client.
    """

    login: str = ""
    name: str = ""
    name_ar: str = ""
    language: str = "fr"
    roles: tuple[str, ...] = ()
    home_branch_id: UUID | None = None
    other_branches: tuple[UUID, ...] = ()
    sees_all_branches: bool = False
    limits: Mapping[str, str] = field(default_factory=dict)
    password: str = ""

    @classmethod
    def of(cls, user: UserDetails) -> "UserDraft":
        """Return a user as they are kept now."""
        return cls(
            login=user.login,
            name=user.name,
            name_ar=user.name_ar,
            language=user.language,
            roles=user.roles,
            home_branch_id=user.home_branch_id,
            other_branches=tuple(b for b in user.branches if b != user.home_branch_id),
            sees_all_branches=user.sees_all_branches,
            limits=user.limits,
        )

    def as_json(self, user_id: UUID, version: int | None) -> dict[str, Any]:
        """Return what PostgreSQL reads; the password is not among it."""
        home = self.home_branch_id
        branches = [*([home] if home else ()), *(b for b in self.other_branches if b != home)]
        return {
            "id": str(user_id),
            "version": version,
            "login": self.login,
            "name": self.name,
            "name_ar": self.name_ar,
            "language": self.language,
            "roles": list(self.roles),
            "branches": [str(branch) for branch in branches],
            "sees_all_branches": self.sees_all_branches,
            "limits": dict(self.limits),
        }


@dataclass(frozen=True, slots=True)
class Booking:
    """What became of a fact that was to be booked again.

    Attributes:
        is_booked: Whether it is booked now.
        reasons: Why not, or what somebody still has to look at.
    """

    is_booked: bool
    reasons: tuple[UserError, ...] = ()

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> "Booking":
        """Read what `core.retry_v1` says: what is booked has a result."""
        reasons = tuple(from_code(f["code"], f["details"]) for f in answer["flags"])
        return cls(answer["state"] == "applied" or bool(answer["result"]), reasons)


def save_user(ctx: Context, user_id: UUID, draft: UserDraft, *, version: int | None = None) -> int:
    """Keep a user and their login, and return the new version.

    Args:
        ctx: The transaction to write in.
        user_id: Their id; a new one for a new user.
        draft: How they are to be.
        version: What the administrator saw; None creates them.

    Raises:
        NotAllowedError: The administrator may not manage users, or grants what they lack.
        StaleRecordError: Somebody changed them after the administrator read `version`.
        LoginTakenError: Somebody has the login.
        LoginUnusableError: PostgreSQL would not take the login.
        PasswordInClearError: A new user without a password.
        PasswordWeakError: A password that is guessed at once.
        UserNeedsBranchAndRoleError: No branch or no role.
        RoleUnknownError: A role that no person may have.
        OtherBranchError: A branch that the administrator does not see.
        NotYourselfError: Administrators do not raise themselves.
    """
    ctx.require(Permission.MANAGE_USERS)
    verifier = _verifier(ctx, draft) if draft.password else None
    ctx.call("core.save_user_v1", draft.as_json(user_id, version), verifier)
    return (version or 0) + 1


def enable_user(ctx: Context, user_id: UUID, *, enabled: bool) -> None:
    """Let a user in, or keep them out and end every session of theirs at once.

    Raises:
        NotAllowedError: The administrator may not manage users, or not this one.
        NotYourselfError: Nobody disables themselves.
        OtherBranchError: The user works where the administrator sees nothing.
        NotFoundError: There is no such user.
    """
    ctx.require(Permission.MANAGE_USERS)
    ctx.call("core.enable_user_v1", user_id, enabled)


def disable_workstation(ctx: Context, workstation_id: UUID) -> None:
    """Shut a workstation out: one that was stolen, for instance.

    Raises:
        NotAllowedError: The user may not enrol workstations.
        NotFoundError: There is no such workstation, or it is of another branch.
    """
    ctx.require(Permission.ENROL_WORKSTATIONS)
    ctx.call("core.disable_workstation_v1", workstation_id)


def book_again(ctx: Context, command_id: UUID) -> Booking:
    """Book a parked fact whose cause is mended.

    Raises:
        NotAllowedError: The user may not resolve reviews.
        NotFoundError: It is booked already, or of another branch.
    """
    ctx.require(Permission.RESOLVE_REVIEWS)
    return Booking.from_json(ctx.call("core.retry_v1", command_id))


def resolve_review(ctx: Context, review_id: UUID, *, note: str) -> None:
    """Say that somebody has looked at a flagged fact, and what was done.

    Raises:
        NotAllowedError: The user may not resolve reviews.
        NotFoundError: Somebody resolved it already, or it is of another branch.
    """
    ctx.require(Permission.RESOLVE_REVIEWS)
    ctx.call("core.resolve_review_v1", review_id, note)


def _verifier(ctx: Context, draft: UserDraft) -> str:
    too_easy = draft.password.lower() == draft.login.lower()
    if too_easy or len(draft.password) < SHORTEST_PASSWORD:
        raise PasswordWeakError(least=SHORTEST_PASSWORD)
    return ctx.verifier(draft.login, draft.password)
