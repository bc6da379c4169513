"""A voucher of petty cash (pièce de caisse) on paper. Pure."""

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.table_paper import TableColumn, render_table
from modules.accounting.selectors.petty_cash import VoucherPaper


def voucher_pdf(paper: VoucherPaper, words: Words) -> bytes:
    """Return a voucher as PDF, in the language of `words`.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    row = paper.row
    named = words.say(N_("Cash voucher"))
    title = f"{named} {words.isolate(row.number)}"
    told = [words.date(row.dated_on), in_language(words.language, *paper.names)]
    if row.is_undone:
        told.insert(0, words.say(N_("Undone: this voucher is void.")))
    total = [words.say(N_("Amount with tax")), words.money(row.amount, row.currency)]
    columns = [TableColumn(""), TableColumn("")]
    return render_table(title, told, columns, _facts(paper, words), total, words)


def _facts(paper: VoucherPaper, words: Words) -> list[list[str]]:
    row, language = paper.row, words.language
    tax = f"{words.money(row.tax, row.currency)} · {words.isolate(row.tax_code)}" if row.tax else ""
    facts = [
        (N_("Cash box"), f"{words.isolate(row.box)} · {row.box_named(language)}"),
        (N_("Custodian"), row.custodian),
        (N_("Label"), row.label),
        (N_("Partner"), row.party_named(language)),
        (N_("Number of the receipt"), words.isolate(row.receipt) if row.receipt else ""),
        (N_("Account"), f"{words.isolate(row.account)} · {row.account_named(language)}"),
        (N_("Journal entry"), words.isolate(row.entry)),
        (N_("Net"), words.money(row.net, row.currency)),
        (N_("Tax"), tax),
        (N_("In words"), amount_in_words(row.amount, row.currency, language)),
        (N_("Made by"), row.made_by),
    ]
    told = [[words.say(name), said] for name, said in facts if said]
    # Both sign by hand.
    return [*told, *([words.say(name), "\u2026" * 20] for name in _SIGNATURES)]


_SIGNATURES = (N_("Signature of the custodian"), N_("Signature of the receiver"))
