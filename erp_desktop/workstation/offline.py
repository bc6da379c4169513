"""Signing in: online PostgreSQL says yes; what it said then serves while the line is cut.

The password is never kept, only a slow verifier that needs this computer's device key as well.
Five wrong tries are free; then each costs twice the wait of the one before.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from erp_desktop.core import wall_clock
from erp_desktop.core.context import User
from erp_desktop.core.errors import NotAnErpUserError
from erp_desktop.core.i18n import current
from erp_desktop.workstation.author import SALT_BYTES, Author, Cost, PasswordKeys
from erp_desktop.workstation.clock import SeenClock
from erp_desktop.workstation.errors import (
    OfflineGrantExpiredError,
    TooManyTriesError,
    UnknownOfflineError,
    WrongPasswordError,
)
from erp_desktop.workstation.people import People, Person

GRANT = timedelta(hours=72)
COST = Cost()
_FREE_TRIES = 5
_FIRST_WAIT = timedelta(seconds=30)
_MOST_DOUBLINGS = 11


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user at this workstation.

    Attributes:
        author: Signs what the user does.
        unregistered_key: The author's public key, while head office does not know it yet.
    """

    user: User
    author: Author
    unregistered_key: str | None = None


class SignIns:
    """Who may work at this workstation, with and without the server."""

    def __init__(
        self,
        people: People,
        device: bytes,
        clock: SeenClock,
        *,
        cost: Cost = COST,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Keep people in the store.

        Args:
            people: The table.
            device: The device key.
            clock: What time it cannot be before.
            cost: How slow a guess is.
            now: The clock.
        """
        self._people = people
        self._device = device
        self._clock = clock
        self._cost = cost
        self._now = now

    def remember(self, user: User, password: str) -> SignedIn:
        """Keep what an online sign-in has proved, and return the user's author.

        With a changed password the old signing key cannot be opened: the user gets a new one. The
        caller registers the unregistered key, and then says so with `registered`.
        """
        person = self._renewed(user, password) or self._new(user, password)
        self._people.keep(person.kept)
        self._clock.note(self._now())
        key = None if person.kept.registered else person.author.public_key
        return SignedIn(user, person.author, key)

    def registered(self, login: str) -> None:
        """Note that head office knows the user's public key."""
        self._people.note(login, registered=True)

    def sign_in(self, login: str, password: str) -> SignedIn:
        """Sign in without a server.

        Raises:
            UnknownOfflineError: The user has never signed in here with the server.
            TooManyTriesError: The password was wrong too often.
            NotAnErpUserError: Head office has disabled the user meanwhile.
            ClockBackError: The clock is before a time that has been.
            OfflineGrantExpiredError: The last sign-in with the server is too long ago.
            WrongPasswordError: The password does not fit.
        """
        person = self._people.find(login)
        if person is None:
            raise UnknownOfflineError(login=login)
        self._require_grant(person)
        # Counted before the password is looked at: cutting the power gives no try back.
        self._people.note(
            login, tries=person.tries + 1, blocked_until=self._block(person.tries + 1)
        )
        author = self._open(person, password)
        if author is None:
            raise WrongPasswordError
        self._people.note(login, tries=0, blocked_until=None)
        self._clock.note(self._now())
        return SignedIn(person.user, author)

    def _require_grant(self, person: Person) -> None:
        now = self._now()
        if person.blocked_until is not None and now < person.blocked_until:
            raise TooManyTriesError(until=current().moment(wall_clock.local(person.blocked_until)))
        if not person.is_active:
            raise NotAnErpUserError
        self._clock.require_forward(now)
        if now - person.since > GRANT:
            raise OfflineGrantExpiredError(since=current().moment(wall_clock.local(person.since)))

    def _block(self, tries: int) -> datetime | None:
        if tries < _FREE_TRIES:
            return None
        doublings = min(tries - _FREE_TRIES, _MOST_DOUBLINGS)
        return self._now() + _FIRST_WAIT * (1 << doublings)

    def _open(self, person: Person, password: str) -> Author | None:
        keys = self._derive(password, person.salt)
        if not keys.fits(person.verifier):
            return None
        return Author.unwrap(person.user.login, person.wrapped, keys.wrapping)

    def _renewed(self, user: User, password: str) -> "_Opened | None":
        before = self._people.find(user.login)
        author = self._open(before, password) if before else None
        if before is None or author is None:
            return None
        kept = replace(before, user=user, since=self._now(), tries=0, blocked_until=None)
        return _Opened(kept, author)

    def _new(self, user: User, password: str) -> "_Opened":
        salt, author = os.urandom(SALT_BYTES), Author.new(user.login)
        keys = self._derive(password, salt)
        wrapped = author.wrap(keys.wrapping)
        kept = Person(user, salt, keys.verifier, wrapped, registered=False, since=self._now())
        return _Opened(kept, author)

    def _derive(self, password: str, salt: bytes) -> PasswordKeys:
        return PasswordKeys.derive(password, salt=salt, device=self._device, cost=self._cost)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A person whose key is open."""

    kept: Person
    author: Author
