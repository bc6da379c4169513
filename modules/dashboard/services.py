"""Changes the dashboard makes: only what this workstation remembers."""

from typing import Any

from modules.dashboard.figures import Asked, Figures
from modules.dashboard.selectors import memory_name


def keep_figures(workstation: Any, asked: Asked, figures: Figures, *, login: str) -> None:
    """Keep figures in the workstation's encrypted file, for days without a line."""
    workstation.journal.memory.put(memory_name(asked, login), dict(figures.source))
