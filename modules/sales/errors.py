"""Why sales refuses or flags, and what to do about it."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class LinesMissingError(UserError):
    """A document of nothing."""

    code = "sales.lines_missing"
    message = N_("There is nothing on the document yet. Add a product first.")


class FiguresDifferError(UserError):
    """The amounts of a document do not follow from its lines."""

    code = "sales.figures_differ"
    constraints = ("invoices_net_and_tax_make_the_total",)
    message = N_(
        "The figures of the document do not add up ({figure}). Open it again: somebody may have "
        "changed what it refers to."
    )


class AlreadyPostedError(UserError):
    """A document that has its number already."""

    code = "sales.already_posted"
    message = N_(
        "This is posted already, as {number}. What is wrong in it, a credit note corrects."
    )


class DiscardedError(UserError):
    """A draft that somebody has thrown away."""

    code = "sales.is_discarded"
    message = N_("This draft was discarded. Write a new one.")


class CustomerMissingError(UserError):
    """A document for nobody."""

    code = "sales.customer_missing"
    message = N_("Say who buys: choose the customer first.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "customer", **details})


class CustomerInactiveError(UserError):
    """A customer who is closed, or is none."""

    code = "sales.customer_inactive"
    message = N_(
        "{customer} is no active customer. Choose another, or make this partner an active customer "
        "first."
    )

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "customer", **details})


class DateInFutureError(UserError):
    """A document dated after today; every later one would have to wait for that day."""

    code = "sales.date_in_future"
    message = N_("{date} is still to come. Date the document today or earlier.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "dated_on", **details})


class DateOutOfOrderError(UserError):
    """A day before that of the last number of the series."""

    code = "sales.date_out_of_order"
    message = N_(
        "Numbers follow the days: the last document of this series is dated {last}. Date this one "
        "the same day or later."
    )

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "dated_on", **details})


class DueBeforeDateError(UserError):
    """Due before it is written."""

    code = "sales.due_before_date"
    constraints = ("invoices_are_due_after_their_day",)
    message = N_("It cannot be due before its own day. Choose a later day to pay.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "due_on", **details})


class TextTooLongError(UserError):
    """A reference, note or description beyond reason."""

    code = "sales.text_too_long"
    constraints = (
        "invoices_reference_is_short",
        "invoices_note_is_short",
        "invoice_lines_description_is_short",
        "payments_reference_is_short",
        "payments_note_is_short",
    )
    message = N_("A text is too long: a reference has up to 100 signs, a line 500, a note 2000.")


class ChoiceUnknownError(UserError):
    """Terms, a price list, a language or a way to pay that does not exist."""

    code = "sales.choice_unknown"
    constraints = (
        "invoices_price_list_is_known",
        "invoices_terms_are_known",
        "invoices_payment_method_is_known",
        "invoices_language_is_known",
        "invoices_kind_is_known",
        "payments_method_is_known",
    )
    message = N_("This choice no longer exists. Open the document again and choose another.")


class TaxRateMissingError(UserError):
    """A tax without a rate on the day of the document."""

    code = "sales.tax_rate_missing"
    message = N_(
        "The tax {tax} has no rate on the day of the document. Ask the accountant to enter it, or "
        "change the day."
    )


class TaxDiffersError(UserError):
    """Taxes that are not those of the day."""

    code = "sales.tax_differs"
    message = N_(
        "{product} bears the tax {tax} at a rate that is not that of the day. Open the document "
        "again to take the right one."
    )


class StampDiffersError(UserError):
    """A stamp duty that is not what the law of the day says."""

    code = "sales.stamp_differs"
    message = N_(
        "The document bears {charged} of stamp duty; the law of that day says {duty}. Open it "
        "again, or ask the accountant to check the country rules."
    )


class CreditExceededError(UserError):
    """A customer who would owe more than they may."""

    code = "sales.credit_exceeded"
    message = N_(
        "{customer} would owe {owed}, and may owe {limit}. Let somebody approve it who may, take "
        "the payment at once, or raise the limit."
    )


class OriginalUnknownError(UserError):
    """A credit note of an invoice that is not there, or not this customer's."""

    code = "sales.original_unknown"
    message = N_(
        "The invoice that this credit note gives back of is not posted in this branch, or is "
        "another customer's. Open that invoice and begin the credit note there."
    )


