"""`erp-desktop` at head office: found a company, migrate, work until the parent is gone."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from erp_desktop.__main__ import main
from erp_desktop.core.session import sign_in
from erp_desktop.server import embedded
from erp_desktop.server.company import Founded
from tests.houses import House

pytestmark = pytest.mark.database

PLAN = """
name = "Comptoir du Sud"
name_ar = "متجر الجنوب"
country = "DZ"
identifiers = { NIF = "000030001234567" }

[administrator]
login = "founder"
name = "Founder"
password = "Correct-Horse-7"

[[branches]]
code = "BSK"
name = "Biskra"
name_ar = "بسكرة"
"""


@pytest.fixture
def empty_database(server: embedded.Embedded, template: Founded) -> Iterator[str]:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("create database southern")
        yield server.dsn("southern")
        connection.execute("drop database southern with (force)")
        connection.execute("drop role if exists founder")
        # Roles belong to the whole server: the founding gave the worker another password.
        password = sql.Literal(template.worker_password)
        connection.execute(sql.SQL("alter role erp_worker password {}").format(password))


def test_init_founds_a_company_whose_administrator_can_sign_in(
    server: embedded.Embedded,
    empty_database: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plan = tmp_path / "company.toml"
    plan.write_text(PLAN, encoding="utf-8")

    assert main(["init", "--dsn", empty_database, str(plan)]) == 0
    assert main(["migrate", "--dsn", empty_database]) == 0

    assert "The administrator is founder" in capsys.readouterr().out
    session = sign_in(server.dsn("southern", "founder", "Correct-Horse-7"))
    session.database.close()
    assert session.company["name_ar"] == "متجر الجنوب"
    assert [branch.code for branch in session.user.branches] == ["BSK"]


def test_an_attached_worker_ends_when_its_parent_is_gone(house: House) -> None:
    dsn = house.dsn("erp_worker", house.founded.worker_password)
    worker = subprocess.Popen(
        [sys.executable, "-m", "erp_desktop", "worker", "--attached"],
        env=os.environ | {"ERP_DSN": dsn},
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    while not house.value("select count(*) from jobs.procrastinate_workers"):
        assert worker.poll() is None
        time.sleep(0.1)

    worker.communicate(timeout=30)

    assert worker.returncode is not None
    assert house.value("select count(*) from jobs.procrastinate_workers") == 0
