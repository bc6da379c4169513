"""Questions about the people who work here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, column, literal, select, table, tuple_

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors.pages import PAGE_SIZE, asked, has_words
from erp_desktop.core.context import Branch, Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import in_language

Order = Literal["login", "name"]


@dataclass(frozen=True, slots=True)
class UserRow:
    """One line of the list of users.

    Attributes:
        branches: Codes of the branches they work in; their own comes first.
    """

    id: UUID
    version: int
    login: str
    name: str
    name_ar: str
    language: str
    roles: Sequence[str]
    branches: Sequence[str]
    sees_all_branches: bool
    is_active: bool

    def named(self, speaking: str) -> str:
        """Return their name in a language."""
        return in_language(speaking, self.name, self.name_ar)


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which users are asked for, and in which order; what is empty or None does not matter."""

    text: str = ""
    role: str = ""
    branch: str = ""
    is_active: bool | None = None
    order: Order = "login"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A role that a user can have."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class UserDetails:
    """A user with all that is known of them."""

    id: UUID
    version: int
    login: str
    name: str
    name_ar: str
    language: str
    home_branch_id: UUID | None
    sees_all_branches: bool
    is_active: bool
    roles: tuple[str, ...]
    branches: tuple[UUID, ...]
    limits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UserSheet:
    """What the form of a user shows: the user, none for a new one, and what can be chosen."""

    user: UserDetails | None
    roles: tuple[Choice, ...]
    branches: tuple[Branch, ...]


_NAMES = tuple(each.name for each in fields(UserRow))
_ROWS = table("user_list", *map(column, (*_NAMES, "words")), schema="core").c


def list_users(ctx: Context, wanted: UserFilter, *, after: UserRow | None = None) -> list[UserRow]:
    """Return one page of users.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row, the last of the page before.
    """
    ctx.require(Permission.VIEW_USERS)
    return ctx.rows(UserRow, _page(wanted, after))


def get_user(ctx: Context, user_id: UUID | None) -> UserSheet:
    """Return a user, or none, with the roles and branches to choose from.

    Raises:
        NotAllowedError: The user may not see users.
        NotFoundError: There is no such user, or none that may be seen.
    """
    ctx.require(Permission.VIEW_USERS)
    sheet = read_sheet(ctx.call("core.user_form_v1", user_id))
    if user_id is not None and sheet.user is None:
        raise NotFoundError
    return sheet


def read_sheet(answer: Mapping[str, Any]) -> UserSheet:
    """Read what `core.user_form_v1` says."""
    given = answer["user"]
    return UserSheet(
        user=_details(given) if given else None,
        roles=tuple(Choice(**role) for role in answer["roles"]),
        branches=tuple(Branch(**{**b, "id": UUID(b["id"])}) for b in answer["branches"]),
    )


def _details(given: Mapping[str, Any]) -> UserDetails:
    home = given["home_branch_id"]
    exact = {
        "id": UUID(given["id"]),
        "home_branch_id": UUID(home) if home else None,
        "roles": tuple(given["roles"]),
        "branches": tuple(UUID(branch) for branch in given["branches"]),
    }
    return UserDetails(**{**given, **exact})


def _page(wanted: UserFilter, after: UserRow | None) -> Select[Any]:
    key = _ROWS[wanted.order]
    conditions = asked(
        (
            (wanted.text.strip(), has_words(_ROWS.words, wanted.text)),
            (wanted.role, literal(wanted.role) == _ROWS.roles.any_()),
            (wanted.branch, literal(wanted.branch.upper()) == _ROWS.branches.any_()),
            (wanted.is_active is not None, _ROWS.is_active.is_(wanted.is_active)),
        )
    )
    query = select(*(_ROWS[name] for name in _NAMES)).where(*conditions)
    if after is not None:
        place, last = tuple_(key, _ROWS.id), tuple_(getattr(after, wanted.order), after.id)
        query = query.where(place < last if wanted.descending else place > last)
    ordered = [c.desc() if wanted.descending else c.asc() for c in (key, _ROWS.id)]
    return query.order_by(*ordered).limit(PAGE_SIZE)
