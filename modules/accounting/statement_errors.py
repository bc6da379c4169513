"""Why a financial statement cannot be reckoned or kept."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class FormulaUnreadableError(UserError):
    """A word in a formula that means nothing."""

    code = "accounting.formula_unreadable"
    message = N_(
        "“{word}” in line {line} means nothing. Write the beginning of an account (41), D41 or C41"
        " for one side only, or #A01 for another line; a minus takes away."
    )


class FormulaCircularError(UserError):
    """Lines that add up each other."""

    code = "accounting.formula_circular"
    message = N_("Line {line} adds up itself. Take it out of its own sum.")


class FormulaLineUnknownError(UserError):
    """A sum of a line that is not there."""

    code = "accounting.formula_line_unknown"
    message = N_("Line {line} adds up #{other}, which does not exist. Correct the code.")


class StatementOfLawError(UserError):
    """A statement of the law that somebody would change."""

    code = "accounting.statement_of_law"
    message = N_("“{name}” is the statement that the law asks for. Copy it and change the copy.")
