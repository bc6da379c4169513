"""How long until the sign-in window is on the screen, against a bare QMainWindow.

Each start is a process of its own, by turns, timed from its birth to its end: both pay alike for
Python and Qt.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.harness import Contest, Result, compare, report

_ROOT = Path(__file__).resolve().parents[2]

# Both end once their window has been painted.
_PAINTED = """
def show(window, application):
    window.show()
    application.processEvents()
    window.grab()
"""

_BARE = f"""
from PySide6.QtWidgets import QApplication, QMainWindow
{_PAINTED}
application = QApplication([])
show(QMainWindow(), application)
"""

_OURS = f"""
from erp_desktop.app import Program, make_application
from erp_desktop.settings import load_settings
{_PAINTED}
settings = load_settings()
application = make_application(settings)
show(Program(settings).login, application)
import sys
heavy = {{"sqlalchemy", "psycopg", "pydantic", "babel", "reportlab", "qtawesome", "keyring"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


def start(program: str, environment: dict[str, str]) -> None:
    """Start a process, let it show its window, and wait for its end."""
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=_ROOT,
        env=environment,
        check=True,
        stderr=subprocess.DEVNULL,
    )


def measure() -> list[Result]:
    """Start both by turns; the limit is three times."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "ERP_CONFIG": home,
            "ERP_DATA": home,
            "ERP_LANGUAGE": "ar",
        }
        contest = Contest(
            ours=lambda _round: start(_OURS, environment),
            bare=lambda _round: start(_BARE, environment),
        )
        return [compare("sign-in window, cold", contest, rounds=15, limit=3, warm_up=2)]


if __name__ == "__main__":
    sys.exit(report(measure()))
