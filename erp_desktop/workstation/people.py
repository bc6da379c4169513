"""What is kept of each user who signed in at this workstation with the server."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Branch, User
from erp_desktop.workstation.sets import Row
from erp_desktop.workstation.store import Store

Rights = Callable[[str], Row | None]

_COLUMNS = "login, salt, verifier, wrapped, registered, profile, since, tries, blocked_until"


@dataclass(frozen=True, slots=True)
class Person:
    """A user, as the last online sign-in showed them.

    Attributes:
        verifier: Tells a right password from a wrong one, with the device key only.
        wrapped: The user's signing key.
        registered: Whether head office knows the public key.
        since: When the server said yes.
        tries: Wrong passwords since the last right one.
        is_active: Whether head office still lets them in.
    """

    user: User
    salt: bytes
    verifier: bytes
    wrapped: bytes
    registered: bool
    since: datetime
    tries: int = 0
    blocked_until: datetime | None = None
    is_active: bool = True


class People:
    """The table `people` of the journal's store."""

    def __init__(self, store: Store, rights: Rights) -> None:
        """Keep people in `store`.

        Args:
            store: The journal's.
            rights: Returns what the replica knows of a user by now.
        """
        self._store = store
        self._rights = rights

    def find(self, login: str) -> Person | None:
        """Return what is kept of a user, with the rights that head office gave them since."""
        row = self._store.row(f"select {_COLUMNS} from people where login = ?", (login,))
        return _person(row, self._rights(login)) if row else None

    def keep(self, person: Person) -> None:
        """Keep a user in place of what was kept before."""
        values = (
            person.user.login,
            person.salt,
            person.verifier,
            person.wrapped,
            person.registered,
            _profile(person.user),
            person.since.isoformat(),
            person.tries,
            person.blocked_until.isoformat() if person.blocked_until else None,
        )
        with self._store.transaction() as now:
            now.execute(
                f"insert or replace into people ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def note(self, login: str, **changes: Any) -> None:
        """Change what is kept of a user."""
        person = self.find(login)
        if person is not None:
            self.keep(replace(person, **changes))


def _person(row: tuple[Any, ...], rights: Row | None) -> Person:
    _login, salt, verifier, wrapped, registered, profile, since, tries, blocked_until = row
    user = _user(json.loads(profile))
    if rights is not None:
        user = replace(
            user,
            permissions=frozenset((rights["permissions"] or "").split()),
            limits=json.loads(rights["limits"] or "{}"),
        )
    return Person(
        user=user,
        is_active=rights is None or rights["is_active"],
        salt=salt,
        verifier=verifier,
        wrapped=wrapped,
        registered=bool(registered),
        since=datetime.fromisoformat(since),
        tries=tries,
        blocked_until=datetime.fromisoformat(blocked_until) if blocked_until else None,
    )


def _profile(user: User) -> str:
    content = asdict(user)
    content["permissions"] = sorted(user.permissions)
    return json.dumps(content, default=str, ensure_ascii=False)


def _user(profile: Mapping[str, Any]) -> User:
    return User(
        id=UUID(profile["id"]),
        login=profile["login"],
        name=profile["name"],
        name_ar=profile["name_ar"],
        language=profile["language"],
        roles=tuple(profile["roles"]),
        permissions=frozenset(profile["permissions"]),
        branches=tuple(Branch(**{**b, "id": UUID(b["id"])}) for b in profile["branches"]),
        limits=profile.get("limits", {}),
    )
