"""What is wrong with a cash session."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class SessionMissingError(UserError):
    """A sale before the drawer was counted."""

    code = "till.session_missing"
    message = N_("The cash session is not open yet. Count the float and open it first.")


class SessionOpenError(UserError):
    """A second session on the same till."""

    code = "till.session_is_open"
    message = N_("A cash session is open on this till already. Close it first.")


class SessionNotOpenError(UserError):
    """Flag: what was done at the till belongs to no open session."""

    code = "till.session_not_open"
    message = N_(
        "{number} belongs to no open cash session of its till. Compare it with the report of the "
        "session that it was done in."
    )


class SessionLeftOpenError(UserError):
    """Flag: the session before was never closed."""

    code = "till.session_left_open"
    message = N_(
        "Session {session} was never closed. Count what belongs to it and note the result."
    )


class ExpectedDiffersError(UserError):
    """Flag: the till expected other amounts than head office."""

    code = "till.expected_differs"
    message = N_(
        "The till that closed session {session} expected other amounts than head office. Compare "
        "its tickets with the sync page of that till."
    )


class DifferenceAboveLimitError(UserError):
    """More is missing, or too much, than the user may close with alone."""

    code = "till.difference_above_limit"
    message = N_(
        "Session {session} was closed with a difference of {difference}; the limit of its cashier "
        "is {limit}. Count again, or note what happened."
    )
