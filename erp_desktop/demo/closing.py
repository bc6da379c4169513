"""The end of the accountant's month: an asset, its depreciation, the tax return, the reports."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from erp_desktop.core import wall_clock
from erp_desktop.demo.month_plan import MonthPlan
from erp_desktop.demo.office_hands import OfficeHands
from erp_desktop.demo.reading import Reader


@dataclass(frozen=True, slots=True)
class Closed:
    """What the reports show.

    Attributes:
        charge: What the month used up of the asset.
        boxes: What the tax return deducts, by use.
        listed: What the statement of deductions lists.
        debit: Debits of the trial balance at its end.
        credit: Its credits.
        assets: Of the balance sheet.
        liabilities: Of the balance sheet.
        result: Of the income statement.
        bank: Closing balance of the bank's ledger.
    """

    charge: Decimal
    boxes: dict[str, Decimal]
    listed: Decimal
    debit: Decimal
    credit: Decimal
    assets: Decimal
    liabilities: Decimal
    result: Decimal
    bank: Decimal


class Closing:
    """Does what is done at the end of a month, and keeps the papers of it."""

    def __init__(self, shell: Any, hands: OfficeHands, plan: MonthPlan, reader: Reader) -> None:
        self._shell = shell
        self._hands = hands
        self._plan = plan
        self._reader = reader
        self._month = wall_clock.today().replace(day=1)

    async def close(self, bank_account: str) -> Closed:
        """Keep the asset, use it up for a month, and read every report."""
        await self._keep_asset()
        charge = await self._depreciate()
        boxes = await self._return()
        listed = await self._deductions()
        debit, credit = await self._trial_balance()
        bank = await self._ledger(bank_account)
        assets, liabilities = await self._balance_sheet()
        result = await self._income()
        return Closed(charge, boxes, listed, debit, credit, assets, liabilities, result, bank)

    async def _keep_asset(self) -> None:
        page = self._shell.open_page("accounting.asset")
        await self._hands.until(lambda: page.sheet, "the form of an asset")
        fields, asset = page.form.fields, self._plan.asset
        await self._hands.type(fields["code"].editor, asset.code)
        await self._hands.pick(fields["category"], asset.category)
        for name in ("name", "name_ar", "cost"):
            await self._hands.type(fields[name].editor, getattr(asset, name))
        await self._hands.type(fields["document"].editor, self._plan.purchase.number)
        await self._hands.type(fields["in_service_on"].editor, "0")
        await self._hands.idle(page)
        await self._hands.press(page, Qt.Key.Key_S, control=True)
        await self._hands.until(lambda: page.sheet.asset, "the asset is saved")
        await self._reader.both(page, "asset")

    async def _depreciate(self) -> Decimal:
        page = self._shell.open_page("accounting.depreciation")
        await self._hands.until(lambda: page.shown, "a depreciation")
        await self._hands.pick(page.parameters["month"], self._month)
        await self._show(page, lambda: page.shown.rows)
        await self._hands.click_on(page, "Post")
        await self._hands.answer(page, "Post")
        await self._hands.until(lambda: page.shown.posted, "the month is depreciated")
        await self._hands.picture(self._shell, "depreciation-french")
        charge: Decimal = page.report.totals.amount
        return charge

    async def _return(self) -> dict[str, Decimal]:
        page = self._shell.open_page("accounting.tax_return")
        await self._hands.until(lambda: page.shown, "a tax return")
        await self._pick_month(page)
        await self._show(page, lambda: page.shown and any(row.use for row in page.report.rows))
        await self._reader.keep(page, "tax-return")
        return {row.use: row.tax for row in page.report.rows if row.use}

    async def _deductions(self) -> Decimal:
        page = self._shell.open_page("accounting.deductions")
        await self._hands.until(lambda: page.report.totals, "the deductions")
        await self._reader.keep(page, "deductions")
        listed: Decimal = page.report.totals.tax
        return listed

    async def _trial_balance(self) -> tuple[Decimal, Decimal]:
        page = self._shell.open_page("accounting.trial_balance")
        page.refresh()
        await self._hands.until(lambda: page.report.totals, "the trial balance")
        await self._reader.keep(page, "trial-balance")
        totals = page.report.totals
        return totals.closing_debit, totals.closing_credit

    async def _ledger(self, account: str) -> Decimal:
        page = self._shell.open_page("accounting.ledger")
        await self._hands.until(page.bar.account.isVisible, "the ledger")
        await self._hands.type(page.bar.account.editor, account, enter=True)
        await self._hands.click_on(page, "Show")
        await self._hands.until(lambda: page.ledger, f"the ledger of {account}")
        await self._reader.keep(page, "ledger")
        closing: Decimal = page.ledger.closing
        return closing

    async def _balance_sheet(self) -> tuple[Decimal, Decimal]:
        page = self._shell.open_page("accounting.balance_sheet")
        await self._hands.until(lambda: page.statements, "the balance sheet")
        await self._reader.keep(page, "balance-sheet")
        assets, liabilities = (_last(each) for each in page.statements)
        return assets, liabilities

    async def _income(self) -> Decimal:
        page = self._shell.open_page("accounting.income_statement")
        await self._hands.until(lambda: page.statements, "the income statement")
        await self._reader.keep(page, "income-statement")
        return _last(page.statements[0])

    async def _pick_month(self, page: Any) -> None:
        for name in ("first", "last"):
            await self._hands.pick(page.parameters[name], self._month)

    async def _show(self, page: Any, seen: Callable[[], Any]) -> None:
        before = page.report
        await self._hands.click_on(page, "Show")
        await self._hands.until(lambda: page.report is not before and seen(), "what is asked for")


def _last(statement: Any) -> Decimal:
    """Return the figure at the end of a statement."""
    figure: Decimal = next(row for row in reversed(statement.rows) if row.kind == "sum").total
    return figure
