"""The line to head office: it loses, doubles, delays and reorders."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from erp_desktop.core.commands import Answer, Envelope
from erp_desktop.workstation.sync.words import Answered, Event, Failed, Fault, Pulled
from tests.simulation.office import Office
from tests.simulation.world import World

Hear = Callable[[Event], None]
# After so many seconds without a word, the connection is given up.
PATIENCE = 8.0


class Line:
    """Carries requests there and answers back, or not."""

    def __init__(self, world: World, office: Office) -> None:
        self._world = world
        self._office = office

    def send(self, envelopes: Sequence[Envelope], hear: Hear) -> None:
        """Give commands to the gate."""

        def arrive(answer: Hear) -> None:
            def answered(answers: Sequence[Answer]) -> None:
                self._back(lambda: answer(Answered(self._world.now, answers)))

            self._office.execute(envelopes, answered, lambda fault: answer(self._failed(fault)))

        self._carry(arrive, hear)

    def pull(self, question: Mapping[str, Any], hear: Hear) -> None:
        """Ask the feed for a page."""

        def arrive(answer: Hear) -> None:
            def pulled(page: Mapping[str, Any]) -> None:
                self._back(lambda: answer(Pulled(self._world.now, page)))

            self._office.pull(question, pulled)

        self._carry(arrive, hear)

    def _carry(self, arrive: Callable[[Hear], None], hear: Hear) -> None:
        """Whatever happens to the copies, exactly one event comes of it."""
        open_calls = [hear]

        def once(event: Event) -> None:
            if open_calls:
                open_calls.pop()(event)

        pause = 0.1 if self._world.is_cut else PATIENCE
        self._world.later(pause, lambda: once(self._failed("line")))
        if not self._world.is_cut:
            for delay, is_heard in self._fates():
                answer = once if is_heard else _nobody
                self._world.later(delay, _later(arrive, answer))

    def _fates(self) -> list[tuple[float, bool]]:
        """Draw when each copy of a request arrives, and whether its answer comes back."""
        strikes, dice = self._world.strikes, self._world.dice
        if strikes("lost", 0.15):
            return []
        delay = dice.uniform(0.02, 6.0 if strikes("slow", 0.1) else 0.15)
        copies = [(delay, not strikes("unanswered", 0.2))]
        if strikes("doubled", 0.1):
            copies.append((dice.uniform(0.02, 30.0), False))
        return copies

    def _back(self, answer: Callable[[], None]) -> None:
        self._world.later(self._world.dice.uniform(0.02, 0.15), answer)

    def _failed(self, fault: Fault) -> Failed:
        return Failed(self._world.now, self._world.dice.random(), fault, fault)


def _later(arrive: Callable[[Hear], None], answer: Hear) -> Callable[[], None]:
    return lambda: arrive(answer)


def _nobody(_event: Event) -> None:
    """Hear an answer that the line has lost."""
