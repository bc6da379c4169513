"""What can be wrong with a product in a file, in sentences that name the cure."""

from erp_desktop.core.i18n import N_
from erp_desktop.imports.problems import What

CODE_MISSING = What(
    "code_missing", N_("There is neither code nor barcode. Give the product one of them.")
)
CODE_REPEATED = What(
    "code_repeated",
    N_("Row {row} has this code already. Keep one of the two, or choose one product per code."),
)
CODE_TAKEN = What(
    "code_taken",
    N_("A product with this code exists already. Choose to change it, or type another code."),
)
NAME_MISSING = What("name_missing", N_("There is no name. Type one, or let the code be the name."))
BARCODE_UNREADABLE = What(
    "barcode_unreadable",
    N_("A barcode has up to 48 letters, digits and signs. Scan it into the file again."),
)
BARCODE_CHECK_DIGIT = What(
    "barcode_check_digit",
    N_("The last digit should be {digit}. Compare with the label; it is taken as it stands."),
    is_doubt=True,
)
BARCODE_REPEATED = What(
    "barcode_repeated",
    N_("Row {row} has this barcode already. Remove it from one of the two."),
)
BARCODE_TAKEN = What(
    "barcode_taken",
    N_("This barcode belongs to product {code}. Remove it here, or there before importing."),
)
PRICE_MISSING = What(
    "price_missing", N_("There is no price. Type one, or choose a price for all that have none.")
)
UNIT_MISSING = What(
    "unit_missing", N_("There is no unit. Type one, or choose one for all that have none.")
)
UNIT_UNKNOWN = What("unit_unknown", N_("This unit does not exist. Write one of these: {known}."))
TAX_MISSING = What(
    "tax_missing", N_("There is no tax. Type one, or choose one for all that have none.")
)
TAX_UNKNOWN = What("tax_unknown", N_("This tax does not exist. Write one of these: {known}."))
PACK_FACTOR_MISSING = What(
    "pack_factor_missing", N_("Say how many units are in the pack, or leave its columns empty.")
)
PACK_FACTOR_IMPOSSIBLE = What(
    "pack_factor_impossible",
    N_("A pack holds more than nothing. Correct how many units are in it."),
)
