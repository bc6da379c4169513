"""Why a file is refused as a whole, and what to do about it."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class FileGoneError(UserError):
    """A file that is not there."""

    code = "imports.file_gone"
    message = N_("{file} is no longer there. Choose it again.")


class FileIsFolderError(UserError):
    """A folder instead of a file."""

    code = "imports.file_is_folder"
    message = N_("{file} is a folder. Choose a file in it.")


class FileForbiddenError(UserError):
    """A file that this user may not read, or that another program holds."""

    code = "imports.file_forbidden"
    message = N_(
        "{file} cannot be opened. Close it in other programs, or copy it to a folder of your own."
    )


class FileEmptyError(UserError):
    """A file, or a sheet, without anything in it."""

    code = "imports.file_empty"
    message = N_("{file} is empty. Choose another file or sheet, with headings in the first row.")


class FileNoTableError(UserError):
    """A file of another kind, whatever its name says."""

    code = "imports.file_no_table"
    message = N_(
        "{file} holds no table that could be read: it is {what}. Save it as XLSX or CSV and choose "
        "that file."
    )


class FileDamagedError(UserError):
    """A file that breaks off, or was changed on its way."""

    code = "imports.file_damaged"
    message = N_("{file} is damaged or incomplete. Copy or download it again.")


class FileProtectedError(UserError):
    """A spreadsheet that opens with a password only."""

    code = "imports.file_protected"
    message = N_(
        "{file} is protected by a password. Open it in your spreadsheet program, save it without "
        "password, and choose it again."
    )


class FileTooLargeError(UserError):
    """A file that would fill the memory."""

    code = "imports.file_too_large"
    message = N_("{file} is too large. Split it into files of less than {limit} MB.")


class TooManyRowsError(UserError):
    """A file with more rows than one import takes."""

    code = "imports.too_many_rows"
    message = N_("{file} has too many rows. Split it into files of up to {limit} rows.")


class QuoteOpenError(UserError):
    """A quotation mark in a CSV file that is never closed."""

    code = "imports.quote_open"
    message = N_(
        "{file}: a quotation mark from row {row} on is never closed. Close or remove it, or save "
        "the file as XLSX."
    )


class DiskFullError(UserError):
    """No room for a file that is written."""

    code = "imports.disk_full"
    message = N_("There is no room for {file}. Make room on the disk, or choose another folder.")


class FileNotWrittenError(UserError):
    """A file that this user may not write, or that another program holds."""

    code = "imports.file_not_written"
    message = N_("{file} cannot be written. Close it in other programs, or choose another folder.")
