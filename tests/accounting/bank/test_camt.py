"""CAMT.053 files: read as ISO 20022 says, or refused with every reason at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from modules.accounting.bank_files import read_bank_file, read_camt


def balance(code: str, amount: str, day: str, side: str = "CRDT") -> str:
    """Return a balance."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='MAD'>{amount}</Amt>"
        f"<CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(amount: str, side: str, day: str, more: str = "", status: str = "BOOK") -> str:
    """Return an entry."""
    return (
        f"<Ntry><Amt Ccy='MAD'>{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt>{more}</Ntry>"
    )


def document(*parts: str, head: str = "") -> bytes:
    """Return a file with one statement."""
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>{head}\n"
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt>\n"
        "<Acct><Id><IBAN>MA64011519000001205000534921</IBAN></Id></Acct>\n"
        + "\n".join(parts)
        + "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


REMITTED = (
    "<ValDt><DtTm>2026-03-03T00:00:00</DtTm></ValDt><AcctSvcrRef>B1</AcctSvcrRef>"
    "<NtryDtls><TxDtls><Refs><EndToEndId>F-77</EndToEndId></Refs>"
    "<RmtInf><Ustrd>Règlement</Ustrd><Ustrd>F-77</Ustrd></RmtInf></TxDtls></NtryDtls>"
)
FEES = "<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls></NtryDtls>"
PARTS = (
    balance("OPBD", "100.00", "2026-03-01", "DBIT"),
    balance("CLBD", "389.50", "2026-03-31"),
    entry("500.00", "CRDT", "2026-03-02", REMITTED),
    entry("10.50", "DBIT", "2026-03-31", f"{FEES}<AddtlNtryInf>Frais</AddtlNtryInf>"),
    entry("7.00", "CRDT", "2026-03-31", status="PDNG"),
)


def codes(content: bytes) -> list[str]:
    """Return what is wrong."""
    return [problem.code for problem in read_camt(content)[1]]


def test_booked_entries_lead_from_one_balance_to_the_other(tmp_path: Path) -> None:
    path = tmp_path / "releve.xml"
    path.write_bytes(document(*PARTS))
    (statement,), wrong = read_bank_file(path)
    assert wrong == []
    assert (statement.opening, statement.closing) == (Decimal(-100), Decimal("389.50"))
    assert (statement.account, statement.currency) == ("MA64011519000001205000534921", "MAD")
    paid, fees = statement.lines
    assert (paid.amount, paid.reference, paid.label) == (Decimal(500), "F-77", "Règlement F-77")
    assert (paid.booked_on, paid.valued_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (fees.amount, fees.reference, fees.label) == (Decimal("-10.50"), "", "Frais")


def test_a_file_that_proves_nothing_says_all_that_is_wrong() -> None:
    assert codes(document(*PARTS[:3])) == ["balance_wrong"]
    assert codes(document(*PARTS[2:])) == ["field_missing", "field_missing"]
    wrong = entry("1e9", "CRDT", "2026-13-01") + entry("1.00", "UP", "2026-03-01")
    assert codes(document(*PARTS, wrong)) == ["field_unreadable"] * 3
    euros = PARTS[2].replace("MAD", "EUR")
    assert codes(document(*PARTS[:2], euros, *PARTS[3:])) == ["field_unreadable"]
    assert codes(document(*PARTS)[:-9]) == ["xml_broken"]
    assert codes(b"<Document/>") == ["file_empty"]
    assert codes(b"<a>" * 100) == ["xml_broken"]


def test_a_bomb_of_entities_does_not_explode() -> None:
    bomb = "<!DOCTYPE b [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
    assert codes(document(*PARTS, head=bomb)) == ["xml_doctype"]
    outside = "<!DOCTYPE b SYSTEM 'file:///etc/passwd'>"
    assert codes(document(*PARTS, head=outside)) == ["xml_doctype"]