class MoreThanSoldError(UserError):
    """More comes back than was sold."""

    code = "sales.more_than_sold"
    message = N_(
        "More would come back than was sold and not given back yet. Lower the quantities, or look "
        "at the earlier credit notes of the invoice."
    )


class GoodsNeedOriginalError(UserError):
    """Goods that come back of no invoice: nobody knows what they had cost."""

    code = "sales.goods_need_original"
    message = N_(
        "Goods come back by a credit note of the invoice that sold them. Begin it there, or give "
        "back the money only."
    )


class DocumentUnknownError(UserError):
    """Something to settle that is not there, or not this customer's."""

    code = "sales.document_unknown"
    message = N_(
        "One of the documents is not posted in this branch, or is another customer's. Open the "
        "list again and choose from it."
    )


class SettledTooMuchError(UserError):
    """More is settled than is open; flagged where money was taken."""

    code = "sales.settled_too_much"
    message = N_(
        "Only {open} of {number} is open, less than {amount}. Settle less; what is left of a "
        "payment stays as an advance."
    )


class AlreadyUndoneError(UserError):
    """An allocation that is taken back already, or never was."""

    code = "sales.already_undone"
    constraints = ("allocations_are_undone_once",)
    message = N_("This was taken back already. Open the document again to see how it stands.")


class PaymentImpossibleError(UserError):
    """A payment of nothing, or in another currency."""

    code = "sales.payment_impossible"
    message = N_("A payment has an amount and a way to pay. Check {figure}.")


class ReasonMissingError(UserError):
    """A debt given up without a word."""

    code = "sales.reason_missing"
    constraints = ("write_offs_reason_is_said",)
    message = N_("Say why the debt is given up, in up to 500 signs.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "reason", **details})


class AmountImpossibleError(UserError):
    """An amount to give up or to settle that is none."""

    code = "sales.amount_impossible"
    constraints = ("write_offs_give_up_something", "allocations_settle_something")
    message = N_("An amount is above zero and has no more decimals than the currency. Correct it.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "amount", **details})


class DiscountAboveLimitError(UserError):
    """More is given away than the user may alone."""

    code = "sales.discount_above_limit"
    message = N_(
        "{given} % off is more than the {limit} % that you may give alone. Give less, or let "
        "somebody post it who may."
    )


class ProductUnknownError(UserError):
    """A code that no product has."""

    code = "sales.product_unknown"
    message = N_("No product is sold under {text}. Search by name, or add it to the catalog.")


class LineNeededError(UserError):
    """Posting while head office does not answer."""

    code = "sales.line_needed"
    message = N_(
        "Posting needs the line to head office, which does not answer. What you wrote is kept on "
        "this computer: open it here again and post it once the line is back."
    )


class SharedTooMuchError(UserError):
    """More is shared out than there is."""

    code = "sales.shared_too_much"
    message = N_(
        "{settled} would be settled, more than the {amount} that there is. Lower what is settled, "
        "or raise the amount."
    )


class ImportNotRunningError(UserError):
    """A batch of an import that was not begun, is complete, or was taken further elsewhere."""

    code = "sales.import_not_running"
    message = N_("This import is complete, or goes on at another computer. Open the file again.")


class ImportDiffersError(UserError):
    """A file that was begun with other options; half of it is booked with them."""

    code = "sales.import_differs"
    message = N_(
        "The import of {file} was begun otherwise: tax {tax_code}, rate {rate}, cost share "
        "{share}. Go on with these options, and in the same branch."
    )


class TaxNotZeroError(UserError):
    """A tax code that would add to amounts which bear no tax."""

    code = "sales.tax_not_zero"
    message = N_(
        "The file has no taxes, so {tax} must be a tax of 0 % on all its days. Choose an exempt "
        "tax code."
    )


class NothingToBookError(UserError):
    """A file of which no line can be booked."""

    code = "sales.nothing_to_book"
    message = N_(
        "None of the rows of {file} can be booked. Choose a file with invoice number, product, "
        "quantity, date and price in each row."
    )


class BranchUnknownError(UserError):
    """The code of a branch that is not there, or not the user's."""

    code = "sales.branch_unknown"
    message = N_("You have no branch {code}. Say one of these: {known}.")


class NumberTakenError(UserError):
    """A document of a file whose number another document bears."""

    code = "sales.number_taken"
    message = N_(
        "Another document bears this number already. Look it up: the same invoice may have come by "
        "another file."
    )
