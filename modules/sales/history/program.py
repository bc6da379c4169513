"""`erp-desktop import-history FILE`: the history of a shop from a terminal."""

import argparse
import json
import os
from collections.abc import Sequence
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from erp_desktop.core.context import Branch
from erp_desktop.core.i18n import N_, _
from erp_desktop.core.money import CURRENCIES
from erp_desktop.core.session import Session, sign_in
from erp_desktop.plugins.roles import module_of
from modules.sales.errors import BranchUnknownError
from modules.sales.history.booking import ImportState, booking, get_setting, list_losses
from modules.sales.history.census import compare
from modules.sales.history.cover import USUAL_SHARE
from modules.sales.history.history import History, read_history
from modules.sales.history.ids import import_id
from modules.sales.history.job import Job, Options
from modules.sales.history.losses import write_rejected
from modules.sales.history.report import holdings, intentions, outcome
from modules.sales.history.terminal import ProgressLine, say_facts, tell


def main(arguments: Sequence[str]) -> int:
    """Run the program; return the exit code: 0 if every row is told and every figure agrees.

    Raises:
        UserError: The file, the server or the options are refused.
    """
    given = _parser().parse_args(arguments)
    history = read_history(given.file, progress=ProgressLine().show)
    say_facts(holdings(history))
    if given.rejected is not None:
        write_rejected(given.rejected, history.rejected)
    is_right = given.statistics is None or _agrees(history, given.statistics)
    if given.dsn:
        session = sign_in(given.dsn, workstation="import-history")
        with closing(session.database):
            is_right = _book(session, history, given) and is_right
    return int(not is_right)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="erp-desktop import-history", description=__doc__)
    parser.add_argument("file", type=Path, help="invoice lines: CSV, or CSV in xz, gzip or zip")
    parser.add_argument(
        "--dsn",
        default=os.environ.get("ERP_DSN", ""),
        help="libpq connection string of a user who may import (or ERP_DSN); the password better "
        "in PGPASSWORD or .pgpass; without it the file is only read",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be booked, no more")
    parser.add_argument("--branch", default="", help="code of the branch (default: the user's own)")
    parser.add_argument("--statistics", type=Path, help="JSON of figures that the file must have")
    parser.add_argument("--rejected", type=Path, help="write the rows that are not booked, as CSV")
    _add_options(parser)
    return parser


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tax-code", default="", help="of every line; its rate is 0 %% (default: the first such)"
    )
    parser.add_argument(
        "--rate",
        type=_amount,
        default=Decimal(1),
        help="what one unit of the file's currency is in the company's (default: 1)",
    )
    cover = parser.add_mutually_exclusive_group()
    cover.add_argument(
        "--cost-share",
        type=_amount,
        default=USUAL_SHARE,
        help="what goods are taken to have cost, as a share of their lowest price (default: 0.5)",
    )
    cover.add_argument(
        "--no-cover-stock",
        action="store_true",
        help="make no opening receipt: the stock goes below zero",
    )


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not (amount.is_finite() and 0 < amount < 10**6):
        message = f"{text} is no amount above zero"
        raise argparse.ArgumentTypeError(message)
    return amount


def _book(session: Session, history: History, given: argparse.Namespace) -> bool:
    first_on, last_on = history.days()
    setting = _run(session, get_setting, import_id(history.sha256), first_on, last_on)
    share = None if given.no_cover_stock else given.cost_share
    options = Options(given.tax_code or setting.usual_tax().code, given.rate, share)
    branch = _branch(session, given.branch)
    job = Job.of(history, options, branch.id, CURRENCIES[setting.currency])
    say_facts(intentions(job, setting.taxes))
    if given.dry_run:
        return True
    state = _book_all(session, job)
    say_facts(outcome(state, setting.currency, _run(session, list_losses, job.id)))
    return state.is_done


def _book_all(session: Session, job: Job) -> ImportState:
    steps, line = booking(job), ProgressLine()
    answer = None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration as end:
            finished: ImportState = end.value
            return finished
        answer = _run(session, step)
        if isinstance(answer, ImportState):
            line.show(answer.rows_done, answer.rows, _(N_("Booking…")))


def _run(session: Session, step: Any, /, *arguments: Any) -> Any:
    with session.database.begin(session.user, module_of(step)) as ctx:
        return step(ctx, *arguments)


def _branch(session: Session, code: str) -> Branch:
    branches = {branch.code: branch for branch in session.user.branches}
    if code and code not in branches:
        raise BranchUnknownError(code=code, known=", ".join(branches))
    return branches[code] if code else session.user.branch


def _agrees(history: History, path: Path) -> bool:
    """Hold the file against figures that somebody stated of it."""
    checks = compare(history.census, json.loads(path.read_text(encoding="utf-8")))
    wrong = [check for check in checks if not check.is_right]
    for check in wrong:
        tell(f"  {check.name}: {check.stated} ≠ {check.found}")
    told = _("{right} of {all} figures of {file} agree.")
    tell("  " + told.format(right=len(checks) - len(wrong), all=len(checks), file=path.name))
    return not wrong
