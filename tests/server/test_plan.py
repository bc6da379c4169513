"""The file that describes a company: read as it is meant, or refused with one clear sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from erp_desktop.__main__ import main
from erp_desktop.core.errors import UserError
from erp_desktop.server.errors import (
    CountryUnknownError,
    PasswordMissingError,
    PlanBrokenError,
    PlanIncompleteError,
    PlanUnreadableError,
)
from erp_desktop.server.plan import read_plan

PLAN = """
name = "Comptoir du Sud"
country = "dz"
year = 2026

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
def plan(tmp_path: Path) -> Path:
    """A file that is right; tests spoil it."""
    path = tmp_path / "company.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def spoil(path: Path, right: str, wrong: str) -> None:
    """Replace something that is in the plan."""
    assert right in PLAN
    path.write_text(PLAN.replace(right, wrong), encoding="utf-8")


def test_a_plan_says_who_is_founded(plan: Path) -> None:
    draft = read_plan(plan)

    assert (draft.name, draft.country, draft.year, draft.admin_login) == (
        "Comptoir du Sud",
        "DZ",
        2026,
        "founder",
    )
    assert [(b.code, b.name, b.name_ar) for b in draft.branches] == [("BSK", "Biskra", "بسكرة")]


def test_the_password_may_be_left_to_the_environment(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(plan, 'password = "Correct-Horse-7"', "")
    monkeypatch.setenv("ERP_ADMIN_PASSWORD", "Correct-Horse-8")

    assert read_plan(plan).admin_password == "Correct-Horse-8"


@pytest.mark.parametrize(
    ("right", "wrong", "refusal", "says"),
    [
        ('name = "Comptoir du Sud"', "", PlanIncompleteError, 'lacks name.*name = "Atlas'),
        ('"Comptoir du Sud"', '" "', PlanIncompleteError, "lacks name"),
        ('"Comptoir du Sud"', "7", PlanIncompleteError, "lacks name"),
        ('country = "dz"', "", PlanIncompleteError, 'lacks country.*country = "DZ"'),
        ('"dz"', '"fr"', CountryUnknownError, "no country pack for FR.*DZ, MA, TN"),
        ("year = 2026", 'year = "2026"', PlanIncompleteError, "lacks year.*year = 2026"),
        ("[administrator]", "[boss]", PlanIncompleteError, "lacks administrator,"),
        ('login = "founder"', "", PlanIncompleteError, r"lacks administrator\.login"),
        ('password = "Correct-Horse-7"', "", PasswordMissingError, "ERP_ADMIN_PASSWORD"),
        ("[[branches]]", "[[offices]]", PlanIncompleteError, "lacks branches,"),
        ("[[branches]]", "[branches]", PlanIncompleteError, "lacks branches,"),
        ('code = "BSK"', "", PlanIncompleteError, r"lacks branches\.code"),
        ('name_ar = "بسكرة"', "name_ar = 1", PlanIncompleteError, r"lacks branches\.name_ar"),
        ('name = "Founder"', 'name = "Founder', PlanBrokenError, "not written in TOML.*line 8"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_in_one_sentence(
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    right: str,
    wrong: str,
    refusal: type[UserError],
    says: str,
) -> None:
    monkeypatch.delenv("ERP_ADMIN_PASSWORD", raising=False)
    spoil(plan, right, wrong)

    with pytest.raises(refusal, match=says):
        read_plan(plan)


def test_a_file_that_is_not_there_or_no_text_cannot_be_read(tmp_path: Path) -> None:
    garbage = tmp_path / "company.toml"
    garbage.write_bytes(b"\xff\xfe\x00")

    for path in (tmp_path / "nothing.toml", tmp_path, garbage):
        with pytest.raises(PlanUnreadableError, match="cannot be read"):
            read_plan(path)


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "Aucun pack de pays pour FR"), ("ar", "لا توجد حزمة بلد"), ("en", "no country pack")],
)
def test_init_stops_with_the_sentence_in_the_users_language(
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    says: str,
) -> None:
    monkeypatch.setenv("ERP_LANGUAGE", language)
    spoil(plan, '"dz"', '"fr"')

    code = main(["init", "--dsn", "host=nowhere.invalid", str(plan)])

    assert code == 1
    assert says in capsys.readouterr().err


def test_init_prints_no_traceback_when_the_server_does_not_answer(plan: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "erp_desktop", "init", "--dsn", "host=127.0.0.1 port=1", str(plan)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
