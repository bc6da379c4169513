"""The trial balance and the ledger on A4, in the language of their reader."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from erp_desktop.core.i18n import N_, Words
from erp_desktop.documents.table_paper import Carry, StrongRow, TableColumn, render_table
from modules.accounting.selectors import Ledger, LedgerRow, TrialBalanceRow

_EARLIER = {
    "earlier_debit": N_("Earlier debit"),
    "earlier_credit": N_("Earlier credit"),
}
# The columns of a trial balance, each with its heading.
BALANCE_FIGURES = {
    "opening_debit": N_("Opening debit"),
    "opening_credit": N_("Opening credit"),
    **_EARLIER,
    "debit": N_("Debit"),
    "credit": N_("Credit"),
    "closing_debit": N_("Closing debit"),
    "closing_credit": N_("Closing credit"),
}
_LEDGER_TEXTS = (
    N_("Date"),
    N_("Number"),
    N_("Label"),
    N_("Partner"),
    N_("Counterpart"),
    N_("Letter"),
)
_LEDGER_FIGURES = (N_("Debit"), N_("Credit"), N_("Balance"))


def trial_balance_pdf(
    rows: Sequence[TrialBalanceRow],
    totals: TrialBalanceRow | None,
    words: Words,
    *,
    about: Sequence[str] = (),
    since_year: bool = False,
) -> bytes:
    """Return a trial balance as PDF.

    Args:
        rows: Its accounts, and the sums of their classes.
        totals: The sums of its columns, if it has any.
        words: The language of the paper.
        about: Sentences below the title: which months, which branch, how old.
        since_year: Whether it has eight columns instead of six.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    figures = [name for name in BALANCE_FIGURES if since_year or name not in _EARLIER]
    titles = [BALANCE_FIGURES[name] for name in figures]
    return render_table(
        words.say(N_("Trial balance")),
        about,
        _columns(words, (N_("Account"), N_("Name")), titles),
        [_balance_cells(row, figures, words) for row in rows],
        None if totals is None else _balance_cells(totals, figures, words),
        words,
    )


def ledger_pdf(
    ledger: Ledger, rows: Sequence[LedgerRow], words: Words, *, about: Sequence[str] = ()
) -> bytes:
    """Return the ledger of an account as PDF: what it had, every line, what it has.

    Args:
        ledger: The account and its sums.
        rows: All its lines.
        words: The language of the paper.
        about: Sentences below the title: which days, which branch.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """

    def amount(value: object) -> str:
        return words.amount(value, ledger.currency) if value else ""  # type: ignore[arg-type]

    opening = ("", "", words.say(N_("Opening balance")), "", "", "", "", "")
    closing = ("", "", words.say(N_("Closing balance")), "", "", "")
    name = f"{words.isolate(ledger.code)} · {ledger.named(words.language)}"
    return render_table(
        f"{words.say(N_('Ledger'))} · {name}",
        about,
        _columns(words, _LEDGER_TEXTS, _LEDGER_FIGURES),
        [
            (*opening, words.amount(ledger.opening, ledger.currency)),
            *(_ledger_cells(row, words) for row in rows),
        ],
        (
            *closing,
            amount(ledger.debit),
            amount(ledger.credit),
            words.amount(ledger.closing, ledger.currency),
        ),
        words,
        _carried(ledger, rows, words),
    )


def _carried(ledger: Ledger, rows: Sequence[LedgerRow], words: Words) -> Carry:
    """Return the sums that go over from page to page; the opening balance is the first row."""
    debits, credits_ = (
        list(accumulate((getattr(row, side) for row in rows), initial=Decimal(0)))
        for side in ("debit", "credit")
    )

    def sums(title: str, end: int) -> list[str]:
        balance = rows[end - 2].balance if end > 1 else ledger.opening
        figures = (debits[end - 1], credits_[end - 1], balance)
        texts = ["", "", words.say(title), "", "", ""]
        return [*texts, *(words.amount(figure, ledger.currency) for figure in figures)]

    return Carry(
        lambda _first, end: [sums(N_("Carried forward"), end)],
        lambda first: sums(N_("Brought forward"), first),
        feet=1,
    )


def _columns(words: Words, texts: Sequence[str], figures: Sequence[str]) -> list[TableColumn]:
    return [
        *(TableColumn(words.say(title)) for title in texts),
        *(TableColumn(words.say(title), is_figure=True) for title in figures),
    ]


def account_name(row: TrialBalanceRow, words: Words) -> str:
    """Return what a row of the trial balance is called: an account, a class, the whole."""
    if not row.is_sum:
        return row.named(words.language)
    if not row.code:
        return words.say(N_("Total"))
    return words.say(N_("Total of class {digit}")).format(digit=row.code)


def _balance_cells(row: TrialBalanceRow, figures: Sequence[str], words: Words) -> tuple[str, ...]:
    amounts = (getattr(row, figure) for figure in figures)
    texts = (
        "" if row.is_sum else row.code,
        account_name(row, words),
        *(words.amount(a, row.currency) if a or not row.code else "" for a in amounts),
    )
    return StrongRow(texts) if row.is_sum else texts


def _ledger_cells(row: LedgerRow, words: Words) -> tuple[str, ...]:
    amounts = (row.debit, row.credit)
    return (
        words.date(row.dated_on),
        row.number,
        row.label,
        row.party_named(words.language),
        row.counterparts,
        row.letter,
        *(words.amount(a, row.currency) if a else "" for a in amounts),
        words.amount(row.balance, row.currency),
    )
