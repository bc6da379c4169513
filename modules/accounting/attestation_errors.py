"""Why an attestation is not kept, or suspends no tax on a document."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class AttestationIncompleteError(UserError):
    """A field that is missing or impossible."""

    code = "accounting.attestation_incomplete"
    message = N_(
        "The field {field} is missing or impossible. Copy it from the attestation: it has a "
        "number, an authority, its days and at least one tax."
    )


class AttestationKnownError(UserError):
    """The same paper twice."""

    code = "accounting.attestation_known"
    message = N_(
        "This customer's attestation is there already. Look for its number in the list, or correct "
        "the number."
    )
    constraints = ("attestations_once",)


class AttestationNeededError(UserError):
    """A suspended tax without an attestation."""

    code = "accounting.attestation_needed"
    message = N_(
        "A tax is suspended here, and no attestation says so. Choose the customer's attestation "
        "on the invoice, or charge the tax."
    )


class AttestationOfAnotherError(UserError):
    """The attestation of somebody else."""

    code = "accounting.attestation_of_another"
    message = N_(
        "Attestation {number} is another customer's. Choose one of this customer, or charge "
        "the tax."
    )


class AttestationNotValidError(UserError):
    """A day that it does not cover."""

    code = "accounting.attestation_not_valid"
    message = N_(
        "Attestation {number} holds from {first} to {last}, not on {date}. Ask the customer for a "
        "new one, or switch the attestation off and charge the tax."
    )


class AttestationWithdrawnError(UserError):
    """It was withdrawn."""

    code = "accounting.attestation_withdrawn"
    message = N_(
        "Attestation {number} is withdrawn. Ask the customer for a new one, or switch it off and "
        "charge the tax."
    )


class AttestationExceededError(UserError):
    """More than is left of its ceiling."""

    code = "accounting.attestation_exceeded"
    message = N_(
        "Of attestation {number}, {left} is left, and this document needs {amount}. Sell less on "
        "it, or switch the attestation off and charge the tax."
    )


class AttestationNotUsedError(UserError):
    """More would come back than was used."""

    code = "accounting.attestation_not_used"
    message = N_(
        "Of attestation {number} only {used} was used, so {amount} cannot be given back to it. "
        "Choose another attestation, or take less back."
    )


class AttestationTaxError(UserError):
    """A tax that it does not suspend."""

    code = "accounting.attestation_tax"
    message = N_(
        "Attestation {number} does not suspend the tax {tax}. Switch the attestation off, or give "
        "the line the tax that it suspends."
    )


class AttestationInUseError(UserError):
    """What documents have used stays what it was."""

    code = "accounting.attestation_in_use"
    message = N_(
        "Documents use attestation {number} already: its customer, number, authority, taxes and "
        "first day stay. Withdraw it and enter a new one."
    )


class AttestationUsedMoreError(UserError):
    """A ceiling below what was used."""

    code = "accounting.attestation_used_more"
    message = N_(
        "{used} of attestation {number} is used already. Type a ceiling that is not lower, or give "
        "credit notes first."
    )


class AttestationReasonError(UserError):
    """Nobody said why."""

    code = "accounting.attestation_reason"
    message = N_("Say why the attestation is withdrawn.")


class AttestationDiffersError(UserError):
    """What is used is not the sum of its documents."""

    code = "accounting.attestation_differs"
    message = N_(
        "What is used of attestation {number} is not the sum of its documents. Nothing was "
        "changed; call the administrator."
    )
