"""What a user may be allowed to do with the ledger and the rules of the country."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    VIEW_LEDGER = "accounting.ledger.view"
    ROLL_LEDGER = "accounting.ledger.roll"
    MANAGE_PERIODS = "accounting.period.manage"
    VIEW_LAW = "accounting.law.view"
    EDIT_LAW = "accounting.law.edit"
    POST_ENTRIES = "accounting.entry.post"
    POST_DUE = "accounting.entry.post_due"
    EDIT_JOURNALS = "accounting.journal.edit"
    MOVE_INSTRUMENTS = "accounting.instrument.move"
    DECLARE_TAXES = "accounting.tax.declare"
    EDIT_STATEMENTS = "accounting.statement.edit"
    EDIT_CHART = "accounting.chart.edit"
    CLOSE_YEARS = "accounting.year.close"
    MATCH_LINES = "accounting.ledger.match"
    WRITE_OFF = "accounting.ledger.write_off"
    EDIT_TOLERANCE = "accounting.tolerance.edit"
    SEND_REMINDERS = "accounting.reminder.send"
    EDIT_REMINDERS = "accounting.reminder.edit"
    EDIT_RATES = "accounting.rate.edit"
    REVALUE = "accounting.currency.revalue"
    EDIT_ASSETS = "accounting.asset.edit"
    DEPRECIATE = "accounting.asset.depreciate"
    DISPOSE = "accounting.asset.dispose"
    WITHHOLD = "accounting.withholding.make"
