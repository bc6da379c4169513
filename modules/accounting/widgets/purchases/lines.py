"""The lines of a purchase as they are typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import NUMBER, AmountCell, ChoiceCell, LineColumn, LinkCell
from erp_desktop.ui.tables import RIGHT
from modules.accounting.purchases import PurchaseLine
from modules.accounting.selectors.purchases import purchase_choices
from modules.accounting.widgets.entry_lines import choice_of
from modules.accounting.widgets.line_columns import (
    ACCOUNT,
    ACCOUNT_NAME,
    COST_CENTRE,
    LABEL,
    coded,
)

USES = {
    "goods": N_("Deducted: goods and services"),
    "assets": N_("Deducted: fixed assets"),
    "none": N_("Not deducted"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line while it is typed; `currency` is the company's."""

    account: LinkChoice | None = None
    label: str = ""
    tax: LinkChoice | None = None
    use: str = "goods"
    centre: LinkChoice | None = None
    net: Decimal | None = None
    currency: str = "DZD"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that could be booked."""
        return self.account is None and not self.net

    def as_draft(self) -> PurchaseLine:
        """Return what is booked."""
        return PurchaseLine(
            self.account.code if self.account else "",
            self.net or Decimal(0),
            self.tax.code if self.tax else "",
            self.use,
            self.label,
            self.centre.code if self.centre else "",
        )


def line_of(
    told: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Any]],
    currency: str,
    *,
    is_copy: bool = False,
) -> Line:
    """Return a line of a purchase that was booked; a copy has no amount yet.

    Args:
        told: As `PurchaseLine` writes it.
        known: Accounts by code.
        currency: The company's.
        is_copy: Whether it begins another purchase.
    """
    code, centre = told["tax_code"], told.get("cost_centre") or ""
    return Line(
        choice_of(known.get(told["account"])),
        told.get("label") or "",
        LinkChoice(code, code, code, ""),
        told["use"],
        LinkChoice(centre, centre, centre, "") if centre else None,
        None if is_copy else Decimal(told["net"]),
        currency,
    )


async def taxes(backend: Backend, text: str) -> Sequence[LinkChoice]:
    """Find the taxes that hold today by code or name."""
    choices = await backend.ask(purchase_choices, wall_clock.today())
    words = fold(text)
    found = [
        LinkChoice(each.code, each.code, each.name, each.name_ar)
        for each in choices.taxes.values()
        if any(words in fold(name) for name in (each.code, each.name, each.name_ar))
    ]
    return sorted(found, key=lambda each: not fold(each.code).startswith(words))


def _put_net(line: Line, amount: Decimal | None) -> Line:
    net = None if amount is None else round_money(amount, CURRENCIES[line.currency])
    return replace(line, net=net)


COLUMNS: tuple[LineColumn[Line], ...] = (
    NUMBER,
    ACCOUNT,
    ACCOUNT_NAME,
    replace(LABEL, width=160),
    LineColumn(
        N_("Tax"),
        lambda line: coded(line.tax),
        width=90,
        value=lambda line: line.tax,
        cell=LinkCell(taxes),
        put=lambda line, tax: replace(line, tax=tax),
    ),
    LineColumn(
        N_("Use"),
        lambda line: _(USES[line.use]),
        width=190,
        value=lambda line: line.use,
        cell=ChoiceCell(tuple(USES.items())),
        put=lambda line, use: replace(line, use=use),
        is_passed=True,
    ),
    COST_CENTRE,
    LineColumn(
        N_("Net amount"),
        lambda line: "" if line.net is None else current().amount(line.net, line.currency),
        RIGHT,
        width=130,
        value=lambda line: line.net,
        cell=AmountCell(),
        put=_put_net,
    ),
)
