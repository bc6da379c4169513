"""The letter of a transfer order to the bank. Pure."""

from decimal import Decimal

from erp_desktop.core.i18n import N_, Words, in_language
from erp_desktop.documents.amount_words import amount_in_words
from erp_desktop.documents.order_letter import LetterColumn, OrderLetter, render_order_letter
from modules.accounting.selectors.transfer_orders import TransferPaper
from modules.accounting.transfer_files.transfers import Transfer, spaced, transfers_of

_VOID = N_("Cancelled: this order is void.")


def transfer_letter(paper: TransferPaper, words: Words) -> bytes:
    """Return the letter as PDF, in the language of `words`.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    order = paper.order
    transfers = transfers_of(paper.lines)
    total = sum((each.amount for each in transfers), Decimal(0))
    payer = order.payer
    account = words.isolate(spaced(payer.get("rib", "") or payer.get("iban", "")))
    asks = words.say(
        N_("Please debit our account {account} and carry out the following {count} transfers:")
    )
    told = [words.say(_VOID)] if order.state == "cancelled" else []
    letter = OrderLetter(
        writer=_writer(paper, words),
        reader=[words.say(N_("To the bank")), payer.get("bank", "") or payer.get("name", "")],
        dated=words.isolate(words.date(order.dated_on)),
        title=f"{words.say(N_('Transfer order'))} {words.isolate(order.number)}",
        body=[*told, asks.format(account=account, count=words.number(len(transfers)))],
        columns=_columns(words),
        rows=[_row(each, order.currency, words) for each in transfers],
        total=(words.say(N_("Total")), words.money(total, order.currency)),
        closing=[
            words.say(N_("In words: {amount}.")).format(
                amount=amount_in_words(total, order.currency, words.language)
            )
        ],
        signature=words.say(N_("Stamp and signature")),
    )
    return render_order_letter(letter, words)


def _writer(paper: TransferPaper, words: Words) -> list[str]:
    numbers = " · ".join(words.isolate(f"{k}\u00a0{v}") for k, v in paper.identifiers.items())
    told = (
        in_language(words.language, *paper.names),
        in_language(words.language, *paper.address),
        numbers,
    )
    return [each for each in told if each]


def _columns(words: Words) -> list[LetterColumn]:
    return [
        LetterColumn(words.say(N_("Beneficiary"))),
        LetterColumn(words.say(N_("Bank")), 76),
        LetterColumn(words.say(N_("RIB or IBAN")), 140),
        LetterColumn(words.say(N_("Reason"))),
        LetterColumn(words.say(N_("Amount")), 84, is_figure=True),
    ]


def _row(transfer: Transfer, currency: str, words: Words) -> list[str]:
    account = words.isolate(spaced(transfer.rib or transfer.iban))
    amount = words.amount(transfer.amount, currency)
    return [transfer.payee, transfer.bank, account, words.isolate(transfer.reason), amount]
