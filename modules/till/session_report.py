"""The figures of a cash session: X while it is open, Z once it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from erp_desktop.core.i18n import in_language
from modules.accounting.api import TaxAmount
from modules.till.session import CashMove, SessionState

_ZERO = Decimal(0)
_UNNAMED: Mapping[str, tuple[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SessionTax:
    """What a session sold at one tax and rate, refunds taken off.

    Attributes:
        name: What the tax is called, in French and Arabic.
    """

    code: str
    rate: Decimal
    base: Decimal
    amount: Decimal
    name: tuple[str, str]

    def named(self, language: str) -> str:
        """Return the tax's name in a language."""
        return in_language(language, *self.name)


@dataclass(frozen=True, slots=True)
class SessionReport:
    """What the X report says of an open session and the Z report of a closed one.

    Attributes:
        taxes: What was sold at each tax and rate.
        payments: What was paid in each way, refunds taken off.
        counted: What was counted in each way; none while it is open.
    """

    number: str
    currency: str
    opened_at: datetime
    opened_by: str
    float: Decimal
    sales: int
    refunds: int
    sold: Decimal
    refunded: Decimal
    net: Decimal
    discount: Decimal
    stamp: Decimal
    rounding: Decimal
    first_number: str
    last_number: str
    taxes: tuple[SessionTax, ...]
    payments: Mapping[str, Decimal]
    moves: tuple[CashMove, ...]
    expected: Mapping[str, Decimal]
    counted: Mapping[str, Decimal] | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    left_in_drawer: Decimal = _ZERO
    note: str = ""

    @property
    def total(self) -> Decimal:
        """What was sold, refunds taken off, taxes included."""
        return self.sold + self.refunded

    @property
    def difference(self) -> Decimal:
        """Counted less expected; zero while nothing is counted."""
        if self.counted is None:
            return _ZERO
        return sum(self.counted.values(), _ZERO) - sum(self.expected.values(), _ZERO)

    @classmethod
    def of(
        cls, state: SessionState, tax_names: Mapping[str, tuple[str, str]] = _UNNAMED
    ) -> "SessionReport":
        """Report what this till knows of its own session; `tax_names` names each tax code."""
        names = set(cls.__dataclass_fields__) & set(SessionState.__dataclass_fields__)
        plain = {name: getattr(state, name) for name in names - {"moves", "taxes"}}
        numbers = sorted(state.numbers) or [""]
        return cls(
            **plain,
            taxes=tuple(_named(tax, tax_names) for tax in state.taxes),
            moves=tuple(state.moves),
            expected=state.expected,
            first_number=numbers[0],
            last_number=numbers[-1],
        )

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> "SessionReport":
        """Read what `till.session_report_v1` returns."""
        closed = answer["closed_at"]
        amounts = ("float", "sold", "refunded", "net", "discount", "stamp", "rounding")
        plain = ("number", "currency", "opened_by", "sales", "refunds", "first_number")
        told: dict[str, Any] = {
            name: answer[name] for name in (*plain, "last_number", "closed_by", "note")
        }
        told |= {name: Decimal(answer[name]) for name in amounts}
        return cls(
            **told,
            opened_at=datetime.fromisoformat(answer["opened_at"]),
            closed_at=datetime.fromisoformat(closed) if closed else None,
            taxes=tuple(_tax(tax) for tax in answer["taxes"]),
            payments=_decimals(answer["payments"]),
            expected=_decimals(answer["expected"]),
            counted=_decimals(answer["counted"]) if answer["counted"] else None,
            left_in_drawer=Decimal(answer["left_in_drawer"] or 0),
            moves=tuple(
                CashMove(
                    move["number"],
                    Decimal(move["amount"]),
                    move["reason"],
                    move["note"],
                    datetime.fromisoformat(move["at"]),
                )
                for move in answer["moves"]
            ),
        )


def _decimals(amounts: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in amounts.items()}


def _named(tax: TaxAmount, names: Mapping[str, tuple[str, str]]) -> SessionTax:
    return SessionTax(tax.code, tax.rate, tax.base, tax.amount, names.get(tax.code, (tax.code, "")))


def _tax(tax: Mapping[str, Any]) -> SessionTax:
    rate, base, amount = (Decimal(tax[name]) for name in ("rate", "base", "amount"))
    return SessionTax(tax["code"], rate, base, amount, (tax["name"], tax["name_ar"]))
