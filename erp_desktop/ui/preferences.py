"""What one user prefers: language, theme, row height, keys; kept in the user's memory."""

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


def prefer_language(code: str, country: str) -> None:
    """Speak another language from now on, for this user."""
    memory.current().set("language", code)
    language.use(code, country)


def prefer_theme(name: str) -> None:
    """Show another theme from now on, for this user."""
    memory.current().set("theme", name)
    theme.use(theme.Look(name, theme.look().density))


def prefer_density(name: str) -> None:
    """Show higher or lower rows from now on, for this user."""
    memory.current().set("density", name)
    theme.use(theme.Look(theme.look().theme, name))
