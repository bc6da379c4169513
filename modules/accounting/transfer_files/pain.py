"""ISO 20022 credit transfers: pain.001.001.03, for banks at home.

Libraries such as sepaxml write SEPA only: euros, IBANs, the service level SEPA. Here an account
is an IBAN where one is known, else the RIB as a national number, and the currency is our own.
"""

from decimal import Decimal
from xml.etree import ElementTree as ET

from erp_desktop.core import wall_clock
from erp_desktop.core.money import CURRENCIES, round_money
from modules.accounting.selectors.transfer_orders import TransferPaper
from modules.accounting.transfer_files.transfers import Transfer, plain, plain_name, transfers_of

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
_LONGEST_ID, _LONGEST_NAME, _LONGEST_REASON = 35, 70, 140


def pain_file(paper: TransferPaper) -> bytes:
    """Return an order as XML; the same order gives the same file, down to its id.

    Raises:
        TransferNameUnreadableError: A name has no Latin letters.
    """
    order, transfers = paper.order, transfers_of(paper.lines)
    root = ET.Element("Document", xmlns=NAMESPACE)
    body = ET.SubElement(root, "CstmrCdtTrfInitn")
    company = plain_name(paper.names[0], _LONGEST_NAME)
    head = ET.SubElement(body, "GrpHdr")
    _put(head, "MsgId", _id(order.number))
    given = wall_clock.local(order.ordered_at or order.drafted_at)
    _put(head, "CreDtTm", given.strftime("%Y-%m-%dT%H:%M:%S"))
    _put_sums(head, transfers, order.currency)
    _put(head, "InitgPty/Nm", company)
    _put_payment(ET.SubElement(body, "PmtInf"), paper, company, transfers)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _put_payment(
    payment: ET.Element, paper: TransferPaper, company: str, transfers: list[Transfer]
) -> None:
    order = paper.order
    _put(payment, "PmtInfId", _id(order.number))
    _put(payment, "PmtMtd", "TRF")
    _put(payment, "BtchBookg", "true" if order.is_batch else "false")
    _put_sums(payment, transfers, order.currency)
    _put(payment, "ReqdExctnDt", order.dated_on.isoformat())
    _put(payment, "Dbtr/Nm", company)
    payer = order.payer
    _put_account(payment, "DbtrAcct", payer.get("iban", ""), payer.get("rib", ""))
    _put(payment, "DbtrAcct/Ccy", order.currency)
    _put_bank(payment, "DbtrAgt", "", payer.get("bank", ""))
    _put(payment, "ChrgBr", "SHAR")
    for number, transfer in enumerate(transfers, start=1):
        _put_transfer(payment, transfer, f"{order.number}-{number}", order.currency)


def _put_transfer(payment: ET.Element, transfer: Transfer, name: str, currency: str) -> None:
    told = ET.SubElement(payment, "CdtTrfTxInf")
    _put(told, "PmtId/InstrId", _id(name))
    _put(told, "PmtId/EndToEndId", _id(name))
    _put(told, "Amt/InstdAmt", _figure(transfer.amount, currency)).set("Ccy", currency)
    _put_bank(told, "CdtrAgt", transfer.bic, transfer.bank)
    _put(told, "Cdtr/Nm", plain_name(transfer.payee, _LONGEST_NAME))
    _put_account(told, "CdtrAcct", transfer.iban, transfer.rib)
    _put(told, "RmtInf/Ustrd", plain(transfer.reason, _LONGEST_REASON) or _id(name))


def _put_sums(parent: ET.Element, transfers: list[Transfer], currency: str) -> None:
    _put(parent, "NbOfTxs", str(len(transfers)))
    total = sum((each.amount for each in transfers), Decimal(0))
    _put(parent, "CtrlSum", _figure(total, currency))


def _put_account(parent: ET.Element, tag: str, iban: str, rib: str) -> None:
    _put(parent, f"{tag}/Id/IBAN" if iban else f"{tag}/Id/Othr/Id", iban or rib)


def _put_bank(parent: ET.Element, tag: str, bic: str, name: str) -> None:
    """A bank says its BIC; else its name, and that nobody knows the BIC."""
    if bic:
        _put(parent, f"{tag}/FinInstnId/BIC", bic)
        return
    if plain(name, _LONGEST_NAME):
        _put(parent, f"{tag}/FinInstnId/Nm", plain(name, _LONGEST_NAME))
    _put(parent, f"{tag}/FinInstnId/Othr/Id", "NOTPROVIDED")


def _put(parent: ET.Element, path: str, value: str) -> ET.Element:
    """Say `value` at a path, whose last elements are made where they are missing."""
    *way, last = path.split("/")
    for tag in way:
        found = parent.find(tag)
        parent = ET.SubElement(parent, tag) if found is None else found
    element = ET.SubElement(parent, last)
    element.text = value
    return element


def _id(text: str) -> str:
    return plain(text, len(text))[-_LONGEST_ID:]


def _figure(amount: Decimal, currency: str) -> str:
    return str(round_money(amount, CURRENCIES[currency]))
