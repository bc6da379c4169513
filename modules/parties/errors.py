"""Why parties are refused, and what to do about it."""

from typing import Any

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class CodeTakenError(UserError):
    """Another party has this code."""

    code = "parties.code_taken"
    constraints = ("parties_code_is_taken",)
    message = N_("Another partner has this code. Search for it in the list, or type another code.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "code", **details})


class IdentifierTakenError(UserError):
    """Another active party has this tax identifier."""

    code = "parties.identifier_taken"
    message = N_(
        "{number} belongs to {code} {name}. Open that partner instead, or merge the two if they "
        "are one."
    )


class IdentifierImpossibleError(UserError):
    """An identifier that cannot be right."""

    code = "parties.identifier_impossible"
    message = N_("{identifier} {number} cannot be right. Compare it with the partner's papers.")


class NameMissingError(UserError):
    """A party without a name or code, or with one that is too long."""

    code = "parties.name_missing"
    constraints = ("parties_code_is_said", "parties_name_is_said", "parties_name_ar_is_short")
    message = N_("A partner has a code of up to 40 and a name of up to 200 characters. Check both.")


class RoleMissingError(UserError):
    """Neither customer nor supplier."""

    code = "parties.role_missing"
    constraints = ("parties_are_customer_or_supplier",)
    message = N_("Say whether this is a customer, a supplier or both.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "is_customer", **details})


class CreditImpossibleError(UserError):
    """A credit limit below zero or beyond reason."""

    code = "parties.credit_impossible"
    constraints = ("parties_credit_limit_is_an_amount",)
    message = N_("A credit limit is zero or more, and below a million millions. Check it.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "credit_limit", **details})


class ChoiceUnknownError(UserError):
    """Terms, a price list, a country or a language that does not exist any more."""

    code = "parties.choice_unknown"
    constraints = (
        "parties_terms_are_known",
        "parties_price_list_is_known",
        "parties_country_is_said",
        "parties_document_language_is_known",
    )
    message = N_("This choice no longer exists. Open the partner again and choose another.")


class RegionUnknownError(UserError):
    """A wilaya, province or governorate that is not in the list."""

    code = "parties.region_unknown"
    constraints = ("addresses_region_is_known", "addresses_kind_is_known")
    message = N_("This region is not in the list. Choose one of the list, or leave it empty.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "addresses", **details})


class TwoMainAddressesError(UserError):
    """More than one main address."""

    code = "parties.two_main_addresses"
    message = N_("A partner has one main address. Make the others billing or delivery addresses.")


class ContactNamelessError(UserError):
    """A contact without a name."""

    code = "parties.contact_nameless"
    constraints = ("contacts_name_is_said",)
    message = N_("Each contact has a name. Write it, or remove the line.")

    def __init__(self, **details: Any) -> None:
        super().__init__(**{"field": "contacts", **details})


class MergedError(UserError):
    """A party that turned out to be another."""

    code = "parties.is_merged"
    message = N_("This partner was merged into {code} {name}. Open that one and change it there.")


class MergedWithItselfError(UserError):
    """A party cannot be merged with itself."""

    code = "parties.merged_with_itself"
    message = N_("These are the same partner already. Choose another one to merge with.")


class KeptInactiveError(UserError):
    """The party to keep is closed."""

    code = "parties.kept_is_inactive"
    message = N_("{code} {name} is inactive. Keep the active one, or make this one active first.")


class BalanceOpenError(UserError):
    """The party to close still owes or is owed something."""

    code = "parties.balance_is_open"
    message = N_(
        "{code} {name} still has a balance of {balance}. Settle it first, or keep this partner and "
        "close the other."
    )
