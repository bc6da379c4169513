"""What can be wrong with a partner in a file, in sentences that name the cure."""

from erp_desktop.core.i18n import N_
from erp_desktop.imports.problems import What
from modules.parties.errors import IdentifierImpossibleError

NAME_MISSING = What("name_missing", N_("There is no name. Type one, or let the code be the name."))
KIND_MISSING = What("kind_missing", N_("Say whether this is a customer, a supplier or both."))
CODE_TAKEN = What(
    "code_taken",
    N_("A partner with this code exists already. Choose to change it, or type another code."),
)
NUMBER_REPEATED = What(
    "number_repeated", N_("Row {row} has this tax number already. Keep one of the two.")
)
NUMBER_TAKEN = What(
    "number_taken",
    N_("This tax number belongs to partner {code}. Give the row that code, or correct the number."),
)
NUMBER_IMPOSSIBLE = What("number_impossible", IdentifierImpossibleError.message)
NUMBER_UNUSUAL = What(
    "number_unusual",
    N_("This is not written as usual. Compare it with the partner's papers."),
    is_doubt=True,
)
EMAIL_UNUSUAL = What(
    "email_unusual",
    N_("This does not look like an e-mail address; it is taken as it stands."),
    is_doubt=True,
)
REGION_UNKNOWN = What(
    "region_unknown",
    N_("This region is not in the list and is left empty. Write its name or its number."),
    is_doubt=True,
)
COUNTRY_UNKNOWN = What(
    "country_unknown", N_("This country is not known. Write its name or its two letters.")
)
