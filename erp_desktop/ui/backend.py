"""The one door between pages and everything that takes time.

Selectors and services run in threads, one transaction each; what touches the workstation's own
store runs in one thread of its own. Nothing here ever blocks the window.
"""

import asyncio
import contextlib
import inspect
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import Answer, Command, Envelope
from erp_desktop.core.context import Context, User
from erp_desktop.core.database import Database
from erp_desktop.plugins.roles import module_of
from erp_desktop.ui.work import Work

P = ParamSpec("P")
R = TypeVar("R")


class Backend:
    """Runs every selector, service and command in a thread and transaction of its own.

    Only plain values come back: no session, and so no lazy load, ever reaches a widget.
    """

    def __init__(
        self,
        database: Database,
        user: User,
        threads: Executor,
        workstation: Any = None,
        author: Any = None,
    ) -> None:
        """Open the door for one signed-in user.

        Args:
            database: Where transactions begin, connected as the user.
            user: Who is signed in.
            threads: Where selectors and services run.
            workstation: This desk's journal and replica; nothing at a desk that has none.
            author: Signs what the user does at this workstation (`erp_desktop.workstation.author`).
        """
        self.database = database
        self.user = user
        self.workstation = workstation
        self.author = author
        # Makes this computer a workstation; nothing where it is one already.
        self.enrol_here: Callable[[str, UUID], Awaitable[Any]] | None = None
        # What the modules let an administrator limit for each user, by name; marked `N_`.
        self.limits: Mapping[str, str] = {}
        self._threads = threads
        self._store = ThreadPoolExecutor(1, "store")
        self._canceller = ThreadPoolExecutor(1, "cancel")

    async def ask(
        self, selector: Callable[Concatenate[Context, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Await the answer of `selector`; PostgreSQL refuses any write.

        A question nobody waits for any more is cancelled on the server too.
        """
        work = Work()
        try:
            return await self._run(
                work, selector, lambda ctx: selector(ctx, *args, **kwargs), reads=True
            )
        except asyncio.CancelledError:
            self.cancel(work)
            raise

    async def do(
        self, service: Callable[Concatenate[Context, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Await `service`: all of it is committed, or none if it raises.

        Cancelling the await drops the answer, not the work.
        """
        work = Work()
        return await self._run(
            work, service, lambda ctx: service(ctx, *args, **kwargs), reads=False
        )

    async def run(
        self, work: Work, service: Callable[Concatenate[Context, ...], R], /, *args: Any, **kw: Any
    ) -> R:
        """Await long work that says how far it is and can be cancelled with `cancel(work)`.

        A service that takes `progress` is given `work.report`; calling it also ends the service
        when the user has cancelled. `Page.start_work` shows all this to the user.
        """
        if "progress" in inspect.signature(service).parameters:
            kw["progress"] = work.report
        work.watched_by(self.cancel)
        return await self._run(work, service, lambda ctx: service(ctx, *args, **kw), reads=False)

    async def execute(self, name: str, payload: Mapping[str, Any]) -> Answer:
        """Send a request through the gate and return its answer.

        Raises:
            UserError: The gate refused it, or the server does not answer.
        """
        if self.workstation is None:
            answer = await self.do(execute_directly, name, payload)
        else:
            call = asyncio.get_running_loop().run_in_executor
            answer = await call(self._threads, self.workstation.request, name, payload, self.author)
        return answer.raise_if_refused()

    async def local(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> R:
        """Await `function(workstation, …)` in the store's thread: no network, ever."""
        call = asyncio.get_running_loop().run_in_executor
        return await call(self._store, lambda: function(self.workstation, *args, **kwargs))

    async def thread(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Await work that needs no database, such as writing a PDF."""
        call = asyncio.get_running_loop().run_in_executor
        return await call(self._threads, lambda: function(*args, **kwargs))

    def cancel(self, work: Work) -> None:
        """End `work`: its query is cancelled on the server and its transaction undone."""
        work.is_cancelled = True
        with contextlib.suppress(RuntimeError):  # the door is closed already
            self._canceller.submit(work.interrupt, self.database.cancel)

    def close(self) -> None:
        """Let what runs come to its end and take nothing new."""
        self._store.shutdown(wait=True)
        self._canceller.shutdown(wait=False)

    async def _run(
        self,
        work: Work,
        function: Callable[..., Any],
        body: Callable[[Context], R],
        *,
        reads: bool,
    ) -> R:
        module = module_of(function)

        def transaction() -> R:
            with work.running(), self.database.begin(self.user, module, read_only=reads) as ctx:
                return body(ctx)

        return await asyncio.get_running_loop().run_in_executor(self._threads, transaction)


def execute_directly(ctx: Context, name: str, payload: Mapping[str, Any]) -> Answer:
    """Send one request to the gate from a desk that has no journal."""
    command = Command(name, payload, ctx.user.login, wall_clock.now())
    answers = ctx.call("core.execute_v1", [Envelope(command.body()).as_json()])
    return Answer.from_json(answers[0])
