"""Why a rate is not kept, lines in a currency are not settled, or a month is not revalued."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class RateMissingError(UserError):
    """A currency without a rate on a day or before it."""

    code = "accounting.rate_missing"
    message = N_(
        "No rate of {currency} is known on {date}. Type one on the page of exchange rates, or "
        "import the bank's list."
    )


class RateCurrencyError(UserError):
    """A rate of something that is no currency."""

    code = "accounting.rate_currency"
    message = N_("“{currency}” is no currency. Type its three letters, such as EUR.")


class RateOwnCurrencyError(UserError):
    """A rate of the company's own currency."""

    code = "accounting.rate_own_currency"
    message = N_(
        "{currency} is the currency of the company: it is always worth 1. Remove the line."
    )


class RateDayMissingError(UserError):
    """A rate without a day."""

    code = "accounting.rate_day_missing"
    message = N_("A rate of {currency} has no day. Type the day from which it holds.")


class RateImpossibleValueError(UserError):
    """A rate of nothing, below zero or finer than can be kept."""

    code = "accounting.rate_impossible_value"
    message = N_(
        "The rate of {currency} on {date} must be above zero, with at most 8 decimals. Correct it."
    )


class RateJumpsError(UserError):
    """A rate that is far from the one before."""

    code = "accounting.rate_jumps"
    message = N_(
        "{currency} at {rate} on {date} is {percent} % away from {before} before it. Look at it "
        "again; if it is right, confirm it."
    )


class RateKnownAlreadyError(UserError):
    """Another rate of the same day."""

    code = "accounting.rate_known_already"
    message = N_(
        "{currency} has the rate {rate} on {date} already. Choose to correct it, or another day."
    )


class RateJumpImpossibleError(UserError):
    """A limit of jumps that would never or always ask."""

    code = "accounting.rate_jump_impossible"
    message = N_("Type a limit above 0 and up to 100 %.")
    constraints = ("rate_settings_jump_is_possible",)


class SettleMixedError(UserError):
    """Lines that cannot be settled in one currency."""

    code = "accounting.settle_mixed"
    message = N_(
        "Only open lines of one account, one partner and one currency settle each other. Mark "
        "others."
    )


class SettleTooMuchError(UserError):
    """More of a line than it has open."""

    code = "accounting.settle_too_much"
    message = N_("Only {open} {currency} is open, not {amount}. Settle that much, or less.")


class SettleTooSmallError(UserError):
    """A part that is worth less than the smallest coin, or all."""

    code = "accounting.settle_too_small"
    message = N_("{amount} is too small a part to be booked. Settle more, or all of it.")


class RevaluationMonthEndError(UserError):
    """A revaluation in the middle of a month."""

    code = "accounting.revaluation_month_end"
    message = N_("Currencies are revalued on the last day of a month. Choose a month.")


class RevaluationLaterError(UserError):
    """A revaluation that a later one builds on."""

    code = "accounting.revaluation_later"
    message = N_("{month} is revalued already. Take that back first: later months build on this.")


class RevaluationNothingError(UserError):
    """A revaluation of nothing."""

    code = "accounting.revaluation_nothing"
    message = N_(
        "At {date} nothing in other currencies is worth more or less than in the books. If the "
        "rate of the day is missing, enter it first."
    )
