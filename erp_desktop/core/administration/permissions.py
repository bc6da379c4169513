"""What a user may be allowed to do with the house itself."""

from enum import StrEnum


class Permission(StrEnum):
    """A right of the core, as `core.permit` writes it."""

    VIEW_USERS = "core.user.view"
    MANAGE_USERS = "core.user.manage"
    APPOINT_ADMINISTRATORS = "core.administrator.appoint"
    ENROL_WORKSTATIONS = "core.workstation.enrol"
    VIEW_AUDIT = "core.audit.view"
    VIEW_REVIEWS = "core.review.view"
    RESOLVE_REVIEWS = "core.review.resolve"
    VERIFY_SIGNATURES = "core.signature.verify"
    RAISE_NOTIFICATIONS = "core.notification.raise"
    END_SESSIONS = "core.session.end"
