"""What a user may be allowed to do with parties."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    VIEW_PARTIES = "parties.party.view"
    EDIT_PARTIES = "parties.party.edit"
    IMPORT_PARTIES = "parties.party.import"
    MERGE_PARTIES = "parties.party.merge"
    EDIT_CREDIT = "parties.credit.edit"
