"""An import that is killed: small batches, so that there is a middle to die in.

Run as a program: `victim.py <file> <dsn>`; it writes a line after each batch that is committed.
"""

import sys

from modules.sales.history import payloads, program
from modules.sales.history.terminal import ProgressLine


class _Diary(ProgressLine):
    def show(self, done: int, total: int, doing: str) -> None:
        sys.stdout.write(f"{doing} {done} {total}\n")
        sys.stdout.flush()


def main() -> int:
    """Import a file in batches of a few lines."""
    payloads.BATCH_LINES = 6
    program.ProgressLine = _Diary  # type: ignore[misc]
    return program.main([sys.argv[1], "--dsn", sys.argv[2]])


if __name__ == "__main__":
    sys.exit(main())
