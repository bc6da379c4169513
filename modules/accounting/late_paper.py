"""A debit note for lateness on paper. Pure."""

from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.order_letter import LetterColumn, OrderLetter, render_order_letter
from modules.accounting.selectors.late_charges import LateChargePaper


def note_pdf(paper: LateChargePaper, words: Words) -> bytes:
    """Return a debit note, or the reckoning of a fine, as PDF in the language of `words`.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    row, language = paper.row, words.language
    is_note = row.kind == "note"
    kind = N_("Debit note") if is_note else N_("Fine for late payment")
    numbers = " · ".join(words.isolate(f"{k}\u00a0{v}") for k, v in paper.identifiers.items())
    address = in_language(language, *paper.address)
    in_words = words.say(N_("In words: {amount}."))
    letter = OrderLetter(
        writer=[in_language(language, *paper.names), *filter(None, (address, numbers))],
        reader=[row.named(language)] if is_note else (),
        dated=words.isolate(words.date(row.dated_on)),
        title=f"{words.say(kind)} {words.isolate(row.number)}",
        body=_told(paper, words),
        columns=_columns(words),
        rows=_rows(paper, words),
        total=(words.say(N_("Total")), words.money(row.amount, row.currency)),
        closing=[in_words.format(amount=amount_in_words(row.amount, row.currency, language))],
        signature=words.say(N_("Stamp and signature")),
    )
    return render_order_letter(letter, words)


def _columns(words: Words) -> list[LetterColumn]:
    return [
        LetterColumn(words.say(N_("Invoice"))),
        LetterColumn(words.say(N_("Since")), 76),
        LetterColumn(words.say(N_("Still unpaid")), 96, is_figure=True),
        LetterColumn(words.say(N_("Days")), 48, is_figure=True),
        LetterColumn(words.say(N_("Amount")), 96, is_figure=True),
    ]


def _told(paper: LateChargePaper, words: Words) -> list[str]:
    row = paper.row
    told = [words.say(N_("Undone: this note is void."))] if row.is_undone else []
    if row.rate and row.letter_on:
        rate = words.isolate(f"{words.number(row.rate * 100)}\u00a0%")
        sentence = words.say(
            N_("Interest at {rate} a year of 365 days, until the letter of {date}")
        )
        told.append(sentence.format(rate=rate, date=words.date(row.letter_on)))
    return told


def _rows(paper: LateChargePaper, words: Words) -> list[list[str]]:
    row = paper.row
    rows = [
        [
            words.isolate(each["number"]),
            words.date(date.fromisoformat(each["since"])),
            words.amount(Decimal(each["open"]), row.currency),
            words.number(each["days"]),
            words.amount(Decimal(each["interest"]), row.currency),
        ]
        for each in row.lines
    ]
    if row.fee:
        fee = words.amount(row.fee, row.currency)
        rows.append([words.say(N_("Fee of the reminder")), "", "", "", fee])
    if row.starts_on and row.ends_on:
        days = words.say(N_("{first} to {last}"))
        said = days.format(first=words.date(row.starts_on), last=words.date(row.ends_on))
        rows.append([said, "", "", "", words.amount(row.interest, row.currency)])
    return rows
