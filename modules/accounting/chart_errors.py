"""Why an account is not kept as it was typed."""

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_


class AccountCodeTakenError(UserError):
    """A new account with a code that another one has."""

    code = "accounting.account_code_taken"
    message = N_("There is an account {account} already. Choose another code, or open that one.")
    constraints = ("accounts_code_is_taken",)


class AccountCodeUnplainError(UserError):
    """A code that would not sort among the others."""

    code = "accounting.account_code_unplain"
    message = N_("The code of an account is made of 1 to 12 digits. Correct it.")
    constraints = ("accounts_code_is_digits",)


class AccountNameMissingError(UserError):
    """An account without a name."""

    code = "accounting.account_name_missing"
    message = N_("Give the account a name: reports print it.")


class AccountWithoutClassError(UserError):
    """An account that no report would find."""

    code = "accounting.account_without_class"
    message = N_("There is no class {class} above {account}. Add the class first.")


class AccountAboveUsedError(UserError):
    """An account beneath one that has lines of its own."""

    code = "accounting.account_above_used"
    message = N_(
        "Account {above} has entries of its own, so none can stand beneath it. Choose a code "
        "beside {above}."
    )


class AccountPlaysRoleError(UserError):
    """An account to which documents post by themselves."""

    code = "accounting.account_plays_role"
    message = N_(
        "Documents post to account {account} by themselves. Let another account do that first "
        "(page Posting accounts)."
    )


class AccountNotEmptyError(UserError):
    """An account with a balance."""

    code = "accounting.account_not_empty"
    message = N_(
        "Account {account} still holds {balance} {currency}. Move that to another account first."
    )


class RoleAccountInactiveError(UserError):
    """A role for an account that is not in use."""

    code = "accounting.role_account_inactive"
    message = N_("Account {account} is not in use. Put it in use first, or choose another one.")


class RoleAccountIsGroupError(UserError):
    """A role for an account whose children take the lines."""

    code = "accounting.role_account_is_group"
    message = N_("Account {account} has accounts beneath it. Choose one of those, such as {child}.")


class RoleAccountOfOthersError(UserError):
    """An account that holds what parties owe in another role."""

    code = "accounting.role_account_of_others"
    message = N_(
        "Account {account} holds what single customers or suppliers owe in the role {role}. "
        "Choose an account that holds nothing of theirs."
    )
