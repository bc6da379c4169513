"""Files for banks, compared with what was worked out by hand, sign by sign.

Order OV-ALG-2026-000003 of 26 March 2026: Zahra gets 10,000.00 + 150.25 (F-1 and F-2), Amel
1,500.50: two transfers, 11,650.75 together.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from modules.accounting.selectors.transfer_orders import TransferLine, TransferPaper, TransferRow
from modules.accounting.transfer_files import cfonb_file, pain_file, transfers_of
from modules.accounting.transfer_files.pain import NAMESPACE
from modules.accounting.transfer_files.transfers import plain
from modules.accounting.transfer_order_errors import (
    TransferNameUnreadableError,
    TransferRibMissingError,
    TransferRibTooLongError,
)

GIVEN = datetime(2026, 3, 26, 9, 30, 15, 123456, tzinfo=UTC)
ORDER = TransferRow(
    id=UUID(int=1), version=2, branch_id=UUID(int=2), branch="ALG", number="OV-ALG-2026-000003",
    dated_on=date(2026, 3, 26), is_batch=True, state="ordered", bank_account_id=UUID(int=3),
    bank="BDL-1", payees=2, total=Decimal("11650.75"), currency="DZD",
    payer={"code": "BDL-1", "name": "BDL", "bank": "BDL Didouche", "iban": "",
           "rib": "00500123789012345679"},
    entry_id=UUID(int=4), entry="BQ-ALG-2026-000007", drafted_by="salim", drafted_at=GIVEN,
    ordered_by="salim", ordered_at=GIVEN, cancelled_by="", cancelled_at=None, cancel_reason="",
)  # fmt: skip


def line(number: int, party: int, payee: str, rib: str, amount: str, reason: str) -> TransferLine:
    """Return a line that pays an invoice."""
    return TransferLine(
        UUID(int=1), number, UUID(int=party), payee, "", UUID(int=9), number, reason, None, None,
        Decimal(amount), reason, payee, "BADR Alger", rib, "", "",
    )  # fmt: skip


ZAHRA, AMEL = "00300060000201930048", "00300060000014720242"
PAPER = TransferPaper(
    ORDER,
    (
        line(1, 7, "Zahra Négoce", ZAHRA, "10000.00", "F-1"),
        line(2, 8, "SARL Amel & Fils", AMEL, "1500.50", "Facture n° 9"),
        line(3, 7, "Zahra Négoce", ZAHRA, "150.25", "F-2"),
    ),
    ("Atlas Distribution", "أطلس للتوزيع"),
    ("12 rue Didouche Mourad, Alger", ""),
    {"NIF": "000016001234567"},
    "DZ",
)


def test_lines_of_one_supplier_are_one_transfer() -> None:
    first, second = transfers_of(PAPER.lines)
    assert (first.payee, first.amount, first.reason) == (
        "Zahra Négoce",
        Decimal("10150.25"),
        "F-1, F-2",
    )
    assert (second.amount, second.rib) == (Decimal("1500.50"), AMEL)


# Places are counted from 1, as the format counts them.
SENDER_ROW = (
    "0302"
    + " " * 8
    + " " * 6
    + " "
    + " " * 6
    + "26036"  # 1-30: 26 March of a year with 6
    + "ATLAS DISTRIBUTION".ljust(24)  # 31-54
    + "0000003"
    + " " * 17
    + " " * 8  # 55-86
    + "00123"
    + "07890123456"  # 87-102: branch 00123, account 7890123456
    + " " * 47
    + "00005"
    + " " * 6  # 103-160: bank 005
)
ZAHRA_ROW = (
    "0602"
    + " " * 8
    + " " * 6
    + "000003-1    "  # 1-30
    + "ZAHRA NEGOCE".ljust(24)
    + "BADR ALGER".ljust(24)
    + " " * 8  # 31-86
    + "00060"
    + "00002019300"  # 87-102: branch 00060, account 0002019300
    + "0000000001015025"
    + "F-1, F-2".ljust(31)  # 103-149: 10,150.25
    + "00003"
    + " " * 6  # bank 003
)
AMEL_ROW = (
    "0602"
    + " " * 8
    + " " * 6
    + "000003-2    "
    + "SARL AMEL FILS".ljust(24)
    + "BADR ALGER".ljust(24)
    + " " * 8
    + "00060"
    + "00000147202"
    + "0000000000150050"
    + "FACTURE N 9".ljust(31)
    + "00003"
    + " " * 6
)
TOTAL_ROW = "0802" + " " * 98 + "0000000001165075" + " " * 42


def test_cfonb_has_a_sender_two_receivers_and_a_total_in_records_of_160_signs() -> None:
    content = cfonb_file(PAPER)
    assert content.endswith(b"\r\n")
    rows = content.decode("ascii").split("\r\n")[:-1]
    assert [len(row) for row in rows] == [160] * 4
    assert rows == [SENDER_ROW, ZAHRA_ROW, AMEL_ROW, TOTAL_ROW]


def test_cfonb_cuts_no_account_and_asks_for_a_rib() -> None:
    def of(rib: str, country: str) -> TransferPaper:
        lines = (replace(PAPER.lines[0], rib=rib),)
        payer = {**ORDER.payer, "rib": rib}
        return replace(PAPER, lines=lines, country=country, order=replace(ORDER, payer=payer))

    # Tunisia: 10 006 0351835984788 31 needs 12 digits; Morocco: 011 519 0000012050005349 21 has 11
    # behind its zeros.
    with pytest.raises(TransferRibTooLongError):
        cfonb_file(of("10006035183598478831", "TN"))
    rows = cfonb_file(of("011519000001205000534921", "MA")).decode().splitlines()
    assert rows[1][86:102] == "00519" + "12050005349"
    assert rows[1][149:154] == "00011"
    with pytest.raises(TransferRibMissingError):
        cfonb_file(of("", "DZ"))


def test_millimes_of_tunisia_have_three_places() -> None:
    order = replace(ORDER, currency="TND", payer={**ORDER.payer, "rib": "10006000083598478831"})
    lines = (replace(PAPER.lines[0], amount=Decimal("12.345"), rib="10006000083598478831"),)
    paper = replace(PAPER, order=order, lines=lines, country="TN")
    rows = cfonb_file(paper).decode().splitlines()
    assert (rows[1][102:118], rows[2][102:118]) == ("0000000000012345",) * 2
    assert b'<InstdAmt Ccy="TND">12.345</InstdAmt>' in pain_file(paper)


PAIN = f"""<?xml version='1.0' encoding='utf-8'?>
<Document xmlns="{NAMESPACE}">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>OV-ALG-2026-000003</MsgId>
      <CreDtTm>2026-03-26T10:30:15</CreDtTm>
      <NbOfTxs>2</NbOfTxs>
      <CtrlSum>11650.75</CtrlSum>
      <InitgPty>
        <Nm>Atlas Distribution</Nm>
      </InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>OV-ALG-2026-000003</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <BtchBookg>true</BtchBookg>
      <NbOfTxs>2</NbOfTxs>
      <CtrlSum>11650.75</CtrlSum>
      <ReqdExctnDt>2026-03-26</ReqdExctnDt>
      <Dbtr>
        <Nm>Atlas Distribution</Nm>
      </Dbtr>
      <DbtrAcct>
        <Id>
          <Othr>
            <Id>00500123789012345679</Id>
          </Othr>
        </Id>
        <Ccy>DZD</Ccy>
      </DbtrAcct>
      <DbtrAgt>
        <FinInstnId>
          <Nm>BDL Didouche</Nm>
          <Othr>
            <Id>NOTPROVIDED</Id>
          </Othr>
        </FinInstnId>
      </DbtrAgt>
      <ChrgBr>SHAR</ChrgBr>
      <CdtTrfTxInf>
        <PmtId>
          <InstrId>OV-ALG-2026-000003-1</InstrId>
          <EndToEndId>OV-ALG-2026-000003-1</EndToEndId>
        </PmtId>
        <Amt>
          <InstdAmt Ccy="DZD">10150.25</InstdAmt>
        </Amt>
        <CdtrAgt>
          <FinInstnId>
            <Nm>BADR Alger</Nm>
            <Othr>
              <Id>NOTPROVIDED</Id>
            </Othr>
          </FinInstnId>
        </CdtrAgt>
        <Cdtr>
          <Nm>Zahra Negoce</Nm>
        </Cdtr>
        <CdtrAcct>
          <Id>
            <Othr>
              <Id>00300060000201930048</Id>
            </Othr>
          </Id>
        </CdtrAcct>
        <RmtInf>
          <Ustrd>F-1, F-2</Ustrd>
        </RmtInf>
      </CdtTrfTxInf>
      <CdtTrfTxInf>
        <PmtId>
          <InstrId>OV-ALG-2026-000003-2</InstrId>
          <EndToEndId>OV-ALG-2026-000003-2</EndToEndId>
        </PmtId>
        <Amt>
          <InstdAmt Ccy="DZD">1500.50</InstdAmt>
        </Amt>
        <CdtrAgt>
          <FinInstnId>
            <Nm>BADR Alger</Nm>
            <Othr>
              <Id>NOTPROVIDED</Id>
            </Othr>
          </FinInstnId>
        </CdtrAgt>
        <Cdtr>
          <Nm>SARL Amel Fils</Nm>
        </Cdtr>
        <CdtrAcct>
          <Id>
            <Othr>
              <Id>00300060000014720242</Id>
            </Othr>
          </Id>
        </CdtrAcct>
        <RmtInf>
          <Ustrd>Facture n 9</Ustrd>
        </RmtInf>
      </CdtTrfTxInf>
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>"""


def test_iso_20022_says_each_transfer_once_with_its_sums() -> None:
    # Algiers is an hour before UTC.
    assert pain_file(PAPER).decode() == PAIN
    assert pain_file(PAPER) == pain_file(PAPER)


def test_an_iban_and_a_bic_are_said_where_they_are_known() -> None:
    known = replace(PAPER.lines[1], iban="FR1420041010050500013M02606", bic="PSSTFRPPPAR")
    root = ET.fromstring(pain_file(replace(PAPER, lines=(known,))))  # noqa: S314 - our own
    names = {"p": NAMESPACE}
    told = root.find(".//p:CdtTrfTxInf", names)
    assert told is not None
    assert told.findtext("p:CdtrAcct/p:Id/p:IBAN", "", names) == known.iban
    assert told.findtext("p:CdtrAgt/p:FinInstnId/p:BIC", "", names) == "PSSTFRPPPAR"
    assert told.find("p:CdtrAcct/p:Id/p:Othr", names) is None


def test_ids_names_and_reasons_are_as_long_and_plain_as_banks_take_them() -> None:
    order = replace(ORDER, number="OV-UNE-AGENCE-TRES-LOINTAINE-2026-000123", is_batch=False)
    long = replace(PAPER.lines[0], payee="É" * 90, reason="Règlement « n° 5 » " * 12)
    root = ET.fromstring(pain_file(replace(PAPER, order=order, lines=(long,))))  # noqa: S314
    names = {"p": NAMESPACE}
    ids = [
        e.text or "" for tag in ("MsgId", "EndToEndId") for e in root.iter(f"{{{NAMESPACE}}}{tag}")
    ]
    assert [len(each) for each in ids] == [35, 35]
    assert ids[1].endswith("2026-000123-1")
    assert root.findtext(".//p:Cdtr/p:Nm", "", names) == "E" * 70
    reason = root.findtext(".//p:Ustrd", "", names)
    assert reason.startswith("Reglement n 5 Reglement")
    assert len(reason) <= 140
    assert root.findtext(".//p:BtchBookg", "", names) == "false"
    assert plain("Œuvre «l’Été»", 40) == "OEuvre l'Ete"


@pytest.mark.parametrize("write", [pain_file, cfonb_file])
def test_a_name_without_latin_letters_is_refused_with_its_cure(write: object) -> None:
    arabic = replace(PAPER, lines=(replace(PAPER.lines[0], payee="زهرة"),))
    with pytest.raises(TransferNameUnreadableError):
        write(arabic)  # type: ignore[operator]
