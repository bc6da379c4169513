"""A debit note for lateness on paper. Pure."""

from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.table_paper import TableColumn, render_table
from modules.accounting.selectors.late_charges import LateChargePaper


def note_pdf(paper: LateChargePaper, words: Words) -> bytes:
    """Return a debit note, or the reckoning of a fine, as PDF in the language of `words`.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    row = paper.row
    kind = N_("Debit note") if row.kind == "note" else N_("Fine for late payment")
    title = f"{words.say(kind)} {words.isolate(row.number)}"
    heads = (N_("Invoice"), N_("Since"), N_("Still unpaid"), N_("Days"), N_("Amount"))
    columns = [TableColumn(words.say(each), is_figure=n > 1) for n, each in enumerate(heads)]
    total = [words.say(N_("Total")), "", "", "", words.amount(row.amount, row.currency)]
    return render_table(title, _told(paper, words), columns, _rows(paper, words), total, words)


def _told(paper: LateChargePaper, words: Words) -> list[str]:
    row = paper.row
    numbers = " · ".join(words.isolate(f"{k} {v}") for k, v in paper.identifiers.items())
    company = (in_language(words.language, *each) for each in (paper.names, paper.address))
    told = [" · ".join(filter(None, (*company, numbers)))]
    if row.is_undone:
        told.append(words.say(N_("Undone: this note is void.")))
    if row.kind == "note":
        told.append(words.say(N_("For {name}")).format(name=row.named(words.language)))
    told.append(words.date(row.dated_on))
    if row.rate and row.letter_on:
        rate = words.isolate(f"{words.number(row.rate * 100)}\u00a0%")
        sentence = words.say(
            N_("Interest at {rate} a year of 365 days, until the letter of {date}")
        )
        told.append(sentence.format(rate=rate, date=words.date(row.letter_on)))
    told.append(amount_in_words(row.amount, row.currency, words.language))
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
