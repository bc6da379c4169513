"""Legal identifiers: which the law asks for, how they are written, and whether one can be right.

Which there are, and their patterns, come with the country packs (`accounting.law_values` of kind
`identifier`). Those with a check of their own are checked by python-stdnum, as PostgreSQL does by
`parties.is_possible`. What the law leaves in doubt is worth a look, and no reason to refuse.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from stdnum.dz import nif
from stdnum.exceptions import ValidationError
from stdnum.ma import ice
from stdnum.tn import mf

from erp_desktop.core.i18n import N_, Bilingual, _, current

_CHECKS: Mapping[str, ModuleType] = {"ma.ice": ice, "dz.nif": nif, "tn.mf": mf}
_SIGNS = re.compile(r"[\s./-]")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Direction marks come with what is copied from Arabic text.
_MARKS = re.compile("[\u200c-\u200f\u202a-\u202e\u2066-\u2069]")

# Tunisia: no text of law says how the letter follows from the digits, but nearly all known numbers
# agree (MAGHREB.md 9).
_LETTERS, _WEIGHTS = "ABCDEFGHJKLMNPQRSTVWXYZ", (7, 6, 5, 4, 3, 2, 1)

_HOW = {
    "ma.ice": N_("An ICE has 15 digits, the last two of which follow from the others."),
    "dz.nif": N_("An NIF has 15 digits, or 20 for a branch."),
    "tn.mf": N_("Write it like 1234567/A/B/C/000: seven digits, a key and the codes of the card."),
}
_IMPOSSIBLE = N_("This cannot be right. Compare it with the partner's papers.")
_UNUSUAL = N_("{identifier}: not the usual pattern. Compare it with the partner's papers.")
_KEY = N_("{identifier}: the letter after the digits should be {letter}. Compare it with the card.")


@dataclass(frozen=True, slots=True)
class IdentifierLaw(Bilingual):
    """An identifier as the law of a country has it.

    Attributes:
        code: Name under which a party keeps it, such as `NIF`.
        pattern: Regular expression of all of it; empty allows everything.
        check: The rule that it obeys besides: `ma.ice`, `dz.nif`, `tn.mf`, or none.
        doubt: Why the pattern may be wrong; empty if it is sure.
    """

    code: str
    name: str
    name_ar: str = ""
    pattern: str = ""
    check: str = ""
    doubt: str = ""


def squeezed(number: str) -> str:
    """Return an identifier without what only makes it readable: two writings of one are equal."""
    return _SIGNS.sub("", _plain(number)).upper()


def written(law: IdentifierLaw, number: str) -> str:
    """Return an identifier as its country writes it; one that cannot be right as it was typed."""
    plain = " ".join(_plain(number).split())
    kind = _CHECKS.get(law.check)
    if kind is None or not plain:
        return plain.upper()
    return str(kind.format(plain)) if kind.is_valid(plain) else plain


def is_possible(law: IdentifierLaw, number: str) -> bool:
    """Whether an identifier can be right; what the law leaves in doubt always can."""
    kind = _CHECKS.get(law.check)
    if kind is not None:
        try:
            kind.validate(_plain(number))
        except ValidationError:
            return False
        return True
    return bool(law.doubt) or _fits(law.pattern, number)


def what_is_wrong(law: IdentifierLaw, number: str) -> str:
    """Return why an identifier cannot be right and what to do, or nothing."""
    if not number or is_possible(law, number):
        return ""
    return _(_HOW.get(law.check, _IMPOSSIBLE))


def doubt_about(law: IdentifierLaw, number: str) -> str:
    """Return what is worth a look at an identifier that can be right, or nothing."""
    if not number or not is_possible(law, number):
        return ""
    words = current()
    name = words.isolate(law.named(words.language))
    if law.check == "tn.mf":
        digits, key = squeezed(str(mf.compact(_plain(number))))[:7], squeezed(number).lstrip("0")
        right = control_letter(digits)
        typed = next((sign for sign in key if sign.isalpha()), "")
        return "" if typed == right else _(_KEY).format(identifier=name, letter=right)
    if not law.check and not _fits(law.pattern, number):
        return _(_UNUSUAL).format(identifier=name)
    return ""


def control_letter(digits: str) -> str:
    """Return the letter that seven digits of a Tunisian matricule fiscal ask for."""
    total = sum(weight * int(d) for weight, d in zip(_WEIGHTS, digits, strict=True))
    return _LETTERS[total % len(_LETTERS)]


def _plain(number: str) -> str:
    return _MARKS.sub("", number).translate(_WESTERN).strip()


def _fits(pattern: str, number: str) -> bool:
    """Whether a number fits, written out or squeezed; an unreadable pattern forbids nothing."""
    if not pattern:
        return True
    try:
        rule = re.compile(pattern)
    except re.error:
        return True
    return any(rule.fullmatch(each) for each in (_plain(number), squeezed(number)))
