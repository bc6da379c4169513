"""Why the workstation's own store, or signing in without a server, refuses."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class StoreInUseError(UserError):
    """A second copy of the program wants the same store."""

    message = N_("The program is already open on this computer. Close the other window first.")


class NotEnrolledError(UserError):
    """This computer is no workstation yet."""

    message = N_("This computer is not enrolled. Ask the administrator to enrol it at its branch.")


class AlreadyEnrolledError(UserError):
    """This computer is a workstation already."""

    message = N_("This computer is already enrolled as {name}. Open it under that name.")


class StoreKeyMissingError(UserError):
    """The key that opens the store is gone, or is another one."""

    message = N_(
        "The key of this workstation's store is missing or wrong ({place}). Nothing was changed. "
        "Unlock the computer's keyring and start again, or call the administrator."
    )


class StoreDamagedError(UserError):
    """A file of the store can no longer be read as it was written."""

    message = N_(
        "The file {file} is damaged; it is kept as {kept}. Do not delete it, and call the "
        "administrator: sales that were not sent yet may have to be rescued from it."
    )


class StoreTooNewError(UserError):
    """A newer version of the program has written this store."""

    message = N_("A newer version of the program was used here. Install that version again.")


class DiskFullError(UserError):
    """There was no room left; nothing was written."""

    message = N_("The disk of this computer is full. Nothing was kept. Free some space, try again.")


class DiskLowError(UserError):
    """There is too little room to begin a sale safely."""

    message = N_(
        "Only {megabytes} MB are free on this computer. Free some space before the next sale: "
        "delete files, or empty the recycle bin."
    )


class StillWaitingError(UserError):
    """Head office has not answered yet; the command stays in the journal."""

    message = N_(
        "Head office has not answered yet. Your request is kept and goes out by itself; "
        "the sync page will show the answer."
    )


class UnknownOfflineError(UserError):
    """A user who has never signed in online on this workstation."""

    message = N_("{login} has never signed in here. The first time needs the server.")


class WrongPasswordError(UserError):
    """The password does not fit, and there is no server to ask."""

    message = N_("Name or password is wrong. Check both and try again.")


class TooManyTriesError(UserError):
    """The password was wrong too often."""

    message = N_("The password was wrong too often. Wait until {until} and try again.")


class OfflineGrantExpiredError(UserError):
    """The last online sign-in is too long ago."""

    message = N_(
        "You last signed in online on {since}, too long ago. Sign in with the server once."
    )


class ClockBackError(UserError):
    """The computer's clock is before a time that has been."""

    message = N_("This computer's clock is wrong: it was {seen} already. Set the clock first.")
