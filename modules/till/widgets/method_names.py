"""What each way of paying is called."""

from collections.abc import Mapping

from erp_desktop.core.i18n import N_

METHOD_NAMES: Mapping[str, str] = {
    "cash": N_("Cash"),
    "card": N_("Card"),
    "cheque": N_("Cheque"),
    "account": N_("On account"),
}
