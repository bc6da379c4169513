"""OFX files as banks write them: SGML of 1.x, XML of 2.x, and what is wrong with others.

March by hand: 369.50 at the end less (500.00 - 20.00 - 10.50) leaves -100.00 at its beginning.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from modules.accounting.bank_files import read_bank_file, read_ofx

SGML = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>
<DTSERVER>20260401<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>00<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS>
<CURDEF>MAD
<BANKACCTFROM><BANKID>007<ACCTID>007780000123456789012345<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
<DTSTART>20260301000000
<DTEND>20260331235959
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20260302120000.000[+1:MA]
<DTAVAIL>20260303
<TRNAMT>+500,00
<FITID>B1
<NAME>Règlement Société Ali &amp; fils
<MEMO>F-77
</STMTTRN>
<STMTTRN>
<TRNTYPE>CHECK
<DTPOSTED>20260310
<TRNAMT>-20.00
<FITID>B2
<CHECKNUM>0000077
<NAME>CHEQUE
<MEMO>CHEQUE EMIS
</STMTTRN>
<STMTTRN>
<TRNTYPE>FEE
<DTPOSTED>20260331
<TRNAMT>-10.50
<FITID>B3
<NAME>Frais
</STMTTRN>
</BANKTRANLIST>
<LEDGERBAL><BALAMT>369.50<DTASOF>20260331</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
XML = """<?xml version="1.0" encoding="UTF-8"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>0</TRNUID>
<STMTRS><CURDEF>DZD</CURDEF>
<BANKACCTFROM><BANKID>003</BANKID><ACCTID>00300060000201930048</ACCTID></BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301</DTSTART><DTEND>20260331</DTEND>
<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20260322</DTPOSTED><TRNAMT>500.00</TRNAMT>
<FITID>A9</FITID><NAME>تحويل من الزبون</NAME></STMTTRN>
</BANKTRANLIST>
<LEDGERBAL><BALAMT>1500.00</BALAMT><DTASOF>20260331</DTASOF></LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def wrong_in(text: str) -> list[str]:
    """Return what is wrong, each with its row."""
    statements, problems = read_ofx(text.encode("cp1252"))
    assert not problems or statements == []
    return [f"{each.code} {each.row} {each.details.get('field', '')}".strip() for each in problems]


@pytest.mark.parametrize("codec", ["latin-1", "utf-8", "utf-8-sig"])
def test_sgml_is_read_in_whatever_signs_it_is_written(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "releve.ofx"
    path.write_text(SGML, encoding=codec)

    (march,), wrong = read_bank_file(path)

    assert wrong == []
    assert (march.account, march.currency) == ("007780000123456789012345", "MAD")
    assert (march.opened_on, march.opening) == (date(2026, 3, 1), Decimal("-100.00"))
    assert (march.closed_on, march.closing) == (date(2026, 3, 31), Decimal("369.50"))
    paid, cheque, fees = march.lines
    assert (paid.booked_on, paid.valued_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (paid.amount, paid.reference) == (Decimal(500), "B1")
    assert paid.label == "Règlement Société Ali & fils F-77"
    assert (cheque.amount, cheque.reference) == (Decimal(-20), "B2")
    assert cheque.label == "CHEQUE EMIS 0000077"
    assert (fees.amount, fees.reference, fees.label) == (Decimal("-10.50"), "B3", "Frais")


def test_an_empty_field_that_sgml_leaves_open_swallows_no_movement() -> None:
    empty = SGML.replace("<MEMO>CHEQUE EMIS", "<MEMO>").replace("<MEMO>F-77", "<MEMO></MEMO>")

    (march,), wrong = read_ofx(empty.encode())

    assert wrong == []
    assert march.opening == Decimal(-100)
    assert [line.label for line in march.lines[1:]] == ["CHEQUE 0000077", "Frais"]


def test_xml_is_read_with_arabic_names() -> None:
    (march,), wrong = read_ofx(XML.encode())

    assert wrong == []
    assert (march.account, march.currency) == ("00300060000201930048", "DZD")
    assert (march.opening, march.closing) == (Decimal(1000), Decimal(1500))
    assert [line.label for line in march.lines] == ["تحويل من الزبون"]


def test_a_month_without_movements_opens_as_it_closes() -> None:
    begin, end = XML.index("<STMTTRN>"), XML.index("</BANKTRANLIST>")

    (march,), wrong = read_ofx((XML[:begin] + XML[end:]).encode())

    assert wrong == []
    assert (march.opening, march.closing, march.lines) == (Decimal(1500), Decimal(1500), ())


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("-20.00", "20 dirhams", "field_unreadable 30 TRNAMT"),
        ("<FITID>B2\n", "", "field_missing 30 FITID"),
        ("<DTPOSTED>20260310", "<DTPOSTED>20261310", "field_unreadable 30 DTPOSTED"),
        ("<DTPOSTED>20260310\n", "", "field_missing 30 DTPOSTED"),
        ("<BALAMT>369.50", "<BALAMT>", "field_missing 15 BALAMT"),
        ("<DTASOF>20260331", "<DTASOF>hier", "field_unreadable 15 DTASOF"),
        ("<CURDEF>MAD\n", "", "field_missing 15 CURDEF"),
        ("<ACCTID>007780000123456789012345", "", "field_missing 15 ACCTID"),
        ("<STMTTRN>\n<TRNTYPE>CHECK", "<STMTTRN\n<TRNTYPE>CHECK", "ofx_broken 30"),
        (
            "<FITID>B2",
            "<FITID>B2<CURRENCY><CURRATE>10.8<CURSYM>EUR</CURRENCY>",
            "field_unreadable 30 CURSYM",
        ),
        ("</STMTTRN>", "</STMTRN>", "ofx_broken 29"),
        ("<NAME>CHEQUE\n", "<name>CHEQUE\n", "ofx_broken 36"),
        ("</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>", "", "ofx_broken 47"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(old: str, new: str, wrong: str) -> None:
    assert wrong_in(SGML.replace(old, new, 1)) == [wrong]


def test_a_file_without_a_bank_statement_is_empty() -> None:
    assert wrong_in(SGML.replace("STMTRS>", "CCSTMTRS>")) == ["file_empty 1"]
