"""Questions an administrator asks. Nothing here changes anything."""

from erp_desktop.core.administration.selectors.audit import (
    AuditFilter,
    AuditRow,
    ChangeDetails,
    IncidentRow,
    get_change,
    list_changes,
    list_incidents,
)
from erp_desktop.core.administration.selectors.pages import PAGE_SIZE
from erp_desktop.core.administration.selectors.reviews import (
    CommandDetails,
    ReviewFilter,
    ReviewRow,
    get_command,
    list_reviews,
)
from erp_desktop.core.administration.selectors.users import (
    Choice,
    UserDetails,
    UserFilter,
    UserRow,
    UserSheet,
    get_user,
    list_users,
)
from erp_desktop.core.administration.selectors.workstations import (
    WorkstationRow,
    list_workstations,
)

__all__ = [
    "PAGE_SIZE",
    "AuditFilter",
    "AuditRow",
    "ChangeDetails",
    "Choice",
    "CommandDetails",
    "IncidentRow",
    "ReviewFilter",
    "ReviewRow",
    "UserDetails",
    "UserFilter",
    "UserRow",
    "UserSheet",
    "WorkstationRow",
    "get_change",
    "get_command",
    "get_user",
    "list_changes",
    "list_incidents",
    "list_reviews",
    "list_users",
    "list_workstations",
]
