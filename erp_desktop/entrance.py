"""Signing in at this computer: with head office, or without it when the line is cut."""

import asyncio
import re
import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import conninfo as libpq

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context, User
from erp_desktop.core.database import Database
from erp_desktop.core.errors import OfflineError
from erp_desktop.core.session import Session, secured, sign_in
from erp_desktop.settings import ServerProfile, Settings
from erp_desktop.workstation.author import Author
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.offline import SignedIn
from erp_desktop.workstation.sets import ReplicaSet
from erp_desktop.workstation.sync.gate import PostgresGate
from erp_desktop.workstation.workstation import Workstation, is_enrolled


@dataclass(frozen=True, slots=True)
class Desk:
    """A user who is signed in at this computer.

    Attributes:
        company: Name, country, currency, identifiers.
        workstation: This computer's journal and replica; none if it is not enrolled.
        author: Signs what the user does here; none without a workstation.
        profile: The server that was chosen.
        is_online: Whether head office said yes, or this computer alone.
    """

    user: User
    database: Database
    company: Mapping[str, Any]
    workstation: Workstation | None
    author: Author | None
    profile: ServerProfile
    is_online: bool


class Entrance:
    """Opens desks: the `SignIn` of the sign-in window."""

    def __init__(self, settings: Settings, sets: Sequence[ReplicaSet], threads: Executor) -> None:
        """Prepare to sign in.

        Args:
            settings: Where the workstation's files are.
            sets: What the modules keep in the replica.
            threads: Where signing in waits for the network.
        """
        self._settings = settings
        self._sets = tuple(sets)
        self._threads = threads
        self.workstation: Workstation | None = None
        self._opened_for = ""

    async def sign_in(self, profile: ServerProfile, name: str, password: str) -> Desk:
        """Open a desk for a user.

        Raises:
            UserError: Head office or this computer says no; the sentence says why.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._enter, profile, name, password)

    async def check(self, login: str, password: str) -> None:
        """Unlock a locked window: works with and without head office.

        Raises:
            UserError: The password does not fit.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._check, login, password)

    def folder(self, profile: ServerProfile) -> Path:
        """Return where this computer's files for a server are."""
        name = re.sub(r"[^a-z0-9]+", "-", profile.name.lower()).strip("-") or "server"
        return self._settings.data_folder / "workstations" / name

    def open_workstation(self, profile: ServerProfile) -> Workstation | None:
        """Open this computer's journal and replica and let them sync; none if not enrolled."""
        folder = self.folder(profile)
        if self.workstation is not None and self._opened_for != profile.name:
            self.close()
        if self.workstation is None and is_enrolled(folder):
            self.workstation = Workstation.open(folder, self._sets)
            self._opened_for = profile.name
            device = self.workstation.enrolment.login
            conninfo = _conninfo(profile, device, self.workstation.password)
            name = self.workstation.enrolment.prefix
            self.workstation.start_sync(PostgresGate(secured(conninfo), workstation=name))
        return self.workstation

    def enrol(self, desk: Desk, *, name: str, branch_id: UUID) -> Enrolment:
        """Make this computer a workstation of a branch; its user signs in again afterwards.

        Raises:
            UserError: The user may not, or the computer is a workstation already.
        """
        password = secrets.token_urlsafe(24)
        draft = {"id": str(uuid7()), "name": name, "branch_id": str(branch_id)}
        with desk.database.begin(desk.user, "core") as ctx:
            # The server makes the login's name; a SCRAM verifier is the same for every name.
            made = ctx.call("core.enrol_workstation_v1", draft, ctx.verifier("device", password))
        enrolment = Enrolment.from_json(made)
        folder = self.folder(desk.profile)
        Workstation.enrol(folder, enrolment, password, self._sets).close()
        self.open_workstation(desk.profile)
        return enrolment

    def close(self) -> None:
        """Let go of the workstation's files; what was on its way goes out at the next start."""
        if self.workstation is not None:
            self.workstation.close()
        self.workstation = None

    def _enter(self, profile: ServerProfile, name: str, password: str) -> Desk:
        workstation = self.open_workstation(profile)
        conninfo = _conninfo(profile, name, password)
        label = workstation.enrolment.prefix if workstation else ""
        try:
            session = sign_in(conninfo, workstation=label)
        except OfflineError:
            if workstation is None:
                raise
            return self._enter_offline(profile, workstation, name, password)
        author = _author(workstation, session, password) if workstation else None
        return Desk(
            user=session.user,
            database=session.database,
            company=session.company,
            workstation=workstation,
            author=author,
            profile=profile,
            is_online=True,
        )

    def _enter_offline(
        self, profile: ServerProfile, workstation: Workstation, name: str, password: str
    ) -> Desk:
        """Without head office; its database is asked again as soon as somebody needs it."""
        signed: SignedIn = workstation.sign_ins.sign_in(name, password)
        conninfo = secured(_conninfo(profile, name, password))
        database = Database(conninfo, workstation=workstation.enrolment.prefix)
        return Desk(
            user=signed.user,
            database=database,
            company=workstation.enrolment.company,
            workstation=workstation,
            author=signed.author,
            profile=profile,
            is_online=False,
        )

    def _check(self, login: str, password: str) -> None:
        if self.workstation is None:
            raise OfflineError
        self.workstation.sign_ins.sign_in(login, password)


def _conninfo(profile: ServerProfile, login: str, password: str) -> str:
    return libpq.make_conninfo("", user=login, password=password, **profile.parameters())


def _author(workstation: Workstation, session: Session, password: str) -> Author:
    """Return the user's author on this computer; head office learns a new key at once."""
    signed = workstation.sign_ins.remember(session.user, password)
    if signed.unregistered_key is not None:
        place = workstation.enrolment.workstation_id
        with session.database.begin(session.user, "core") as ctx:
            _register(ctx, place, signed.unregistered_key)
        workstation.sign_ins.registered(session.user.login)
    return signed.author


def _register(ctx: Context, workstation: Any, public_key: str) -> None:
    ctx.call("core.register_key_v1", workstation, public_key)
