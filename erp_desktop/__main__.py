"""`erp-desktop`: without a word it opens the window; with one it serves head office or the demo."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

# Only what every way in needs is imported here: the sign-in window must be quick to appear.
from erp_desktop import __version__

G = TypeVar("G")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    given = [*(sys.argv[1:] if arguments is None else arguments)]
    parser, words = _parser()
    if given and given[0] not in words.choices:
        # Only now: the window must not wait for what modules add to the command line.
        programs = _programs()
        if given[0] in programs:
            return _refusing(programs[given[0]])(given[1:])
        for word in programs:
            words.add_parser(word, help=programs[word].title, add_help=False)
    chosen = parser.parse_args(given)
    return int(chosen.run(chosen) or 0)


def _parser() -> (
    "tuple[argparse.ArgumentParser, argparse._SubParsersAction[argparse.ArgumentParser]]"
):
    parser = argparse.ArgumentParser(prog="erp-desktop", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(run=_window)
    words = parser.add_subparsers(title="words")
    _add_demo(words)
    _add_head_office(words)
    return parser, words


class _Program:
    """A word that a module adds; called with the arguments behind it, in the user's language."""

    def __init__(self, title: str, run: str) -> None:
        self.title = title
        self._run = run

    def __call__(self, arguments: Sequence[str]) -> int:
        from erp_desktop.core.i18n import speaking  # noqa: PLC0415
        from erp_desktop.plugins.resolving import resolve  # noqa: PLC0415
        from erp_desktop.settings import load_settings  # noqa: PLC0415

        with speaking(load_settings().language):
            return int(resolve(self._run)(arguments))


def _programs() -> dict[str, _Program]:
    from erp_desktop.plugins.finding import find_modules  # noqa: PLC0415

    modules = find_modules()
    modules.prepare()
    return {entry.word: _Program(entry.title, entry.run) for _module, entry in modules.programs()}


def _add_demo(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = words.add_parser("demo", help="try the program on an embedded PostgreSQL")
    demo.add_argument("--guided", action="store_true", help="let the program show itself")
    demo.add_argument(
        "--no-pictures",
        dest="takes_pictures",
        action="store_false",
        help="only the papers and the figures of the guided day",
    )
    demo.add_argument("--output", type=Path, default=Path("demo-output"))
    demo.add_argument(
        "--country",
        type=str.lower,
        choices=("dz", "ma", "tn"),
        default="dz",
        help="where the company of the demo works (default: dz)",
    )
    demo.set_defaults(run=_demo)


def _add_head_office(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    dsn = argparse.ArgumentParser(add_help=False)
    dsn.add_argument(
        "--dsn",
        default=os.environ.get("ERP_DSN", ""),
        help="libpq connection string (or ERP_DSN); the password better in PGPASSWORD or .pgpass",
    )
    migrate = words.add_parser("migrate", parents=[dsn], help="bring a database up to date")
    migrate.set_defaults(run=_refusing(_migrate))
    init = words.add_parser("init", parents=[dsn], help="found a company, from a TOML file")
    init.add_argument("plan", type=Path, help="company, branches and first administrator")
    init.set_defaults(run=_refusing(_init))
    worker = words.add_parser("worker", parents=[dsn], help="deliver events, repeat what is due")
    worker.add_argument(
        "--attached", action="store_true", help="stop when the standard input is closed"
    )
    worker.set_defaults(run=_worker)


def _refusing(deed: Callable[[G], int | None]) -> Callable[[G], int]:
    """Let a deed end with one sentence where it is refused, never with a traceback."""

    def run(given: G) -> int:
        from erp_desktop.core.database import translated  # noqa: PLC0415
        from erp_desktop.core.errors import UserError  # noqa: PLC0415
        from erp_desktop.core.i18n import speaking  # noqa: PLC0415
        from erp_desktop.settings import load_settings  # noqa: PLC0415

        try:
            with translated():
                return int(deed(given) or 0)
        except UserError as refusal:
            with speaking(load_settings().language):
                sys.stderr.write(f"{refusal}\n")
            return 1

    return run


def _window(_given: argparse.Namespace) -> int:
    from erp_desktop.app import run  # noqa: PLC0415

    return run()


def _demo(given: argparse.Namespace) -> int:
    from erp_desktop.demo.run import run_demo  # noqa: PLC0415

    return run_demo(
        given.output.absolute(),
        guided=given.guided,
        country=given.country,
        takes_pictures=given.takes_pictures,
    )


def _migrate(given: argparse.Namespace) -> None:
    from erp_desktop.server.company import refresh_pack  # noqa: PLC0415
    from erp_desktop.server.migrate import migrate  # noqa: PLC0415

    migrate(given.dsn, say=_say)
    for left in refresh_pack(given.dsn):
        _say(f"Left as the accountant has it: {left.kind} {left.code} from {left.valid_from}")


def _init(given: argparse.Namespace) -> None:
    from erp_desktop.server.company import found  # noqa: PLC0415
    from erp_desktop.server.migrate import migrate  # noqa: PLC0415
    from erp_desktop.server.plan import read_plan  # noqa: PLC0415

    plan = read_plan(given.plan)
    migrate(given.dsn, say=_say)
    founded = found(given.dsn, plan)
    _say(f"Founded {plan.name}. The administrator is {plan.admin_login}.")
    _say(f"Start the worker with user erp_worker, password {founded.worker_password}")


def _worker(given: argparse.Namespace) -> None:
    import logging  # noqa: PLC0415

    from erp_desktop.plugins.finding import find_modules  # noqa: PLC0415
    from erp_desktop.server.worker import run_worker  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if given.attached:
        _stop_with_parent()
    run_worker(given.dsn, find_modules())


def _stop_with_parent() -> None:
    """Stop this process, as Ctrl+C would, when whoever holds its standard input is gone."""
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415

    def wait() -> None:
        sys.stdin.read()
        signal.raise_signal(signal.SIGINT)

    threading.Thread(target=wait, daemon=True).start()


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
