"""What the demo company did before today: capital at its bank, and invoices of two months.

All of it goes through the gate, as the accountant would have done it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import Command, Envelope, uuid7
from erp_desktop.core.session import Session, sign_in
from erp_desktop.demo.company import Demo
from erp_desktop.demo.month_plan import Bill, Cost, MonthPlan, Supplier, read_month
from erp_desktop.server.packs import read_pack

_MONTHS, _INVOICED, _PAID = 2, 5, 12


@dataclass(frozen=True, slots=True)
class Past:
    """What is left of it today.

    Attributes:
        months: How many months it had; none in January.
        at_bank: What the bank account has.
        on_bank: How many lines of the ledger that is.
        owed: What the invoices that are not paid come to, with tax.
        their_tax: The tax of those.
    """

    months: int
    at_bank: Decimal
    on_bank: int
    owed: Decimal
    their_tax: Decimal


def remember_past(demo: Demo) -> Past:
    """Write suppliers, the bank account and past invoices; return what is left of them."""
    plan = read_month(demo.folder)
    parties = _welcome_suppliers(demo, plan)
    session = sign_in(demo.dsn("salima"))
    try:
        return Accounts(session, demo.country, plan, parties).remember()
    finally:
        session.database.close()


def past_months(today: date) -> list[date]:
    """Return the first days of the last months of this year before this one: two at most."""
    first = max(1, today.month - _MONTHS)
    return [today.replace(month=month, day=1) for month in range(first, today.month)]


class Accounts:
    """The accountant's own requests, without her windows."""

    def __init__(
        self, session: Session, country: str, plan: MonthPlan, parties: Mapping[str, UUID]
    ) -> None:
        self._session = session
        self._country = country
        self._plan = plan
        self._parties = parties
        self._bank_ledger = bank_ledger(country)
        self._bank_id = uuid7()
        self._branch = str(session.user.branch.id)

    def remember(self) -> Past:
        """Write it all."""
        today = wall_clock.today()
        months = past_months(today)
        self._open_bank()
        capital = Decimal(self._plan.bank.capital)
        self._give_capital(today.replace(month=1, day=1))
        paid, owed, their_tax, orders = Decimal(0), Decimal(0), Decimal(0), 0
        for month in months:
            for bill in self._plan.past:
                entry, total = self._post(bill, month), bill.total(self._country)
                if bill.is_paid:
                    self._pay(bill, entry, month)
                    paid, orders = paid + total, orders + 1
                else:
                    owed, their_tax = owed + total, their_tax + bill.tax(self._country)
        return Past(len(months), capital - paid, 1 + orders, owed, their_tax)

    def _open_bank(self) -> None:
        bank = self._plan.bank
        told = {name: getattr(bank, name) for name in ("code", "name", "name_ar", "bank", "rib")}
        told |= {"id": str(self._bank_id), "branch_id": self._branch, "is_active": True}
        told |= {"account": self._bank_ledger, "journal": "BQ"}
        self._call("accounting.save_bank_account_v1", told)
        for each in self._plan.suppliers:
            if each is not self._plan.owed:
                self._call("accounting.save_payee_v1", self._payee(each))

    def _payee(self, supplier: Supplier) -> dict[str, Any]:
        party = str(self._parties[supplier.code])
        return {"party_id": party, "bank": supplier.bank, "rib": supplier.rib, "version": 0}

    def _give_capital(self, day: date) -> None:
        bank = self._plan.bank
        lines = [
            {"account": self._bank_ledger, "debit": bank.capital},
            {"account": bank.capital_account, "credit": bank.capital},
        ]
        entry = {"id": str(uuid7()), "journal": "BQ", "branch_id": self._branch, "lines": lines}
        self._send("accounting.post_entry_v1", entry | {"on": f"{day}", "label": "Capital"})

    def _post(self, bill: Bill, month: date) -> str:
        """Post a past invoice and return its entry."""
        day = f"{month.replace(day=_INVOICED)}"
        told = {
            "id": str(uuid7()),
            "branch_id": self._branch,
            "kind": "invoice",
            "party_id": str(self._parties[bill.supplier]),
            "number": bill.number.format(month=f"{month:%m}"),
            "dated_on": day,
            "booked_on": day,
            "due_on": f"{month.replace(day=_PAID)}",
            "label": bill.lines[0].label,
            "stamp": "0",
            "total": str(bill.total(self._country)),
            "lines": [_line(line) for line in bill.lines],
        }
        return str(self._send("accounting.post_purchase_v1", told)["entry_id"])

    def _pay(self, bill: Bill, entry: str, month: date) -> None:
        """Pay all of an invoice by a transfer order."""
        # What is owed stands last, after costs and taxes.
        last = len(bill.lines) + len(bill.taxes(self._country)) + 1
        line = {
            "party_id": str(self._parties[bill.supplier]),
            "entry_id": entry,
            "entry_line": last,
            "amount": str(bill.total(self._country)),
            "reason": bill.number.format(month=f"{month:%m}"),
        }
        order = {
            "branch_id": self._branch,
            "bank_account_id": str(self._bank_id),
            "dated_on": f"{month.replace(day=_PAID)}",
            "lines": [line],
        }
        self._send("accounting.order_transfers_v1", {"order_id": str(uuid7()), "draft": order})

    def _call(self, function: str, told: Mapping[str, Any]) -> None:
        with self._session.database.begin(self._session.user, "accounting") as ctx:
            ctx.call(function, told)

    def _send(self, name: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send a request through the gate and return its result."""
        command = Command(name, payload, "salima", wall_clock.now())
        with self._session.database.begin(self._session.user, "core") as ctx:
            (answer,) = ctx.call("core.execute_v1", [Envelope(command.body()).as_json()])
        if answer["state"] != "applied":
            why = f"{name}: {answer}"
            raise RuntimeError(why)
        result: Mapping[str, Any] = answer["result"]
        return result


def _line(line: Cost) -> dict[str, str]:
    told = {"account": line.account, "net": line.net, "tax_code": line.tax, "use": line.use}
    return told | ({"label": line.label} if line.label else {})


def _welcome_suppliers(demo: Demo, plan: MonthPlan) -> dict[str, UUID]:
    """Write the suppliers into the address book, as the manager; return their ids by code."""
    parties = {each.code: uuid7() for each in plan.suppliers}
    rows = [
        {
            "id": str(parties[each.code]),
            "code": each.code,
            "name": each.name,
            "name_ar": each.name_ar,
            "is_supplier": True,
            "is_customer": False,
            "is_company": True,
            "country": demo.country,
            "terms": each.terms,
            "identifiers": dict(each.identifiers),
        }
        for each in plan.suppliers
    ]
    session = sign_in(demo.dsn("karim"))
    try:
        with session.database.begin(session.user, "parties") as ctx:
            ctx.call("parties.import_parties_v1", rows)
    finally:
        session.database.close()
    return parties


def bank_ledger(country: str) -> str:
    """Return the account of the chart that money at the bank stands on."""
    roles = read_pack(country)["account_roles"]
    return next(str(row["account"]) for row in roles if row["role"] == "bank")
