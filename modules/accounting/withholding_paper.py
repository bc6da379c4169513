"""A certificate of withholding tax on paper. Pure."""

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.order_letter import LetterColumn, OrderLetter, render_order_letter
from modules.accounting.selectors.withholding import WithholdingPaper


def certificate_pdf(paper: WithholdingPaper, words: Words) -> bytes:
    """Return a certificate as PDF, in the language of `words`.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    row, language = paper.row, words.language
    void = words.say(N_("Undone: this certificate is void."))
    in_words = words.say(N_("In words: {amount}."))
    name, *more = filter(None, _payer_and_payee(paper, words)[0])
    letter = OrderLetter(
        writer=[name, *more],
        reader=(),
        dated=words.isolate(words.date(row.dated_on)),
        title=f"{words.say(N_('Withholding tax certificate'))} {words.isolate(row.number)}",
        body=[*([void] if row.is_undone else []), *filter(None, [row.legal_ref])],
        columns=[LetterColumn("", 170), LetterColumn("")],
        rows=_facts(paper, words),
        total=(words.say(N_("Amount withheld")), words.money(row.amount, row.currency)),
        closing=[in_words.format(amount=amount_in_words(row.amount, row.currency, language))],
        signature=words.say(N_("Stamp and signature")),
    )
    return render_order_letter(letter, words)


def _payer_and_payee(
    paper: WithholdingPaper, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return name, address and numbers of both; we are the one that withholds, or the other."""
    row, language = paper.row, words.language
    numbers = " · ".join(words.isolate(f"{k}\u00a0{v}") for k, v in paper.identifiers.items())
    ours = (in_language(language, *paper.names), in_language(language, *paper.address), numbers)
    theirs = (row.named(language), "", words.isolate(row.party_tax_id))
    return (ours, theirs) if row.side == "issued" else (theirs, ours)


def _facts(paper: WithholdingPaper, words: Words) -> list[list[str]]:
    row = paper.row
    payer, payee = _payer_and_payee(paper, words)
    rate = words.isolate(f"{words.number(row.rate * 100)}\u00a0%")
    facts = [
        # The letterhead says the rest.
        (N_("Withheld by"), payer[0]),
        (N_("Withheld from"), _lines(payee)),
        (N_("Document"), words.isolate(row.document)),
        (N_("Date of the document"), words.date(row.document_on)),
        (N_("What for"), row.kind_named(words.language)),
        (N_("Total with tax, without stamp"), words.money(row.total, row.currency)),
        (N_("VAT"), words.money(row.vat, row.currency)),
        (N_("Base"), words.money(row.base, row.currency)),
        (N_("Rate"), rate),
        (N_("Attestation"), _attested(paper, words)),
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
