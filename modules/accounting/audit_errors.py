"""Why a package of the ledger is not verified."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class PackageUnreadableError(UserError):
    """A file that is no package, or a part of one."""

    code = "accounting.package_unreadable"
    message = N_(
        "{file} is no package of the ledger, or is not whole. Copy it again from where it was "
        "written."
    )
