"""An import that is killed: small batches, so that there is a middle to die in.

Run as a program: `victim.py <file> <dsn> <branch id>`; it writes how many rows are booked after
each batch that is committed.
"""

import sys
from contextlib import closing
from pathlib import Path
from uuid import UUID

from erp_desktop.core.money import DZD
from erp_desktop.core.session import sign_in
from erp_desktop.plugins.roles import module_of
from modules.sales.history import payloads
from modules.sales.history.booking import ImportState, booking
from modules.sales.history.history import read_history
from modules.sales.history.job import Job, Options


def main() -> None:
    """Import a file in batches of a few lines."""
    payloads.BATCH_LINES = 6
    file, dsn, branch = sys.argv[1:]
    steps = booking(Job.of(read_history(Path(file)), Options("EXO"), UUID(branch), DZD))
    session = sign_in(dsn)
    answer = None
    with closing(session.database):
        while True:
            step = steps.send(answer)
            with session.database.begin(session.user, module_of(step)) as ctx:
                answer = step(ctx)
            if isinstance(answer, ImportState):
                sys.stdout.write(f"{answer.booked_rows}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
