"""Why lines are not matched, or not taken apart."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class MatchMixedError(UserError):
    """Lines of several accounts or parties, or one line twice."""

    code = "accounting.match_mixed"
    message = N_("Only lines of one account and one partner settle each other. Mark others.")


class MatchOneSidedError(UserError):
    """Debits without credits, or the other way round."""

    code = "accounting.match_one_sided"
    message = N_("Mark at least one debit and one credit, then match them.")


class MatchLineUnknownError(UserError):
    """A line that is not there, of another branch, or of an account that is not matched."""

    code = "accounting.match_line_unknown"
    message = N_(
        "One of the lines cannot be matched: it names no partner, or is not of your branches. "
        "Refresh the list, then mark again."
    )


class MatchTooMuchError(UserError):
    """More than a line has open."""

    code = "accounting.match_too_much"
    message = N_(
        "{number} has only {open} open, not {amount}. Somebody may have matched it meanwhile: "
        "refresh the list, then mark again."
    )


class MatchedMeanwhileError(UserError):
    """More than a line has open, seen by the table itself."""

    code = "accounting.matched_meanwhile"
    message = N_("Somebody matched one of these lines meanwhile. Refresh the list, then try again.")
    constraints = ("matched_lines_never_beyond_what_is_open",)


class BeyondToleranceError(UserError):
    """A remainder that is too large to be written off."""

    code = "accounting.beyond_tolerance"
    message = N_(
        "{rest} is left, and at most {most} may be written off. Match in part, mark what is "
        "missing, or raise the tolerance."
    )


class ToleranceImpossibleError(UserError):
    """A tolerance below zero, too large, or finer than the currency."""

    code = "accounting.tolerance_impossible"
    message = N_(
        "The tolerance is between 0 and 10,000, without smaller parts than the currency has. "
        "Correct it."
    )
    constraints = ("matching_settings_tolerance_is_small",)


class MatchUndoneAlreadyError(UserError):
    """Nothing is there to be taken back."""

    code = "accounting.match_undone_already"
    message = N_("These lines are not matched any more. Refresh the list.")


class MatchOfDocumentError(UserError):
    """A match that says what a document of another module says."""

    code = "accounting.match_of_document"
    message = N_(
        "A payment, credit note or transfer order settled this invoice. Take that back on its own "
        "page; the ledger follows."
    )
