"""Importing a register of fixed assets."""

from erp_desktop.core.i18n import N_, count
from erp_desktop.ui.import_page import ImportPage
from erp_desktop.ui.import_presenter import ImportJob
from erp_desktop.ui.import_result import ImportWords
from modules.accounting.assets import AssetDraft, import_assets
from modules.accounting.imports.assets import dry_run, get_asset_kind


class AssetImportPage(ImportPage[AssetDraft]):
    """Assets from a file, with what was depreciated of each until it is taken over."""

    title = N_("Import fixed assets")
    job = ImportJob("accounting.assets", get_asset_kind, dry_run, import_assets)
    words = ImportWords(
        action=lambda n: count("Import {n} asset", "Import {n} assets", n),
        ready=lambda n: count("{n} asset to import", "{n} assets to import", n),
        created=lambda n: count("{n} asset created", "{n} assets created", n),
    )
    done = N_("Show the fixed assets")
    done_page = "accounting.assets"
