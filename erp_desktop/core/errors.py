"""Refusals that a user can understand and act on, and where their sentences come from.

PostgreSQL refuses with a code (`core.refuse`) or by a named constraint; the gate answers with
the same codes. Each code and constraint has one class here or in a module's `errors.py`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from erp_desktop.core.i18n import N_, _

_BY_CODE: dict[str, "type[UserError]"] = {}
_BY_CONSTRAINT: dict[str, "type[UserError]"] = {}


class UserError(Exception):
    """Something the user can understand and act on; shown as it stands, never logged.

    Attributes:
        code: What PostgreSQL and the gate call this refusal.
        message: The sentence, marked `N_`, that names the cure; `{placeholders}` are details.
        constraints: Named constraints that mean the same refusal.
    """

    code: ClassVar[str] = ""
    message: ClassVar[str] = N_("This cannot be done.")
    constraints: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code or type(self).__name__)
        self.details = details

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.code:
            _claim(cls)
        for constraint in cls.constraints:
            _BY_CONSTRAINT[constraint] = cls

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self) -> str:
        """Say the refusal in the user's language."""
        try:
            return _(self.message).format(**self.details)
        except (KeyError, IndexError):
            return _(self.message)


def _claim(kind: type[UserError]) -> None:
    """Let `kind` say what its code means; two sentences for one code would be chance."""
    other = _BY_CODE.setdefault(kind.code, kind)
    if (other.__module__, other.__qualname__) != (kind.__module__, kind.__qualname__):
        message = f"{kind.code} has a sentence already: {other.__module__}.{other.__qualname__}"
        raise TypeError(message)


class UnknownRefusalError(UserError):
    """A refusal whose code this version of the program does not know."""

    message = N_("The server refused this ({code}). Update the program, or call the administrator.")


class NotAllowedError(UserError):
    """The user lacks a permission."""

    code = "core.not_permitted"
    message = N_("You may not do this ({permission}). Ask your administrator for the right.")


class StaleRecordError(UserError):
    """The record changed after the user read it."""

    code = "core.stale_record"
    message = N_("Somebody changed this meanwhile. Refresh and make your change again.")


class NotFoundError(UserError):
    """The record is not there, or not for this user."""

    code = "core.not_found"
    message = N_("This no longer exists, or belongs to another branch. Refresh the list.")


class OfflineError(UserError):
    """The server does not answer."""

    code = "core.offline"
    message = N_("The server does not answer. The till goes on; try this again once online.")


class BusyError(UserError):
    """A lock or a statement took too long."""

    code = "core.busy"
    message = N_("The server is busy with the same records. Wait a moment and try again.")


class CancelledError(UserError):
    """The user cancelled long work."""

    code = "core.cancelled"
    message = N_("Cancelled. Nothing was changed.")


class SignInRefusedError(UserError):
    """The server does not accept name or password."""

    code = "core.sign_in_refused"
    message = N_("Name or password is wrong. Check both; the administrator can set a new password.")


class ClientTooOldError(UserError):
    """The database needs a newer program."""

    code = "core.client_too_old"
    message = N_("The server needs version {minimum} of the program. Update this workstation.")


class ServerTooOldError(UserError):
    """The PostgreSQL server lacks security updates that we rely on."""

    code = "core.server_too_old"
    message = N_("PostgreSQL {version} lacks security updates. Ask the administrator to update it.")


class NotAnErpUserError(UserError):
    """A database login without a user of the ERP behind it."""

    code = "core.not_a_user"
    message = N_("This login is no active user. Ask the administrator to create or enable it.")


class OtherBranchError(UserError):
    """Data of a branch that the user may not see."""

    code = "core.other_branch"
    message = N_("This belongs to another branch. Ask the administrator for access to it.")


class InvalidValueError(UserError):
    """A field holds something that cannot be kept."""

    code = "core.invalid_value"
    message = N_("{field}: this value cannot be kept. {cure}")


def from_code(code: str, details: Mapping[str, Any]) -> UserError:
    """Return the refusal that `code` names; of a failed handler, the one behind its constraint."""
    kind = _BY_CONSTRAINT.get(details.get("constraint") or "") or _BY_CODE.get(code)
    if kind is None:
        return UnknownRefusalError(code=code, **{k: v for k, v in details.items() if k != "code"})
    return kind(**details)


def from_constraint(name: str) -> UserError | None:
    """Return the refusal behind a named constraint, if a user can cause it."""
    kind = _BY_CONSTRAINT.get(name)
    return kind() if kind else None
