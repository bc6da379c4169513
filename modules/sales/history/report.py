"""What a file holds, how it will be booked and what came of it, in sentences for people."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.i18n import N_, _, count, current
from modules.sales.history.booking import ImportState, Loss, TaxChoice
from modules.sales.history.codes import is_service
from modules.sales.history.documents import Kind
from modules.sales.history.history import History
from modules.sales.history.job import Job
from modules.sales.history.reasons import sentence_of

_ZERO = Decimal(0)
_TITLES = {
    Kind.INVOICE: N_("Invoices"),
    Kind.CREDIT_NOTE: N_("Credit notes"),
    Kind.ADJUSTMENT: N_("Stock adjustments"),
    Kind.BAD_DEBT: N_("Bad debts"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a report; all texts are translated.

    Attributes:
        tone: `warn` where somebody should look.
    """

    title: str
    text: str
    rows: int | None = None
    value: Decimal | None = None
    tone: str = ""

    def sentence(self) -> str:
        """Say it with its figures, in one line."""
        words = current()
        figures = [
            count("{n} row", "{n} rows", self.rows) if self.rows is not None else "",
            words.number(self.value) if self.value is not None else "",
        ]
        told = " · ".join(filter(None, [*figures, self.text]))
        return _("{title}: {told}").format(title=self.title, told=told)


def holdings(history: History) -> list[Fact]:
    """Say what a file holds; values are the file's, not rounded."""
    census = history.census
    facts = [
        Fact(_("File"), _span(history), census.rows, census.value),
        *_papers(history),
    ]
    lost = losses_of(history)
    facts += [loss_fact(loss) for loss in lost]
    facts.append(Fact(_("Products"), _products(history)))
    facts.append(Fact(_("Customers"), _customers(history)))
    return facts


def losses_of(history: History) -> list[Loss]:
    """Return why rows of a file are on no document, the most frequent first."""
    rows = Counter(each.reason for each in history.rejected)
    values: Counter[str] = Counter()
    for each in history.rejected:
        values[each.reason] += each.value  # type: ignore[assignment] # a counter adds what it is given
    return [Loss(reason, number, Decimal(values[reason])) for reason, number in rows.most_common()]


def loss_fact(loss: Loss) -> Fact:
    """Say why rows are not booked."""
    return Fact(
        _("Not booked"), sentence_of(loss.reason, loss.details), loss.rows, loss.value, "warn"
    )


def intentions(job: Job, taxes: Iterable[TaxChoice] = ()) -> list[Fact]:
    """Say how a file will be booked: whoever reads it knows what the file does not say."""
    return [
        Fact(_("Currency"), _currency(job)),
        Fact(_("Taxes"), _tax(job, taxes)),
        Fact(_("Opening stock"), _cover(job), tone="" if job.openings else "warn"),
        Fact(_("Payments"), _("The file has none: every invoice stays open until it is paid.")),
        Fact(_("Years"), _years(job)),
    ]


def outcome(state: ImportState, currency: str, losses: Iterable[Loss]) -> list[Fact]:
    """Say what came of an import: booked and rejected rows together are all rows of the file."""
    words = current()
    booked = _("{amount} in the books").format(amount=words.money(state.booked_amount, currency))
    facts = [
        Fact(_("File"), _("All rows"), state.rows, state.value),
        Fact(_("Booked"), booked, state.booked_rows, state.booked_value),
        *(loss_fact(loss) for loss in losses),
    ]
    rest = state.rows - state.booked_rows - state.rejected_rows
    if rest:
        still = _("Still to come: import the same file again to go on.")
        value = state.value - state.booked_value - state.rejected_value
        facts.append(Fact(_("Missing"), still, rest, value, "warn"))
    return facts


def plain(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield facts as lines of a terminal."""
    for fact in facts:
        yield f"  {fact.sentence()}"


def _span(history: History) -> str:
    words, documents = current(), history.documents
    return _("{file}, from {first} to {last}").format(
        file=words.isolate(history.file),
        first=words.date(documents[0].at.date()),
        last=words.date(documents[-1].at.date()),
    )


def _papers(history: History) -> Iterator[Fact]:
    for kind, title in _TITLES.items():
        own = [document for document in history.documents if document.kind is kind]
        if own:
            text = count("{n} document", "{n} documents", len(own))
            if kind is Kind.CREDIT_NOTE:
                text = f"{text}, {_tied(history)}"
            value = sum((line.value for each in own for line in each.lines), _ZERO)
            yield Fact(_(title), text, sum(each.rows for each in own), value)


def _tied(history: History) -> str:
    rows = {
        line.row
        for document in history.documents
        for line, back in zip(document.lines, document.backs, strict=False)
        if back.row
    }
    return count(
        "{n} row belongs to a sale of before", "{n} rows belong to a sale of before", len(rows)
    )


def _products(history: History) -> str:
    products = history.masters.products
    services = sum(is_service(code) for code in products)
    return _("{goods} with stock, {services} without: postage, fees, corrections").format(
        goods=current().number(len(products) - services), services=current().number(services)
    )


def _customers(history: History) -> str:
    unknown = sum(
        document.kind in {Kind.INVOICE, Kind.CREDIT_NOTE} and not document.customer
        for document in history.documents
    )
    return _("{known} by their codes; {unknown} documents of people who walked in").format(
        known=current().number(len(history.masters.customers)), unknown=current().number(unknown)
    )


def _currency(job: Job) -> str:
    if job.options.rate == 1:
        return _("Amounts are taken as {currency}, one for one; another rate can be said.").format(
            currency=job.currency.code
        )
    return _("One unit of the file is {rate} {currency}.").format(
        rate=current().number(job.options.rate), currency=job.currency.code
    )


def _tax(job: Job, taxes: Iterable[TaxChoice]) -> str:
    code = job.options.tax_code
    names = {tax.code: tax.named(current().language) for tax in taxes}
    named = f"{code} · {names[code]}" if code in names else code
    return _("The file has none: every line bears {tax}, 0 %.").format(tax=named)


def _cover(job: Job) -> str:
    if job.options.share is None:
        return _(
            "The file has no receipts and none is made up: stock goes below zero, goods cost "
            "nothing, and every shortage is noted."
        )
    total = sum((each.quantity * each.unit_cost for each in job.openings), _ZERO)
    return _(
        "The file has no receipts: on {day} what will be sold of {products} products is received "
        "for {total}, each at {share} % of the lowest price it was sold at. Correct it once the "
        "real costs are known."
    ).format(
        day=current().date(job.first_on),
        products=current().number(len(job.openings)),
        total=current().money(total, job.currency),
        share=current().number(job.options.share * 100),
    )


def _years(job: Job) -> str:
    years = range(job.first_on.year, job.last_on.year + 1)
    listed = ", ".join(str(year) for year in years)
    return _("{years} are opened in the ledger, where they are not yet.").format(
        years=current().isolate(listed)
    )
