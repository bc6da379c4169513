"""Tax returns: the form of the country, reckoned from what the books say of taxes. Pure; exact.

A box has a formula for its base and one for its tax, words with spaces between them, each added or,
after a minus, taken away:

| word               | means |
|--------------------|-------|
| `base.TVA19`       | what documents name as the base of a tax |
| `tax.TVA19`        | what they name as the tax |
| `unnamed`          | what was collected besides, by entries that name no tax |
| `deductible.goods` | what may be deducted, by the qualifier of the role |
| `credit`           | what earlier returns left to deduct |
| `stamp`            | stamp duty collected |
| `waiting`          | tax of invoices that waits for their payment, where it is due with that |
| `deductible_waiting` | tax of purchases that waits for their payment |
| `#S1`              | the same figure of an earlier box |

Declaring goes through the gate: `backend.execute(DECLARE_TAX, {"first": …, "last": …})`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

DECLARE_TAX = "accounting.declare_tax_v1"
UNDO_TAX = "accounting.undo_tax_v1"

_ZERO = Decimal(0)
_PLAIN = ("unnamed", "credit", "stamp", "waiting", "deductible_waiting")


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the form; `kind` is `head`, `line` or `sum`."""

    code: str
    kind: str
    base: str = ""
    tax: str = ""


@dataclass(frozen=True, slots=True)
class BoxFigures:
    """What stands in a box, in the company's currency."""

    base: Decimal = _ZERO
    tax: Decimal = _ZERO


def figures_of(told: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the words that formulas can use, from `accounting.tax_figures`."""
    found = {name: Decimal(told.get(name, 0)) for name in _PLAIN}
    for code, each in told["taxes"].items():
        found[f"base.{code}"] = Decimal(each["base"])
        found[f"tax.{code}"] = Decimal(each["tax"])
    for qualifier, amount in told["deductible"].items():
        found[f"deductible.{qualifier}"] = Decimal(amount)
    return found


def fill(boxes: Sequence[Box], figures: Mapping[str, Decimal]) -> dict[str, BoxFigures]:
    """Return what stands in each box, in their order; a word that nothing moved is zero."""
    filled: dict[str, BoxFigures] = {}
    for box in boxes:
        base = _sum(box.base, figures, {code: each.base for code, each in filled.items()})
        tax = _sum(box.tax, figures, {code: each.tax for code, each in filled.items()})
        filled[box.code] = BoxFigures(base, tax)
    return filled


def _sum(formula: str, figures: Mapping[str, Decimal], above: Mapping[str, Decimal]) -> Decimal:
    total = _ZERO
    for word in formula.split():
        name = word.removeprefix("-")
        value = above[name[1:]] if name.startswith("#") else figures.get(name, _ZERO)
        total += -value if word.startswith("-") else value
    return total
