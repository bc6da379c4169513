"""What the gate and the administration of users refuse or flag, in sentences that name the cure."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class HandlerFailedError(UserError):
    """A fact that could not be booked; it is kept."""

    code = "core.handler_failed"
    message = N_(
        "This is recorded but could not be booked ({problem}). Mend the cause, then book it again "
        "from the review list."
    )


class UnreadableCommandError(UserError):
    """A command that says nothing."""

    code = "core.unreadable"
    message = N_("A command could not be read. Update the program on the workstation that sent it.")


class UnknownCommandError(UserError):
    """A command that this server does not know."""

    code = "core.unknown_command"
    message = N_("The server does not know {name}. Ask the administrator to update the server.")


class BatchTooLargeError(UserError):
    """More commands at once than the gate takes."""

    code = "core.batch_too_large"
    message = N_("Too much was sent at once. Update the program on this workstation.")


class AlteredCommandError(UserError):
    """A command whose seal does not fit its text."""

    code = "core.altered"
    message = N_("This command was altered on its way. Tell the administrator: nothing was booked.")


class ReusedIdError(UserError):
    """Other content under an id that is known."""

    code = "core.id_reused"
    message = N_("Something else was sent under the same id. Tell the administrator about it.")


class OtherWorkstationError(UserError):
    """A command of another workstation, or of one that was shut out."""

    code = "core.other_workstation"
    message = N_(
        "This journal belongs to another workstation, or this one was shut out. "
        "Ask the administrator to enrol this computer again."
    )


class NotYouError(UserError):
    """A command in somebody else's name."""

    code = "core.not_you"
    message = N_("This was sent in somebody else's name. Sign in as yourself and do it again.")


class UnknownActorError(UserError):
    """A command by somebody who is no user."""

    code = "core.unknown_actor"
    message = N_("{login} is no user of the ERP. Find out who worked there, and note it here.")


class BadSignatureError(UserError):
    """A command that its author did not sign."""

    code = "core.bad_signature"
    message = N_("{login} did not sign this. Ask them, and look at the workstation it came from.")


class SequenceGapError(UserError):
    """A workstation's journal has a hole."""

    code = "core.sequence_gap"
    message = N_(
        "The journal jumps from {expected} to {seq}. What is missing may still be on the "
        "workstation: open its sync page."
    )


class ChainBrokenError(UserError):
    """A command that does not follow the one before."""

    code = "core.chain_broken"
    message = N_(
        "Command {seq} does not follow the one before it. The journal may have been put back: "
        "compare the last tickets with the paper."
    )


class SequenceForkError(UserError):
    """Two commands with one number."""

    code = "core.sequence_fork"
    message = N_(
        "Two commands have the number {seq}. The workstation may have been copied: "
        "enrol one of them again."
    )


class SequenceLateError(UserError):
    """A command that came after its successors."""

    code = "core.sequence_late"
    message = N_(
        "Command {seq} came late. Compare it with the paper if the day was already counted."
    )


class ClockDoubtfulError(UserError):
    """A workstation's clock that cannot be right."""

    code = "core.clock_doubtful"
    message = N_("The workstation's clock said {at}, so today's date was taken. Set its clock.")


class AppendOnlyError(UserError):
    """What is posted stays as it is."""

    code = "core.append_only"
    message = N_("What is posted never changes. Correct it with another entry ({relation}).")


class LoginUnusableError(UserError):
    """A login that is no plain word."""

    code = "core.login_unusable"
    message = N_("Choose a login of 3 to 31 small letters, digits and _, beginning with a letter.")
    constraints = ("users_login_is_a_plain_word",)


class LoginTakenError(UserError):
    """A login that somebody has."""

    code = "core.login_taken"
    message = N_("This login is taken. Choose another one.")
    constraints = ("users_login_is_taken", "workstations_login_is_taken")


class PasswordInClearError(UserError):
    """A new user without a password, or one that is not hidden."""

    code = "core.password_in_clear"
    message = N_("Give the user a password. It leaves this computer only as a verifier.")


class RoleUnknownError(UserError):
    """A role that does not exist, or that nobody may give."""

    code = "core.unknown_role"
    message = N_("This role cannot be given. Choose among those in the list.")


class UserNeedsBranchAndRoleError(UserError):
    """A user who could do nothing anywhere."""

    code = "core.user_needs_branch_and_role"
    message = N_("Choose at least one branch and one role for this user.")


class NotYourselfError(UserError):
    """Rights that somebody gives themselves."""

    code = "core.not_yourself"
    message = N_("Nobody changes their own rights. Ask another administrator to do it.")
