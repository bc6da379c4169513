"""What the accountant saw in her month, against what the database says."""

from decimal import Decimal

from erp_desktop.core.money import round_money
from erp_desktop.demo.books import Books, Figure
from erp_desktop.demo.company import Demo
from erp_desktop.demo.month import Month
from erp_desktop.demo.month_plan import rates_of
from erp_desktop.demo.past import bank_ledger

# Where the tax of a purchase is deducted as it is paid.
_AS_PAID = {"MA"}


def month_figures(books: Books, demo: Demo, month: Month) -> list[Figure]:
    """Return every figure of the month, as it was seen and as it is."""
    return [
        *_purchase(books, demo, month),
        *_bank(books, demo, month),
        *_taxes(books, demo, month),
        *_reports(books, demo, month),
    ]


def _purchase(books: Books, demo: Demo, month: Month) -> list[Figure]:
    bill, bought, ordered = month.plan.purchase, month.bought, month.ordered
    owed = month.past.owed + bill.total(demo.country)
    of = "select {} from accounting.purchases where number = %s"
    paid = "select state from accounting.transfer_order_list where number = %s"
    balance = (
        "select coalesce(sum(l.credit - l.debit), 0) from accounting.entry_lines l"
        " join accounting.party_names n using (party_id) where n.name = %s"
    )
    tax = books.written(bill.tax(demo.country))
    return [
        Figure("tax of the purchase, typed and shown", tax, books.written(bought.tax)),
        Figure(
            f"tax of the purchase {bought.number}",
            books.written(bought.tax),
            books.amount(of.format("deductible"), [bought.number]),
        ),
        Figure(
            "total of the purchase",
            books.written(bought.total),
            books.amount(of.format("total"), [bought.number]),
        ),
        Figure("owed, and paid by the order", books.written(owed), books.written(ordered.total)),
        Figure(f"state of {ordered.number}", "taken", books.value(paid, [ordered.number])),
        Figure(
            f"balance of {month.plan.owed.name}",
            books.written(Decimal(0)),
            books.amount(balance, [month.plan.owed.name]),
        ),
    ]


def _bank(books: Books, demo: Demo, month: Month) -> list[Figure]:
    seen, account = month.reconciled, bank_ledger(demo.country)
    alone = (
        "select (select count(*) from accounting.bank_movements m where not exists (select"
        " from accounting.bank_reconciled r where r.stands and r.movement_id = m.id))"
        " + (select count(*) from accounting.bank_lines l where not exists (select"
        " from accounting.bank_reconciled r where r.stands"
        " and (r.entry_id, r.line_no) = (l.entry_id, l.line_no)))"
    )
    statement = "select closing from accounting.bank_statements"
    expected = books.written(seen.expected)
    return [
        Figure("movements that the program proposed", "2", str(seen.proposed)),
        Figure("left on one side of the reconciliation", str(seen.left), books.value(alone)),
        Figure("balance of the bank's file", expected, books.amount(statement)),
        Figure("reconciled balance, ledger", expected, books.written(seen.ledger)),
        Figure("reconciled balance, bank", expected, books.written(seen.bank)),
        Figure(f"bank in the ledger ({account})", expected, books.balance(account)),
    ]


def _taxes(books: Books, demo: Demo, month: Month) -> list[Figure]:
    """The boxes of the return: what was bought today, the fees, and in Morocco what was paid."""
    uses = dict(month.plan.purchase.taxes(demo.country))
    fees = month.plan.fees
    rate = rates_of(demo.country)[fees.tax]
    of_fees = round_money(month.plan.fees_paid * rate / (1 + rate), books.currency)
    uses["goods"] = uses.get("goods", Decimal(0)) + of_fees
    if demo.country in _AS_PAID:
        uses["goods"] += month.past.their_tax
    found = {
        use: books.written(month.closed.boxes.get(use, Decimal(0))) for use in ("goods", "assets")
    }
    shown = sum(month.closed.boxes.values(), Decimal(0))
    return [
        *(
            Figure(f"deductible for {use}", books.written(tax), found[use])
            for use, tax in uses.items()
        ),
        Figure("statement of deductions", books.written(shown), books.written(month.closed.listed)),
    ]


def _reports(books: Books, demo: Demo, month: Month) -> list[Figure]:
    closed = month.closed
    side = (
        "select coalesce(sum(s.{}), 0) from (select sum(l.debit - l.credit) as debit,"
        " sum(l.credit - l.debit) as credit from accounting.entry_lines l group by l.account_id) s"
        " where s.{} > 0"
    )
    result = (
        "select sum(l.credit - l.debit) from accounting.entry_lines l"
        " join accounting.accounts a on a.id = l.account_id where left(a.code, 1) in ('6', '7')"
    )
    charge = (
        "select sum(l.debit) from accounting.entry_lines l join accounting.entries e"
        " on e.id = l.entry_id where e.document ->> 'kind' = 'depreciation'"
    )
    return [
        Figure("depreciation", books.written(closed.charge), books.amount(charge)),
        *(
            Figure(
                f"trial balance, {name}",
                books.written(amount),
                books.amount(side.format(name, name)),
            )
            for name, amount in (("debit", closed.debit), ("credit", closed.credit))
        ),
        Figure(
            "balance sheet, both sides",
            books.written(closed.assets),
            books.written(closed.liabilities),
        ),
        Figure("result of the year", books.written(closed.result), books.amount(result)),
        Figure(
            "ledger of the bank",
            books.written(closed.bank),
            books.balance(bank_ledger(demo.country)),
        ),
    ]
