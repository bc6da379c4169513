"""The worker at head office: side effects from the outbox, and what is repeated.

Queue, retries, schedules and dead letters are procrastinate's. A job is claimed first, in a
transaction of its own, and handled in a second one: a handler that kills the worker uses up a try
(RELIABILITY.md 2i). Subscribers run in one transaction, as the system user, under their module's
role; they can run twice without harm.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import procrastinate
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from procrastinate.retry import RetryStrategy

from erp_desktop.core.context import Context
from erp_desktop.core.database import KEEPALIVES
from erp_desktop.core.session import Session, secured, sign_in
from erp_desktop.plugins.manifest import Manifest
from erp_desktop.plugins.modules import Modules
from erp_desktop.plugins.roles import module_of

log = logging.getLogger(__name__)

_TRIES = RetryStrategy(max_attempts=6, exponential_wait=4)
_BATCH = 500


class Runner:
    """Runs functions of modules as the system user, one transaction each."""

    def __init__(self, session: Session, modules: Modules) -> None:
        self._session = session
        self._modules = modules

    def call(self, manifest: Manifest, pointer: str, *arguments: Any) -> None:
        """Call what a manifest points at with a context and `arguments`.

        Raises:
            LookupError: The module could not be loaded; the job is tried again later.
        """
        function = self._modules.load(manifest.id, pointer)
        if function is None:
            message = f"{pointer} could not be loaded"
            raise LookupError(message)
        self.run(function, *arguments)

    def run(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Run one function in one transaction under its module's role."""
        with self._session.database.begin(self._session.user, module_of(function)) as ctx:
            function(ctx, *arguments)


def make_app(conninfo: str, runner: Runner, modules: Modules) -> procrastinate.App:
    """Return procrastinate's app with a task for each subscription and each periodic entry."""
    connector = procrastinate.PsycopgConnector(
        conninfo=secured(conninfo),
        kwargs={"options": "-c search_path=jobs", "application_name": "erp/worker", **KEEPALIVES},
    )
    app = procrastinate.App(connector=connector)
    for manifest in modules.manifests:
        for topic, pointer in manifest.subscriptions.items():
            _subscribe(app, runner, manifest, topic, pointer)
        for entry in manifest.periodic:
            _repeat(app, entry.task, entry.cron, _caller(runner, manifest, entry.run))
    _repeat(app, "core.verify_signatures", "* * * * * */15", lambda: runner.run(verify_signatures))
    _repeat(app, "core.end_sessions", "* * * * * */30", lambda: runner.run(end_sessions))
    _repeat_rescue(app)
    return app


def _subscribe(
    app: procrastinate.App, runner: Runner, manifest: Manifest, topic: str, pointer: str
) -> None:
    def handle(event_id: int, payload: dict[str, Any]) -> None:
        log.info("event %s: %s", event_id, topic)
        runner.call(manifest, pointer, payload)

    app.task(name=f"{manifest.id}:{topic}", retry=_TRIES)(handle)


def _caller(runner: Runner, manifest: Manifest, pointer: str) -> Callable[[], None]:
    return lambda: runner.call(manifest, pointer)


def _repeat(app: procrastinate.App, name: str, cron: str, work: Callable[[], None]) -> None:
    def run(timestamp: int) -> None:
        log.debug("%s at %s", name, timestamp)
        work()

    # A second run while one is waiting would only do the same again.
    task = app.task(name=name, queueing_lock=name)(run)
    app.periodic(cron=cron)(task)


def _repeat_rescue(app: procrastinate.App) -> None:
    async def rescue(timestamp: int) -> None:
        for job in await app.job_manager.get_stalled_jobs():
            log.warning("job %s was left by a worker that died (%s)", job.id, timestamp)
            await app.job_manager.retry_job(job)

    task = app.task(name="core.rescue_stalled_jobs", queueing_lock="core.rescue")(rescue)
    app.periodic(cron="* * * * *")(task)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A command that its author has signed."""

    id: UUID
    hash: str
    signature: str
    public_keys: list[str]

    def is_genuine(self) -> bool:
        """Whether one of the author's keys made the signature."""
        return any(self._fits(key) for key in self.public_keys)

    def _fits(self, key: str) -> bool:
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(self.signature), bytes.fromhex(self.hash))
        except (InvalidSignature, ValueError):
            return False
        return True


def verify_signatures(ctx: Context) -> None:
    """Verify what authors signed on workstations; PostgreSQL has no Ed25519."""
    signed = ctx.table("core.unverified_v1", _Signed, most=_BATCH)
    if signed:
        verdicts = {str(command.id): command.is_genuine() for command in signed}
        ctx.call("core.settle_signatures_v1", verdicts)


def end_sessions(ctx: Context) -> None:
    """End sessions that hold locks without working, and those of whoever was disabled."""
    ended = ctx.call("core.end_sessions_v1")
    if ended:
        log.warning("%s sessions were ended", ended)


def run_worker(conninfo: str, modules: Modules) -> None:
    """Work until told to stop (Ctrl+C or SIGTERM).

    Args:
        conninfo: Connection of the system user `erp_worker`.
        modules: Those whose subscriptions and periodic work it runs.
    """
    session = sign_in(conninfo, workstation="worker")
    try:
        app = make_app(conninfo, Runner(session, modules), modules)
        asyncio.run(_work(app))
    finally:
        session.database.close()


async def _work(app: procrastinate.App) -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=2, fetch_job_polling_interval=2.0)
