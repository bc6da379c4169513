"""The keys that work everywhere in the window."""

from functools import partial
from typing import TYPE_CHECKING

from erp_desktop.ui import keys
from erp_desktop.ui.navigation import places_for

if TYPE_CHECKING:
    from erp_desktop.ui.main_window import Shell


def bind_window_keys(shell: "Shell") -> None:
    """Let the window's keys do what they say, and each page's own key open it."""
    keys.bind(shell, "app.palette", shell.open_palette)
    keys.bind(shell, "app.keys", partial(shell.do, "keys"))
    keys.bind(shell, "app.navigation", shell.navigation.toggle)
    keys.bind(shell, "app.close", shell.opener.close_tab)
    keys.bind(shell, "app.next_tab", partial(shell.tabs.step, 1))
    keys.bind(shell, "app.previous_tab", partial(shell.tabs.step, -1))
    keys.bind(shell, "app.lock", partial(shell.do, "lock"))
    keys.bind(shell, "app.quit", shell.close)
    for place in places_for(shell.backend.user, shell.modules):
        if place.shortcut:
            identity = f"app.page.{place.id}"
            keys.declare((identity, place.title, place.shortcut))
            keys.bind(shell, identity, partial(shell.open_page, place.id))
