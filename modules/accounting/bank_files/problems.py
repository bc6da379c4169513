"""What can be wrong with a bank's file, in sentences that name the cure."""

from erp_desktop.core.i18n import N_
from erp_desktop.imports.problems import What

FILE_EMPTY = What(
    "file_empty", N_("There is no statement in this file. Download it from the bank again.")
)
RECORD_UNKNOWN = What(
    "record_unknown",
    N_("This row is no record of a CFONB120 file. Choose the right format, or remove the row."),
)
RECORD_ASTRAY = What(
    "record_astray",
    N_("This row belongs to no statement: rows are missing. Download the file again."),
)
AMOUNT_UNREADABLE = What(
    "amount_unreadable", N_("This is no amount of a CFONB120 file. Download the file again.")
)
DATE_UNREADABLE = What(
    "date_unreadable", N_("This is no date of the form DDMMYY. Download the file again.")
)
BALANCE_WRONG = What(
    "balance_wrong",
    N_("The lines lead to {expected}, not to this balance. Lines are missing: download it again."),
)
CLOSING_MISSING = What(
    "closing_missing", N_("The file ends before the new balance. Download the file again.")
)
XML_BROKEN = What(
    "xml_broken", N_("From here on the file is no sound XML. Download it from the bank again.")
)
XML_DOCTYPE = What(
    "xml_doctype", N_("A bank's file has no DOCTYPE. Ask the bank for a CAMT.053 file.")
)
FIELD_MISSING = What(
    "field_missing", N_("{field} is missing or empty here. Download the file again.")
)
FIELD_UNREADABLE = What(
    "field_unreadable", N_("{field} cannot be read here. Download the file again.")
)
OFX_BROKEN = What(
    "ofx_broken", N_("From here on the file is no sound OFX. Download it from the bank again.")
)
