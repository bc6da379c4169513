"""The charts: sales over time, best products, ways of paying, branches or cashiers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.dashboard_page import BarChart, LineChart
from modules.dashboard.figures import Asked, Figures, Named, Sales

# When a shop opens; an earlier hour is shown where something was sold.
_OPENS = 8
_WEEK, _MOST_DAYS, _MOST_BARS = 7, 31, 8
_LONGEST = 26
METHODS = {
    "cash": N_("Cash"),
    "card": N_("Card"),
    "cheque": N_("Cheque"),
    "account": N_("On account"),
}


def charts_of(figures: Figures, asked: Asked) -> list[LineChart | BarChart]:
    """Return every chart that this user has."""
    sales = figures.sales
    if sales is None:
        return []
    language = current().language

    def bars(title: str, named: Sequence[Named]) -> BarChart:
        shown = [each for each in named[:_MOST_BARS] if each.amount]
        names = [_short(each.named(language)) for each in shown]
        return BarChart(title, names, [each.amount for each in shown], amount_of(figures))

    several = asked.branch_id is None and len(sales.branches) > 1
    people = bars(N_("By branch"), sales.branches) if several else None
    return [
        _sales_chart(figures, sales, asked),
        bars(N_("Best products"), figures.products),
        bars(N_("By way of paying"), _methods(figures.payments)),
        people or bars(N_("By cashier"), sales.cashiers),
    ]


def amount_of(figures: Figures) -> Callable[[Decimal], str]:
    """Write amounts in the company's currency."""
    return lambda value: current().money(value, figures.currency)


def _sales_chart(figures: Figures, sales: Sales, asked: Asked) -> LineChart:
    places = _places(figures, sales, asked)
    first = asked.last_day - timedelta(days=asked.days - 1)
    if asked.days == 1:
        title = N_("Sales by hour")
        names = [f"{place:02d}:00" for place in places]
    else:
        title = N_("Sales by day") if asked.days <= _MOST_DAYS else N_("Sales by week")
        step = 1 if asked.days <= _MOST_DAYS else _WEEK
        names = [f"{first + timedelta(days=place * step):%d/%m}" for place in places]
    return LineChart(
        title,
        names,
        _filled(sales.places, places),
        _filled(sales.places_before, places) if sales.places_before else (),
        amount_of(figures),
    )


def _places(figures: Figures, sales: Sales, asked: Asked) -> range:
    if asked.days == 1:
        # The day ends with the hour of now: what is to come was not sold for nothing.
        hours = {*sales.places, *sales.places_before, wall_clock.local(figures.read_at).hour}
        return range(min(_OPENS, *hours), max(hours) + 1)
    if asked.days <= _MOST_DAYS:
        return range(asked.days)
    return range(-(-asked.days // _WEEK))


def _filled(found: Mapping[int, Decimal], places: range) -> list[Decimal]:
    return [found.get(place, Decimal(0)) for place in places]


def _methods(payments: Mapping[str, Decimal]) -> list[Named]:
    named = [Named(_(METHODS.get(way, way)), "", sum_) for way, sum_ in payments.items()]
    return sorted(named, key=lambda each: -each.amount)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
