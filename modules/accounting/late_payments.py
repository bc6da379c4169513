"""How late a supplier is paid by the law, and the fine for it. Pure.

Morocco, Code de commerce art. 78-1 to 78-4 (loi 69-21): an invoice is due after the days agreed,
never more than 120, 60 where nothing was agreed. What is paid later costs, to the Treasury, the
rate of Bank Al-Maghrib for the first month and 0.85 % for each month begun after it. All figures
are values of the law (`payment_delay`); here is only how they are counted.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from erp_desktop.core.money import CURRENCIES, round_money

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class DelayRules:
    """What the law says.

    Attributes:
        default: Days to pay where nothing was agreed.
        most: Days that nobody may exceed.
        month: What each month after the first costs, such as 0.0085.
        rates: What the first month costs, by the day from which it does; the oldest first.
    """

    default: int
    most: int
    month: Decimal
    rates: tuple[tuple[date, Decimal], ...]

    def due_on(self, dated_on: date, agreed_on: date | None) -> date:
        """Return the last day on which an invoice is paid in time."""
        wanted = agreed_on or dated_on + timedelta(self.default)
        return min(wanted, dated_on + timedelta(self.most))

    def rate_at(self, day: date) -> Decimal:
        """Return the rate of a day; of the first known one before that."""
        valid = [rate for first, rate in self.rates if first <= day]
        return valid[-1] if valid else self.rates[0][1]

    def fine(self, amount: Decimal, due_on: date, until: date, currency: str) -> Decimal:
        """Return what an amount costs that is unpaid from the day after `due_on` to `until`."""
        months = months_begun(due_on, until)
        if not months:
            return _ZERO
        rate = self.rate_at(months_after(due_on, 1)) + self.month * (months - 1)
        return round_money(amount * rate, CURRENCIES[currency])

    def fine_within(
        self, amount: Decimal, due_on: date, until: date, first_day: date, currency: str
    ) -> Decimal:
        """Return what of the fine was not there yet before `first_day`: quarters add up."""
        before = min(until, first_day - timedelta(1))
        whole = self.fine(amount, due_on, until, currency)
        return whole - self.fine(amount, due_on, before, currency)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_begun(due_on: date, until: date) -> int:
    """Return how many months, whole or begun, lie between a due date and a day."""
    if until <= due_on:
        return 0
    months = (until.year - due_on.year) * 12 + until.month - due_on.month
    return months + (until > months_after(due_on, months))
