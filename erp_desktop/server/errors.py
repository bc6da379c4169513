"""Why a company cannot be founded, each with its cure."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class PlanUnreadableError(UserError):
    """The file of the company is not there, or is no text."""

    message = N_("{file} cannot be read. Give the path of the file that describes the company.")


class PlanBrokenError(UserError):
    """The file of the company is no TOML."""

    message = N_("{file} is not written in TOML ({reason}). Correct that line and try again.")


class PlanIncompleteError(UserError):
    """Something that founding needs is not in the file, or is not what it should be."""

    message = N_("{file} lacks {name}, or has it in a wrong form. Write it like: {example}")


class PasswordMissingError(UserError):
    """Nobody said how the first administrator signs in."""

    message = N_(
        "The administrator needs a password. Write it into {file}, or set ERP_ADMIN_PASSWORD."
    )


class CountryUnknownError(UserError):
    """There is no country pack for the company."""

    message = N_("There is no country pack for {country}. Choose one of {known}.")


class CompanyExistsError(UserError):
    """The database has a company already."""

    constraints = ("company_only_one_key",)
    message = N_("This database has a company already. Choose an empty database for another one.")


class BranchCodeWrongError(UserError):
    """A branch's code cannot be part of the numbers of documents."""

    constraints = ("branches_code_is_short_and_upper_case",)
    message = N_("Give each branch a code of 2 to 6 capital letters or digits, such as ALG.")


class BranchCodeTakenError(UserError):
    """Two branches have one code."""

    constraints = ("branches_code_is_taken",)
    message = N_("Two branches have the same code. Give each of them a code of its own.")
