"""Facts that modules tell each other through the outbox, in the past tense."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """Something that has happened; subclasses name their topic, `<module>.<what_happened>`."""

    topic: ClassVar[str]

    def payload(self) -> dict[str, Any]:
        """Return what travels, as JSON values."""
        return {name: str(value) for name, value in asdict(self).items()}
