"""Work to do: facts to review, drawers that were left open, products that ran out."""

from collections.abc import Callable, Iterator
from functools import partial

from erp_desktop.core.errors import from_code
from erp_desktop.core.i18n import _, current, in_language
from erp_desktop.ui.dashboard_page import Task
from modules.dashboard.figures import Asked, Figures, Waiting
from modules.dashboard.widgets import asking


def tasks_of(figures: Figures, asked: Asked) -> list[Task]:
    """Return what is to be done, the most pressing first."""
    return [*_reviews(figures), *_drawers(figures), *_stock(figures, asked)]


def _reviews(figures: Figures) -> Iterator[Task]:
    for each in figures.reviews.first if figures.reviews else ():
        is_parked = each.facts["is_parked"]
        yield Task(
            partial(_reason, each),
            _place(each),
            each.since,
            "bad" if is_parked else "warn",
            asking.REVIEWS,
            each.facts["number"],
        )


def _drawers(figures: Figures) -> Iterator[Task]:
    for each in figures.drawers.left_open if figures.drawers else ():
        yield Task(
            partial(_left_open, each),
            _place(each),
            each.since,
            "warn",
            asking.SESSIONS,
            each.facts["number"],
        )


def _stock(figures: Figures, asked: Asked) -> Iterator[Task]:
    for each in figures.stock.first if figures.stock else ():
        yield Task(
            partial(_ran_out, each),
            _place(each),
            each.since,
            "bad" if each.facts["is_short"] else "",
            asking.STOCK,
            asking.of_branch(asked, each.facts["code"]),
        )


def _reason(each: Waiting) -> str:
    sentence = from_code(each.facts["code"], each.facts["details"]).sentence()
    number = current().isolate(each.facts["number"])
    return f"{number} · {sentence}" if each.facts["number"] else sentence


def _left_open(each: Waiting) -> str:
    number = current().isolate(each.facts["number"])
    return _("Session {number} was never closed.").format(number=number)


def _ran_out(each: Waiting) -> str:
    name = in_language(current().language, each.facts["name"], each.facts["name_ar"])
    product = f"{current().isolate(each.facts['code'])} {name}"
    if each.facts["is_short"]:
        return _("More was sold than there was: {product}").format(product=product)
    return _("Out of stock: {product}").format(product=product)


def _place(each: Waiting) -> Callable[[], str]:
    return lambda: current().isolate(each.branch)
