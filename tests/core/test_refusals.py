"""Refusals in words: by their code, or by the constraint that a handler ran into."""

from erp_desktop.core.errors import UserError, from_code
from erp_desktop.core.i18n import N_


class _TakenError(UserError):
    code = "tests.taken"
    message = N_("It is there already. Look for it in the list.")
    constraints = ("things_are_there_once",)


def test_a_handler_that_ran_into_a_constraint_is_told_by_what_the_constraint_means() -> None:
    details = {
        "sqlstate": "23505",
        "problem": "duplicate key",
        "constraint": "things_are_there_once",
    }

    told = from_code("core.handler_failed", details)

    assert isinstance(told, _TakenError)
    assert told.sentence() == "It is there already. Look for it in the list."


def test_any_other_handler_that_failed_says_what_went_wrong() -> None:
    told = from_code("core.handler_failed", {"problem": "division by zero", "constraint": ""})

    assert "division by zero" in told.sentence()
