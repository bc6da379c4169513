"""What one user prefers: language, theme, row height, keys; kept in the user's memory."""

from dataclasses import replace

from erp_desktop.core.context import User
from erp_desktop.settings import Settings
from erp_desktop.ui import keys, language, memory, theme


def recall(user: User, settings: Settings) -> None:
    """Bring back what this user prefers; without a choice, what the server or the desk says."""
    kept = memory.Memory(settings.user_folder(user.login))
    memory.use(kept)
    keys.use(kept.get("keys", {}))
    shade, density = kept.get("theme", settings.theme), kept.get("density", "comfortable")
    theme.use(
        theme.Look(
            shade if shade in theme.THEMES else "system",
            density if density in theme.DENSITIES else "comfortable",
        )
    )
    spoken = kept.get("language", user.language)
    language.use(spoken if spoken in language.NAMES else settings.language, settings.country)


def prefer(what: str, value: str, country: str) -> None:
    """Change the `language`, the `theme` or the `density` from now on, for this user."""
    memory.current().set(what, value)
    if what == "language":
        language.use(value, country)
    else:
        theme.use(replace(theme.look(), **{what: value}))
