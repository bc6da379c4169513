"""Importing a company's own chart of accounts."""

from erp_desktop.core.i18n import N_, count
from erp_desktop.ui.import_page import ImportPage
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.import_result import ImportWords
from modules.accounting.chart import ImportedAccount, import_accounts
from modules.accounting.imports.accounts import dry_run, get_account_kind


class AccountImportPage(ImportPage[ImportedAccount]):
    """Accounts from a file of any program."""

    title = N_("Import accounts")
    job = ImportJob("accounting.accounts", get_account_kind, dry_run, import_accounts)
    words = ImportWords(
        action=lambda n: count("Import {n} account", "Import {n} accounts", n),
        ready=lambda n: count("{n} account to import", "{n} accounts to import", n),
        created=lambda n: count("{n} account created", "{n} accounts created", n),
    )
    done = N_("Show the chart of accounts")
    done_page = "accounting.accounts"
