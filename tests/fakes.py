"""Stand-ins for presenters' tests: a door that answers what the test says, a view that listens."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer, uuid7
from erp_desktop.core.context import Branch, User
from erp_desktop.core.errors import UserError

BRANCH = Branch(UUID(int=1), "ALG", "Alger Centre", "الجزائر الوسطى")


def make_user(
    *permissions: str,
    login: str = "amina",
    language: str = "en",
    limits: Mapping[str, str] | None = None,
) -> User:
    """Return a signed-in user of one branch with these permissions."""
    return User(
        id=UUID(int=7),
        login=login,
        name="Amina Benali",
        name_ar="أمينة بن علي",
        language=language,
        roles=(),
        permissions=frozenset(permissions),
        branches=(BRANCH,),
        limits=limits or {},
    )


class FakeBackend:
    """Answers as told, and remembers what it was asked.

    `answers` maps a function, or a command's name, to its answer, to an error to raise, or to a
    function that makes the answer from the arguments.

    Attributes:
        calls: `(function or command, args, kwargs)`, in order.
    """

    def __init__(self, answers: Mapping[Any, Any] | None = None, user: User | None = None) -> None:
        self.answers = dict(answers or {})
        self.calls: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = []
        self.user = user or make_user()
        self.workstation: Any = None
        self.author: Any = None
        self.enrol_here: Any = None
        self.limits: dict[str, str] = {}
        self.today = date(2026, 11, 20)

    async def ask(self, selector: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Answer a selector."""
        return self._answer(selector, args, kwargs)

    async def do(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Answer a service."""
        return self._answer(service, args, kwargs)

    async def run(
        self, work: Any, service: Callable[..., Any], /, *args: Any, **kwargs: Any
    ) -> Any:
        """Answer long work."""
        work.check()
        return self._answer(service, args, kwargs)

    async def local(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Answer a function of the workstation; one without an answer really runs."""
        if function not in self.answers:
            self.calls.append((function, args, kwargs))
            return function(self.workstation, *args, **kwargs)
        return self._answer(function, args, kwargs)

    async def thread(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Run work that needs no database, here and now."""
        if function not in self.answers:
            self.calls.append((function, args, kwargs))
            return function(*args, **kwargs)
        return self._answer(function, args, kwargs)

    async def execute(self, name: str, payload: Mapping[str, Any]) -> Answer:
        """Answer a command; without an answer of its own it is applied."""
        result = self._answer(name, (payload,), {}) if name in self.answers else {}
        if name not in self.answers:
            self.calls.append((name, (payload,), {}))
        return result if isinstance(result, Answer) else Answer(uuid7(), "applied", result)

    def cancel(self, work: Any) -> None:
        """End long work."""
        work.is_cancelled = True

    def close(self) -> None:
        """Close the door."""

    def asked(self, function: Any) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        """Return the arguments of every call of `function`."""
        return [(args, kwargs) for called, args, kwargs in self.calls if called == function]

    def _answer(self, key: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.calls.append((key, args, kwargs))
        answer = self.answers[key]
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, type) and issubclass(answer, UserError):
            raise answer
        return answer(*args, **kwargs) if callable(answer) else answer


class FakeView:
    """Takes whatever a presenter shows: `view.show_orders(x)` is kept as `view.orders`.

    Attributes:
        said: Every sentence, in order.
        shown: `(method, arguments)`, in order.
    """

    def __init__(self) -> None:
        self.said: list[str] = []
        self.shown: list[tuple[str, tuple[Any, ...]]] = []

    def say(self, message: str, tone: str = "ok", **_more: Any) -> None:
        """Note a sentence."""
        self.said.append(message)
        self.tone = tone

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        def take(*args: Any, **kwargs: Any) -> None:
            self.shown.append((name, args))
            noun = name.removeprefix("show_")
            setattr(self, noun, args[0] if args else kwargs or True)

        return take


@contextmanager
def qt_loop(application: Any) -> Iterator[Any]:
    """Let pages start their questions while pytest-qt turns Qt's own event loop."""
    from erp_desktop.ui.loop import event_loop  # noqa: PLC0415 - presenters' tests need no Qt

    loop = event_loop(application, already_running=True)
    try:
        yield loop
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        for _turn in range(3):
            application.processEvents()
        # Its own `stop` would tell Qt to quit, and pytest-qt could wait for nothing any more.
        loop._QEventLoop__is_running = False
        application.aboutToQuit.disconnect(loop._after_run_forever)
        loop._after_run_forever()
        asyncio.events._set_running_loop(None)
        asyncio.set_event_loop(None)
        loop.close()
