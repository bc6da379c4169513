"""Why the client itself refuses; what PostgreSQL refuses is in `erp_desktop.core.refusals`."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class PasswordWeakError(UserError):
    """A password that is guessed at once; the server, which never sees it, cannot tell."""

    code = "core.password_weak"
    message = N_("A password has at least {least} characters and is not the login. Choose another.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "password", **details})
