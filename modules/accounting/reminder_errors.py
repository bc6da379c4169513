"""Why a customer is not reminded."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class ReminderNotDueError(UserError):
    """No open line of a customer has come to its next level."""

    code = "accounting.reminder_not_due"
    message = N_(
        "{customer} is not due for a reminder any more: it was sent, or the invoices were paid. "
        "Refresh the list."
    )


class ReminderHeldError(UserError):
    """There is a dispute, or the customer promised to pay."""

    code = "accounting.reminder_held"
    message = N_("Nobody reminds {customer} now. Remind again first, or leave the customer out.")


class ReminderSentMeanwhileError(UserError):
    """Two runs remind of the same line at once."""

    code = "accounting.reminder_sent_meanwhile"
    message = N_("Somebody sent some of these reminders meanwhile. Refresh the list.")
    constraints = ("reminder_lines_pkey", "reminder_holds_one_each")


class ReminderHoldIncompleteError(UserError):
    """A hold without reason, or a promise without day."""

    code = "accounting.reminder_hold_incomplete"
    message = N_("Say why nobody reminds the customer and, of a promise, until which day.")
    constraints = (
        "reminder_holds_have_a_reason",
        "reminder_holds_kind_is_known",
        "reminder_holds_promises_name_a_day",
    )


class ReminderLevelImpossibleError(UserError):
    """A level that says nothing, or counts no days."""

    code = "accounting.reminder_level_impossible"
    message = N_(
        "A level needs title and text in French and Arabic, 1 to 365 days, a fee that is not "
        "below zero, and a first day that no other text of it has. Complete it."
    )
    constraints = (
        "reminder_levels_are_three",
        "reminder_levels_days_are_few",
        "reminder_levels_fee_is_no_gift",
        "reminder_levels_title_is_there",
        "reminder_levels_title_ar_is_there",
        "reminder_levels_body_is_there",
        "reminder_levels_body_ar_is_there",
        "reminder_levels_begin_once",
    )
