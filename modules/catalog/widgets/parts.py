"""Small parts that several pages of the catalog share."""

from collections.abc import Sequence

from erp_desktop.core.i18n import current
from modules.catalog.selectors import Choice


def offered(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Return units or taxes as a choice field offers them, in the user's language."""
    language = current().language
    return [(each.code, f"{each.named(language)} ({each.code})") for each in choices]
