"""CFONB 160 (AFB virement): records 03, 06 and 08 of 160 signs, as banks of French tradition take.

Its account numbers have 11 digits, its bank and branch codes 5 each, filled with zeros at the
left; the key of the RIB is not said. Algeria's numbers of 10 digits fit. Those of Morocco (16) and
Tunisia (13) fit only where they begin with zeros: what does not fit is refused, never cut. The
place of the currency stays empty, amounts are in the smallest unit (millimes in Tunisia). Banks
adapt this format: compare a first file with the bank's own paper.
"""

from datetime import date
from decimal import Decimal

from erp_desktop.core.money import CURRENCIES, round_money
from modules.accounting.selectors.transfer_orders import TransferPaper
from modules.accounting.transfer_files.transfers import Transfer, plain, plain_name, transfers_of
from modules.accounting.transfer_order_errors import (
    TransferRibMissingError,
    TransferRibTooLongError,
)

_SIGNS = 160
_ORDINARY = "02"
# How many digits of a RIB are the bank, the branch and the account; two are the key.
_PARTS = {"DZ": (3, 5, 10), "MA": (3, 3, 16), "TN": (2, 3, 13)}
_ACCOUNT = 11


def cfonb_file(paper: TransferPaper) -> bytes:
    """Return an order as records of 160 signs, each in a row of its own.

    Raises:
        TransferRibMissingError: We or a beneficiary have an IBAN only.
        TransferRibTooLongError: An account number has no room.
        TransferNameUnreadableError: A name has no Latin letters.
    """
    transfers = transfers_of(paper.lines)
    total = sum((each.amount for each in transfers), Decimal(0))
    rows = [
        _sender(paper),
        *(_receiver(paper, number, each) for number, each in enumerate(transfers, start=1)),
        _row((0, "08" + _ORDINARY), (102, _units(total, paper.order.currency))),
    ]
    return "".join(f"{row}\r\n" for row in rows).encode("ascii")


def _sender(paper: TransferPaper) -> str:
    name = paper.names[0]
    bank, branch, account = _zones(paper.order.payer.get("rib", ""), paper.country, name)
    return _row(
        (0, "03" + _ORDINARY),
        (25, _day(paper.order.dated_on)),
        (30, plain_name(name, 24)),
        (54, paper.order.number.rpartition("-")[2].zfill(7)[-7:]),
        (86, branch + account),
        (149, bank),
    )


def _receiver(paper: TransferPaper, number: int, transfer: Transfer) -> str:
    bank, branch, account = _zones(transfer.rib, paper.country, transfer.payee)
    reference = f"{paper.order.number.rpartition('-')[2]}-{number}"[-12:]
    return _row(
        (0, "06" + _ORDINARY),
        (18, reference),
        (30, plain_name(transfer.payee, 24)),
        (54, plain(transfer.bank, 24)),
        (86, branch + account),
        (102, _units(transfer.amount, paper.order.currency)),
        (118, plain(transfer.reason, 31) or reference),
        (149, bank),
    )


def _zones(rib: str, country: str, name: str) -> tuple[str, str, str]:
    """Return bank, branch and account of a RIB, as wide as the format has them."""
    if not rib:
        raise TransferRibMissingError(name=name)
    first, second, third = _PARTS[country]
    bank, branch = rib[:first], rib[first : first + second]
    account = rib[first + second : first + second + third].lstrip("0")
    if len(account) > _ACCOUNT:
        raise TransferRibTooLongError(name=name)
    return bank.zfill(5), branch.zfill(5), account.zfill(_ACCOUNT)


def _day(day: date) -> str:
    """Day and month, and the last digit of the year."""
    return f"{day:%d%m}{day.year % 10}"


def _units(amount: Decimal, currency: str) -> str:
    money = CURRENCIES[currency]
    return str(int(round_money(amount, money).scaleb(money.decimals))).zfill(16)


def _row(*fields: tuple[int, str]) -> str:
    """Return a record: what each place says in capitals, and spaces between."""
    record = ""
    for place, text in fields:
        record = record.ljust(place) + text.upper()
    return record.ljust(_SIGNS)
