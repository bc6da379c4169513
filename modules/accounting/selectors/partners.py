"""Rows that may name a partner."""

from erp_desktop.core.i18n import in_language


class OfPartner:
    """Something that belongs to a partner, perhaps; both names are empty without one."""

    __slots__ = ()
    party: str
    party_ar: str

    def party_named(self, language: str) -> str:
        """Return the partner's name in a language."""
        return in_language(language, self.party, self.party_ar)
