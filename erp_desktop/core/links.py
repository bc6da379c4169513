"""Records of one module that another module's pages choose: customers, products, accounts."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.search import fold


@dataclass(frozen=True, slots=True)
class LinkChoice(Bilingual):
    """One record that can be chosen.

    Attributes:
        id: Its key: a UUID, or a code.
        code: Short and unique; typing exactly this chooses it.
        name: What people call it.
        name_ar: And in Arabic.
        note: What helps to choose, already worded: a price, a telephone number.
        record: Whatever the provider wants the page to have; it does not outlive the program.
    """

    id: Any
    code: str
    name: str
    name_ar: str = ""
    note: str = ""
    record: Any = field(default=None, compare=False)


# `async def provider(backend, text)` returns the best choices first, a dozen or so; with an empty
# text, those that are wanted most. A module offers its provider in `api`.
LinkProvider: TypeAlias = Callable[[Any, str], Awaitable[Sequence[LinkChoice]]]
# `async def exact(backend, texts)` returns, in one round trip, what each text is the whole code of.
ExactLinks: TypeAlias = Callable[[Any, Sequence[str]], Awaitable[Mapping[str, LinkChoice]]]


def meant(choices: Sequence[LinkChoice], text: str) -> LinkChoice | None:
    """Return the choice that a typed text can only mean: its code, its name, or the only one."""
    wanted = fold(text)
    for same in (
        [each for each in choices if fold(each.code) == wanted],
        [each for each in choices if wanted in {fold(each.name), fold(each.name_ar)}],
        list(choices),
    ):
        if len(same) == 1:
            return same[0]
    return None
