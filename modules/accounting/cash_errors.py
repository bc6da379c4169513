"""Why a cash box is not kept, and why nothing is taken from it or put into it."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class CashBoxIncompleteError(UserError):
    """A field of a box that is missing or impossible."""

    code = "accounting.cash_box_incomplete"
    message = N_(
        "The field {field} is missing or impossible: a cash box has a code of up to 12 capital "
        "letters and digits, a name, and a ceiling above zero."
    )


class CashBoxAccountError(UserError):
    """An account that cannot be a box's own."""

    code = "accounting.cash_box_account"
    message = N_(
        "Account {account} cannot be a cash box's own. Choose one of class 5 in use that documents "
        "and banks do not post to, or add one on the page Chart of accounts."
    )


class CashBoxCodeTakenError(UserError):
    """Two boxes with one code."""

    code = "accounting.cash_box_code_taken"
    message = N_("Another cash box has this code. Choose another one.")
    constraints = ("cash_boxes_code_is_taken",)


class CashBoxAccountTakenError(UserError):
    """Two boxes on one account."""

    code = "accounting.cash_box_account_taken"
    message = N_("Another cash box is kept on this account. Choose or add another account.")
    constraints = ("cash_boxes_account_is_taken",)


class CashBoxUsedError(UserError):
    """Something was spent from it already."""

    code = "accounting.cash_box_used"
    message = N_(
        "Cash box {box} is in use, so its account and branch stay. Make a new box, and switch this "
        "one off."
    )


class CashBoxInactiveError(UserError):
    """A box that was switched off."""

    code = "accounting.cash_box_inactive"
    message = N_("Cash box {box} is switched off. Switch it on, or take another one.")


class CashBoxOfOtherError(UserError):
    """An entry of another branch on the account of a box."""

    code = "accounting.cash_box_of_other"
    message = N_(
        "The account of cash box {box} takes entries of its own branch only. Choose another "
        "account."
    )


class CashBoxEmptyError(UserError):
    """More would be taken than is there."""

    code = "accounting.cash_box_empty"
    message = N_(
        "Cash box {box} would lack {missing} on {date}. Replenish it first, or correct the amount "
        "or the day."
    )


class CashBoxFullError(UserError):
    """More would be put in than the ceiling lets."""

    code = "accounting.cash_box_full"
    message = N_(
        "Cash box {box} holds at most {ceiling}, so {room} can be put in. Take less, or raise the "
        "ceiling."
    )


class VoucherIncompleteError(UserError):
    """A field of an expense that is missing or impossible."""

    code = "accounting.voucher_incomplete"
    message = N_(
        "The field {field} is missing or impossible. An expense has a day, an amount, an account "
        "and a label; an account of customers or suppliers wants a partner."
    )


class VoucherKnownError(UserError):
    """The same expense twice."""

    code = "accounting.voucher_known"
    message = N_("This expense is posted already. Look for it in the list.")
    constraints = ("cash_vouchers_pkey",)


class VoucherTaxError(UserError):
    """A tax without a rate on the day."""

    code = "accounting.voucher_tax"
    message = N_("Tax {tax} has no rate on {date}. Choose another tax or day.")


class VoucherUndoneError(UserError):
    """It was undone already."""

    code = "accounting.voucher_undone"
    message = N_("Expense {number} is undone already. Type it anew if it is needed.")


class CashCountPiecesError(UserError):
    """Something that is no number of notes and coins."""

    code = "accounting.cash_count_pieces"
    message = N_("Count whole notes and coins: none, one, or more of each.")


class CashCountDiffersError(UserError):
    """What was counted is not what the book says."""

    code = "accounting.cash_count_differs"
    message = N_(
        "Cash box {box} differed by {difference} from its book on {date}; the difference is "
        "booked. Find out where it comes from."
    )


class CashAboveDayError(UserError):
    """More paid in cash to one supplier on a day than can be deducted."""

    code = "accounting.cash_above_day"
    message = N_(
        "With {number}, {amount} was paid in cash to one supplier on {date}: the law lets {limit} "
        "be deducted. Pay the rest by cheque or transfer."
    )


class CashAboveMonthError(UserError):
    """More paid in cash to one supplier in a month than can be deducted."""

    code = "accounting.cash_above_month"
    message = N_(
        "With {number}, {amount} was paid in cash to one supplier this month: the law lets {limit} "
        "be deducted. Pay the rest by cheque or transfer."
    )
