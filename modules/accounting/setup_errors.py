"""Why a template, a journal or a cost centre is refused."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class TemplateNameMissingError(UserError):
    """A template that nobody could find again."""

    code = "accounting.template_name_missing"
    message = N_("Give the template a name by which it is found again.")


class TemplateNameTakenError(UserError):
    """Two templates of one name in a branch."""

    code = "accounting.template_name_taken"
    message = N_("There is a template of this name in this branch already. Choose another name.")
    constraints = ("entry_templates_name_is_taken",)


class IntervalMissingError(UserError):
    """A template that posts itself at no time."""

    code = "accounting.interval_missing"
    message = N_("Say every how many months and from which day on, or let a person post it.")


class IntervalIncompleteError(UserError):
    """An interval without a first day, or the other way round."""

    code = "accounting.interval_incomplete"
    message = N_(
        "An interval needs its first day, and a first day its interval. Give both or none."
    )
    constraints = ("entry_templates_know_when",)


class NotDueError(UserError):
    """A template that was posted meanwhile, or comes no more."""

    code = "accounting.not_due"
    message = N_(
        "{name} is not due any more: it was posted meanwhile, or has ended. Refresh the list."
    )


class DueLaterError(UserError):
    """A template that falls due on a day to come."""

    code = "accounting.due_later"
    message = N_("{name} is due on {date}. Post it then, or use it now for an entry of its own.")


class JournalCodeTakenError(UserError):
    """A new journal with a code that another one has."""

    code = "accounting.journal_code_taken"
    message = N_("There is a journal {journal} already. Choose another code.")


class JournalCodeUnplainError(UserError):
    """A code that could not stand in a number."""

    code = "accounting.journal_code_unplain"
    message = N_("Choose a code of 2 to 6 capital letters and digits, such as BQ2.")


class CostCentreCodeUnplainError(UserError):
    """A code that could not be printed everywhere."""

    code = "accounting.cost_centre_code_unplain"
    message = N_("Choose a code of at most 12 capital letters, digits, _ and -.")
    constraints = ("cost_centres_code_is_plain",)
