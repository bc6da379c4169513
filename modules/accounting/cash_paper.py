"""A voucher of petty cash (pièce de caisse) on paper. Pure."""

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.order_letter import LetterColumn, OrderLetter, render_order_letter
from modules.accounting.selectors.petty_cash import VoucherPaper


def voucher_pdf(paper: VoucherPaper, words: Words) -> bytes:
    """Return a voucher as PDF, in the language of `words`; both sign it by hand.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    row, language = paper.row, words.language
    void = words.say(N_("Undone: this voucher is void."))
    writer = [in_language(language, *paper.names), in_language(language, *paper.address)]
    in_words = words.say(N_("In words: {amount}."))
    named = words.say(N_("Cash voucher"))
    letter = OrderLetter(
        writer=[writer[0], *filter(None, writer[1:])],
        reader=(),
        dated=words.isolate(words.date(row.dated_on)),
        title=f"{named} {words.isolate(row.number)}",
        body=[void] if row.is_undone else [],
        columns=[LetterColumn("", 170), LetterColumn("")],
        rows=_facts(paper, words),
        total=(words.say(N_("Amount with tax")), words.money(row.amount, row.currency)),
        closing=[in_words.format(amount=amount_in_words(row.amount, row.currency, language))],
        signature=words.say(N_("Signature of the receiver")),
        countersignature=words.say(N_("Signature of the custodian")),
    )
    return render_order_letter(letter, words)


def _facts(paper: VoucherPaper, words: Words) -> list[list[str]]:
    row, language = paper.row, words.language
    tax = f"{words.money(row.tax, row.currency)} · {words.isolate(row.tax_code)}" if row.tax else ""
    facts = [
        (N_("Cash box"), f"{words.isolate(row.box)} · {row.box_named(language)}"),
        (N_("Custodian"), row.custodian),
        (N_("Label"), row.label),
        (N_("Partner"), row.party_named(language)),
        (N_("Number of the receipt"), words.isolate(row.receipt)),
        (N_("Account"), f"{words.isolate(row.account)} · {row.account_named(language)}"),
        (N_("Journal entry"), words.isolate(row.entry)),
        (N_("Net"), words.money(row.net, row.currency)),
        (N_("Tax"), tax),
        (N_("Made by"), row.made_by),
    ]
    return [[words.say(name), said] for name, said in facts if said]
