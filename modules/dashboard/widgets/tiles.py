"""The tiles: what each module's figures come to, and the list that each opens."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.dashboard_page import Tile, tone_of_trend, trend
from erp_desktop.ui.parts import Tone
from modules.dashboard.figures import Asked, Figures, Margin, Sales
from modules.dashboard.widgets import asking

_WEEK = timedelta(days=7)


def sales_tiles(figures: Figures, asked: Asked) -> Iterator[Tile]:
    """Say what was sold, against the days before, and to how many customers."""
    sales = figures.sales
    if sales is None:
        return
    yield Tile(
        N_("Sales of the day") if asked.days == 1 else N_("Sales"),
        amount_of(figures, sales.total),
        lambda: _compared(sales, asked),
        tone_of_trend(sales.total, sales.before) if sales.before else "",
        asking.TICKETS,
        asking.of_days(asked),
    )
    average = sales.total / sales.tickets if sales.tickets else Decimal(0)
    yield Tile(
        N_("Tickets"),
        lambda: current().number(sales.tickets),
        lambda: (
            _("{amount} on average").format(amount=current().amount(average, figures.currency))
            if sales.tickets
            else ""
        ),
        page=asking.TICKETS,
        argument=asking.of_days(asked),
    )


def margin_tiles(figures: Figures, asked: Asked) -> Iterator[Tile]:
    """Say what is left of the sales, of these days and of the month."""
    if figures.margin is not None:
        yield Tile(
            N_("Margin of the day") if asked.days == 1 else N_("Margin"),
            amount_of(figures, figures.margin.amount),
            _rate(figures.margin),
            _tone_of(figures.margin),
            asking.TICKETS,
            asking.of_days(asked),
        )
    if figures.month is not None:
        yield Tile(
            N_("Margin of the month"),
            amount_of(figures, figures.month.amount),
            _rate(figures.month),
            _tone_of(figures.month),
            asking.TICKETS,
            asking.of_month(asked),
        )


def invoice_tiles(figures: Figures, asked: Asked) -> Iterator[Tile]:
    """Say what was invoiced, and what customers owe."""
    invoices = figures.invoices
    if invoices is None:
        return
    yield Tile(
        N_("Invoiced on the day") if asked.days == 1 else N_("Invoiced"),
        amount_of(figures, invoices.total),
        lambda: count("{n} invoice", "{n} invoices", invoices.invoices),
        page=asking.INVOICES,
        argument=asking.of_branch(asked, asking.days_term(asked)),
    )
    yield Tile(
        N_("Owed by customers"),
        amount_of(figures, invoices.open),
        lambda: (
            _("{amount} overdue").format(
                amount=current().amount(invoices.overdue, figures.currency)
            )
            if invoices.late
            else ""
        ),
        "warn",
        asking.INVOICES,
        asking.of_branch(asked, "is:open"),
    )


def cash_tiles(figures: Figures, asked: Asked) -> Iterator[Tile]:
    """Say where the cash is: in open drawers, and by the ledger."""
    drawers, cash = figures.drawers, figures.cash
    if drawers is not None:
        yield Tile(
            N_("Cash in open drawers"),
            amount_of(figures, drawers.cash),
            lambda: count("{n} open session", "{n} open sessions", drawers.sessions),
            "warn" if drawers.left_open else "",
            asking.SESSIONS,
            asking.of_branch(asked, "is:open"),
        )
    if cash is not None:
        yield Tile(
            N_("Cash in the ledger"),
            amount_of(figures, cash.balance),
            lambda: _("account {code}").format(code=current().isolate(cash.account)),
            page=asking.LEDGER,
            argument=asking.of_account(asked, cash.account),
        )


def stock_tiles(figures: Figures, asked: Asked) -> Iterator[Tile]:
    """Say what cannot be sold any more, and what soon cannot."""
    stock = figures.stock
    if stock is None:
        return
    yield Tile(
        N_("Value of the stock"),
        amount_of(figures, stock.value),
        page=asking.STOCK,
        argument=asking.of_branch(asked, "is:there"),
    )
    yield Tile(
        N_("Out of stock"),
        lambda: count("{n} product", "{n} products", stock.out),
        lambda: count("{n} to count", "{n} to count", stock.short) if stock.short else "",
        "bad" if stock.short else "",
        asking.STOCK,
        asking.of_branch(asked, "is:out"),
    )
    yield Tile(
        N_("Low stock"),
        lambda: count("{n} product", "{n} products", stock.low),
        lambda: _("to reorder") if stock.low else "",
        "warn",
        asking.STOCK,
        asking.of_branch(asked, "is:low"),
    )


def review_tiles(figures: Figures, asked: Asked) -> Iterator[Tile]:
    """Say how many facts wait for somebody to look."""
    reviews = figures.reviews
    if reviews is None:
        return
    yield Tile(
        N_("To review"),
        lambda: current().number(reviews.waiting),
        lambda: count("{n} not booked", "{n} not booked", reviews.parked) if reviews.parked else "",
        "bad",
        asking.REVIEWS,
        asking.of_branch(asked),
    )


# In the order of the page; each leaves out what the user may not see.
TILES: tuple[Callable[[Figures, Asked], Iterable[Tile]], ...] = (
    sales_tiles,
    margin_tiles,
    invoice_tiles,
    cash_tiles,
    stock_tiles,
    review_tiles,
)


def tiles_of(figures: Figures, asked: Asked) -> list[Tile]:
    """Return every tile that this user has."""
    return [tile for tiles in TILES for tile in tiles(figures, asked)]


def amount_of(figures: Figures, value: Decimal) -> Callable[[], str]:
    """Write an amount in the company's currency."""
    return lambda: current().money(value, figures.currency)


def _compared(sales: Sales, asked: Asked) -> str:
    change = trend(sales.total, sales.before)
    if not change or asked.days > 1:
        return change
    day = current().isolate(f"{asked.last_day - _WEEK:%d/%m}")
    return _("{change} on {day}").format(change=change, day=day)


def _rate(margin: Margin) -> Callable[[], str]:
    rate = margin.rate
    if rate is None:
        return str
    return lambda: current().isolate(f"{current().number(rate, 1)}\u00a0%")


def _tone_of(margin: Margin) -> Tone:
    return "bad" if margin.amount < 0 else ""
