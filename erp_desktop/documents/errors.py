"""Why paper refuses."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class FontsMissingError(UserError):
    """This computer cannot draw one of the scripts we print."""

    code = "documents.fonts_missing"
    message = N_(
        "This computer has no font for {script}. Install “Noto Sans” and “Noto Sans Arabic” "
        "(Debian and Ubuntu: fonts-noto-core), then print again."
    )


class FileNameError(UserError):
    """A name that leads out of the folder where the file belongs."""

    code = "documents.file_name"
    message = N_("“{name}” is no name for a file here. Choose another name, without a folder.")


class PrintFailedError(UserError):
    """A printer did not take a document."""

    code = "documents.print_failed"
    message = N_("“{name}” was not printed: {reason}. Check the printer, then print it again.")


class PrinterUnreachableError(UserError):
    """A printer on the network that is off, or elsewhere."""

    code = "documents.printer_unreachable"
    message = N_(
        "“{name}” was not printed: no printer answers at {place}. Check its cable and its address, "
        "then print it again."
    )


class NoPrinterError(UserError):
    """This computer offers no way to print."""

    code = "documents.no_printer"
    message = N_("No printer is set up on this computer. Add one in its settings, then try again.")


class PrintInterruptedError(UserError):
    """The program stopped while a document was on its way to the printer."""

    code = "documents.print_interrupted"
    message = N_(
        "The program stopped while printing this. See whether the paper came out; "
        "then print it again or set it aside."
    )


class PrintCutError(UserError):
    """The line to a printer broke after some of a document had gone through."""

    code = "documents.print_cut"
    message = N_(
        "The line to the printer broke while “{name}” was being printed. See whether the paper "
        "came out; then print it again or set it aside."
    )


class NoOutletError(UserError):
    """Nobody has said where documents of this kind come out."""

    code = "documents.no_outlet"
    message = N_(
        "“{name}” was not printed: this workstation prints no documents of this kind. "
        "Choose a printer for them on the page “Printers”."
    )


class PictureError(UserError):
    """A logo that cannot be drawn."""

    code = "documents.picture"
    message = N_("This picture cannot be read. Choose a PNG or JPEG file.")


class PlaceMissingError(UserError):
    """A printer that nobody could find."""

    code = "documents.place_missing"
    message = N_(
        "Fill in “{field}”: a folder, the name of a printer, or an address such as "
        "192.168.1.50:9100."
    )
