"""Why a certificate of withholding tax is not made."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class WithholdingIncompleteError(UserError):
    """A field that is missing or impossible."""

    code = "accounting.withholding_incomplete"
    message = N_(
        "The field {field} is missing or impossible. Compare it with the document: the certificate "
        "is not older, and the VAT is part of the total."
    )


class WithholdingKindUnknownError(UserError):
    """No such kind in the law of the day."""

    code = "accounting.withholding_kind_unknown"
    message = N_(
        "The country rules have no such withholding on {date}. Choose another kind or day, or add "
        "the rule on the page Country rules."
    )


class AttestationExpiredError(UserError):
    """An attestation that does not cover the day."""

    code = "accounting.attestation_expired"
    message = N_(
        "Attestation {number} ended on {date}. Ask for a new one, or leave it out and withhold the "
        "full rate."
    )


class WithholdingNothingError(UserError):
    """Below the threshold, or attested: the law keeps nothing back."""

    code = "accounting.withholding_nothing"
    message = N_(
        "Nothing is withheld here: the total is below the threshold, or the attestation frees it. "
        "Pay the document in full, without a certificate."
    )


class WithholdingAmountError(UserError):
    """Another amount than the law says."""

    code = "accounting.withholding_amount"
    message = N_(
        "The law withholds {amount} of {base} here. Take this amount, or correct the kind, the "
        "total or the VAT."
    )


class WithholdingUndoneError(UserError):
    """It was undone already."""

    code = "accounting.withholding_undone"
    message = N_("Certificate {number} is undone already. Make a new one if it is needed.")


class WithholdingKnownError(UserError):
    """The same paper of a customer twice."""

    code = "accounting.withholding_known"
    message = N_(
        "This partner's certificate is in the books already. Look for its number in the list, or "
        "correct the number."
    )
    constraints = ("withholdings_received_once",)


class WithholdingOfPaymentError(UserError):
    """It came with a payment, and goes with it."""

    code = "accounting.withholding_of_payment"
    message = N_(
        "This certificate came with payment {number}. Open the payment and take it back there, so "
        "that its invoice is open again."
    )


class WithholdingOfDocumentError(UserError):
    """A document with a certificate already."""

    code = "accounting.withholding_of_document"
    message = N_(
        "{document} has a certificate of this customer already. Leave the withheld tax out of this "
        "payment, or undo that certificate first."
    )


class WithholdingNumberedError(UserError):
    """A number that came already."""

    code = "accounting.withholding_numbered"
    message = N_(
        "The certificate has number {number} already. If it is wrong, undo the certificate and "
        "make it anew."
    )


class WithholdingSettlesMoreError(UserError):
    """More is kept back than is left of the invoice."""

    code = "accounting.withholding_settles_more"
    message = N_(
        "Only {open} of {document} is left to pay, less than what is withheld. Make the "
        "certificate before the rest is paid, or take a payment back first."
    )
