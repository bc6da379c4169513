"""Reminders on paper. Pure."""

from collections.abc import Sequence

from erp_desktop.core.i18n import words
from erp_desktop.documents.invoice.paper import Identifier, PaperLanguage, PaperParty, Worded
from erp_desktop.documents.invoice.voice import Voice
from erp_desktop.documents.letter import Claim, Letter, render_letters
from modules.accounting.selectors import LetterSheet


def letters_pdf(sheets: Sequence[LetterSheet], language: PaperLanguage) -> bytes:
    """Return letters as one PDF in Arabic, in French, or in both.

    Args:
        sheets: At least one.
        language: `ar+fr` has French at the left, Arabic at the right.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    first = sheets[0]
    spoken = ("fr", "ar") if language == "ar+fr" else (language,)
    speech = [words(each, first.writer.country) for each in spoken]
    voice = Voice(speech[0], speech[1] if len(speech) > 1 else None, first.currency)
    return render_letters([_letter(sheet) for sheet in sheets], voice)


def _letter(sheet: LetterSheet) -> Letter:
    writer = sheet.writer
    numbers = tuple(Identifier(Worded(code), value) for code, value in writer.identifiers.items())
    return Letter(
        PaperParty(Worded(*writer.names), Worded(*writer.address), (writer.phone,), numbers),
        PaperParty(Worded(sheet.name, sheet.name_ar)),
        sheet.dated_on,
        Worded(*sheet.title),
        Worded(*sheet.body),
        tuple(Claim(each.number, each.dated_on, each.due_on, each.open) for each in sheet.lines),
        sheet.fee,
    )
