"""Customers and suppliers as a kind of import."""

from typing import Any, cast

from typing_extensions import override

from erp_desktop.core.commands import uuid7
from erp_desktop.imports.fields import EXTRA
from erp_desktop.imports.kinds import Kind, RowNote
from erp_desktop.imports.rows import ReadRow
from modules.parties.identifiers import doubt_about, is_possible
from modules.parties.imports import problems
from modules.parties.imports.fields import IDENTIFIER, party_fields
from modules.parties.selectors import AddressDraft, PartySheet
from modules.parties.services import PartyDraft

_ADDRESS = ("street", "street_ar", "city", "city_ar", "postal_code", "region")


class PartyKind(Kind[PartyDraft]):
    """Customers and suppliers; one without a code is known by its tax number, or gets the next.

    Attributes:
        sheet: Regions, terms, price lists and identifiers.
    """

    code_taken = problems.CODE_TAKEN
    mark_repeated = problems.NUMBER_REPEATED
    mark_taken = problems.NUMBER_TAKEN

    def __init__(self, sheet: PartySheet, *, may_set_credit: bool) -> None:
        super().__init__(party_fields(sheet, may_set_credit=may_set_credit))
        self.sheet = sheet

    @override
    def usual(self) -> dict[str, str]:
        return {"kind": "customer"}

    @override
    def finish(self, row: ReadRow, note: RowNote) -> None:
        """Judge identifiers by the law of the country, which other countries do not have."""
        if row.values.get("country", self.sheet.country) != self.sheet.country:
            return
        for law in self.sheet.laws:
            about = f"{IDENTIFIER}{law.code}"
            number = row.values.get(about, "")
            if number and not is_possible(law, number):
                name = law.name
                note(about, number, problems.NUMBER_IMPOSSIBLE, identifier=name, number=number)
            elif number and doubt_about(law, number):
                note(about, number, problems.NUMBER_UNUSUAL)

    @override
    def draft(self, row: ReadRow) -> PartyDraft:
        said = row.values
        found = PartyDraft(
            code=row.code,
            name=said["name"],
            name_ar=said.get("name_ar", ""),
            is_customer=said["kind"] != "supplier",
            is_supplier=said["kind"] != "customer",
            is_company=said.get("is_company") == "yes",
            country=said.get("country", ""),
            identifiers=self._identifiers(row),
            phone=said.get("phone", ""),
            email=said.get("email", ""),
            document_language=said.get("language", ""),
            terms=said.get("terms"),
            price_list=said.get("price_list"),
            credit_limit=said.get("credit_limit"),
            metadata=dict(said.get(EXTRA, {})),
            addresses=self._addresses(row),
        )
        return found.written_by(self.sheet.laws)

    @staticmethod
    def _identifiers(row: ReadRow) -> dict[str, str]:
        return {
            about.removeprefix(IDENTIFIER): value
            for about, value in row.values.items()
            if about.startswith(IDENTIFIER)
        }

    def _addresses(self, row: ReadRow) -> tuple[AddressDraft, ...]:
        where: dict[str, Any] = {name: row.values.get(name, "") for name in _ADDRESS}
        if not any(where.values()):
            return ()
        country = row.values.get("country", self.sheet.country)
        if country != self.sheet.country:
            where["region"] = ""
        usual = {"id": str(uuid7()), "kind": "main", "country": country}
        return (cast("AddressDraft", {**where, **usual}),)
