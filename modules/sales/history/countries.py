"""Countries as files name them."""

from functools import cache

from babel import Locale

from erp_desktop.core.search import fold

# Names that no list of countries has.
_ALSO = {
    "eire": "IE",
    "usa": "US",
    "uk": "GB",
    "rsa": "ZA",
    "hong kong": "HK",
    "channel islands": "JE",
    "czech republic": "CZ",
}


def country_code(name: str) -> str:
    """Return the ISO 3166 code of a country named in English, French or Arabic; else nothing."""
    return _names().get(fold(name).strip(), "")


@cache
def _names() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in ("ar", "fr", "en"):
        territories = Locale(language).territories
        known |= {fold(name): code for code, name in territories.items() if code.isalpha()}
    return known | _ALSO
