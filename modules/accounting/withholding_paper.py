"""A certificate of withholding tax on paper. Pure."""

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.table_paper import TableColumn, render_table
from modules.accounting.selectors.withholding import WithholdingPaper


def certificate_pdf(paper: WithholdingPaper, words: Words) -> bytes:
    """Return a certificate as PDF, in the language of `words`.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    row = paper.row
    title = f"{words.say(N_('Withholding tax certificate'))} {words.isolate(row.number)}"
    columns = [TableColumn(""), TableColumn("")]
    told = [words.date(row.dated_on), row.legal_ref]
    if row.is_undone:
        told.insert(0, words.say(N_("Undone: this certificate is void.")))
    amount = words.money(row.amount, row.currency)
    total = [words.say(N_("Amount withheld")), amount]
    return render_table(title, told, columns, _facts(paper, words), total, words)


def _facts(paper: WithholdingPaper, words: Words) -> list[list[str]]:
    row = paper.row
    company = in_language(words.language, *paper.names)
    numbers = " · ".join(words.isolate(f"{k} {v}") for k, v in paper.identifiers.items())
    ours = (company, in_language(words.language, *paper.address), numbers)
    theirs = (row.named(words.language), "", words.isolate(row.party_tax_id))
    payer, payee = (ours, theirs) if row.side == "issued" else (theirs, ours)
    rate = words.isolate(f"{words.number(row.rate * 100)}\u00a0%")
    facts = [
        (N_("Withheld by"), _lines(payer)),
        (N_("Withheld from"), _lines(payee)),
        (N_("Document"), words.isolate(row.document)),
        (N_("Date of the document"), words.date(row.document_on)),
        (N_("What for"), row.kind_named(words.language)),
        (N_("Total with tax, without stamp"), words.money(row.total, row.currency)),
        (N_("VAT"), words.money(row.vat, row.currency)),
        (N_("Base"), words.money(row.base, row.currency)),
        (N_("Rate"), rate),
        (N_("Attestation"), _attested(paper, words)),
        (N_("In words"), amount_in_words(row.amount, row.currency, words.language)),
    ]
    return [[words.say(name), said] for name, said in facts if said]


def _lines(who: tuple[str, ...]) -> str:
    return " · ".join(filter(None, who))


def _attested(paper: WithholdingPaper, words: Words) -> str:
    row = paper.row
    if row.attested_until is None:
        return ""
    until = words.say(N_("{number}, valid until {date}"))
    return until.format(number=words.isolate(row.attestation), date=words.date(row.attested_until))
