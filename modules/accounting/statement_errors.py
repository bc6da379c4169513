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


class StatementUnnamedError(UserError):
    """A statement without a name."""

    code = "accounting.statement_unnamed"
    message = N_("Give the statement a name: it is chosen by it.")


class StatementCodeTakenError(UserError):
    """A new statement with the code of another one."""

    code = "accounting.statement_code_taken"
    message = N_("There is a statement {code} already. Choose another code.")


class StatementCodeUnplainError(UserError):
    """A code of a statement that is none."""

    code = "accounting.statement_code_unplain"
    message = N_("Choose a code of 2 to 30 small letters, digits and _, such as margins.")
    constraints = ("statements_code_is_plain",)


class StatementLineUnplainError(UserError):
    """A code of a line that is none."""

    code = "accounting.statement_line_unplain"
    message = N_(
        "The code “{line}” in row {place} cannot be used. Write up to 12 letters and digits,"
        " such as A01."
    )


class StatementLineTwiceError(UserError):
    """Two lines with one code."""

    code = "accounting.statement_line_twice"
    message = N_("Two lines have the code {line}. Give one of them another code.")


class StatementLineIncompleteError(UserError):
    """A line that lacks what its kind needs."""

    code = "accounting.statement_line_incomplete"
    message = N_(
        "Line {line} is incomplete. It needs a name, and a side where it has figures; a heading"
        " has no side."
    )


class StatementBudgetError(UserError):
    """A balance sheet beside a budget."""

    code = "accounting.statement_budget"
    message = N_(
        "A budget plans what moves in months, and this statement shows what stands at their end."
        " Compare it by year, by periods or by branches."
    )


class PeriodsOfTwoYearsError(UserError):
    """Months of two years side by side."""

    code = "accounting.periods_of_two_years"
    message = N_("Periods are compared within one year. Choose both months of the same year.")
