"""What a user may be allowed to do with invoices and payments."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    INVOICE_VIEW = "sales.invoice.view"
    INVOICE_EDIT = "sales.invoice.edit"
    INVOICE_POST = "sales.invoice.post"
    CREDIT_APPROVE = "sales.credit.approve"
    PAYMENT_VIEW = "sales.payment.view"
    PAYMENT_RECEIVE = "sales.payment.receive"
    PAYMENT_ALLOCATE = "sales.payment.allocate"
    DEBT_WRITE_OFF = "sales.debt.write_off"
    HISTORY_IMPORT = "sales.history.import"
