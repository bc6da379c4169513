"""Looking at pages in French and in Arabic, and keeping them on paper in both."""

from typing import Any

from erp_desktop.core.i18n import current
from erp_desktop.demo.office_hands import OfficeHands
from erp_desktop.ui import language

LANGUAGES = {"fr": "french", "ar": "arabic"}


class Reader:
    """Takes pictures and papers; the last language is French again."""

    def __init__(self, shell: Any, hands: OfficeHands, country: str) -> None:
        self._shell = shell
        self._hands = hands
        self._country = country

    async def both(self, page: Any, name: str) -> None:
        """Take a picture in each language."""
        await self.keep(page, name, on_paper=False)

    async def keep(self, page: Any, name: str, *, on_paper: bool = True) -> None:
        """Take a picture and a PDF of a report in each language."""
        for code, spoken in LANGUAGES.items():
            if code != current().language:
                language.use(code, self._country)
            # What a page said of a deed is said in the language of that moment.
            page.notices.bar.dismiss()
            await self._hands.picture(self._shell, f"{name}-{spoken}")
            if on_paper:
                await self._print(page, f"{name}-{spoken}.pdf")
        language.use("fr", self._country)
        await self._hands.pause()

    async def _print(self, page: Any, name: str) -> None:
        if page.title == "Ledger":
            await self._hands.click_on(page, "PDF")
        else:
            await self._hands.choose(page, "Export as PDF…")
        await self._hands.save(page, self._hands.output / "accounting" / name)
