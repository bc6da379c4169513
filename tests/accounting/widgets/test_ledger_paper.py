"""The ledger on paper, page after page."""

import io
from itertools import pairwise

from pypdf import PdfReader

from erp_desktop.core.i18n import words
from modules.accounting.reports import ledger_pdf
from tests.accounting.widgets.test_accounting_pages import ledger


def test_a_ledger_carries_its_sums_from_page_to_page() -> None:
    """Lines of 119.00 in debit: what is carried on is 119.00 times the lines so far."""
    account = ledger(60)

    content = ledger_pdf(account, account.rows, words("en"))

    texts = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(texts) > 1
    assert "Carried forward" not in texts[-1]
    done = 0
    for before, after in pairwise(texts):
        done += before.count("VC-ALG-2026-")
        carried = f"{119 * done:,}.00"
        assert before.partition("Carried forward")[2].split()[:3] == [carried, "0.00", carried]
        assert after.partition("Brought forward")[2].split()[:3] == [carried, "0.00", carried]
