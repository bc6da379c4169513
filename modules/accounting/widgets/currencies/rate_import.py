"""Importing the rates of a bank."""

from erp_desktop.core.i18n import N_, count
from erp_desktop.ui.import_page import ImportPage
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.import_result import ImportWords
from modules.accounting.currencies import RateDraft, import_rates
from modules.accounting.imports.rates import dry_run, get_rate_kind


class RateImportPage(ImportPage[RateDraft]):
    """Rates from a file: a currency, a day and a rate in each row."""

    title = N_("Import exchange rates")
    job = ImportJob("accounting.rates", get_rate_kind, dry_run, import_rates)
    words = ImportWords(
        action=lambda n: count("Import {n} rate", "Import {n} rates", n),
        ready=lambda n: count("{n} rate to import", "{n} rates to import", n),
        created=lambda n: count("{n} rate created", "{n} rates created", n),
    )
    done = N_("Show the exchange rates")
    done_page = "accounting.rates"
