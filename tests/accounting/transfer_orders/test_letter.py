"""The letter to the bank, in both languages and over several pages."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from erp_desktop.core.i18n import words
from modules.accounting.transfer_files.transfers import spaced
from modules.accounting.transfer_order_paper import transfer_letter
from tests.accounting.transfer_orders.test_files import ORDER, PAPER


def pages(content: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Zahra Négoce", "onze mille six cent cinquante", "11 650,75", "BDL Didouche"]),
        ("ar", ["Zahra Négoce", "650,75", "OV-ALG-2026-000003"]),
    ],
)
def test_it_names_bank_account_beneficiaries_and_the_total_in_words(
    language: str, said: list[str]
) -> None:
    (text,) = pages(transfer_letter(PAPER, words(language)))
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    accounts = [spaced(rib) for rib in (ORDER.payer["rib"], *(each.rib for each in PAPER.lines))]
    for each in [*said, *accounts]:
        assert each.replace("\u00a0", " ") in plain, (each, plain)


def test_a_long_order_goes_on_with_its_head_on_every_page() -> None:
    lines = tuple(
        replace(PAPER.lines[0], line_no=n, party_id=type(ORDER.id)(int=n), payee=f"Client {n:03d}")
        for n in range(1, 101)
    )
    texts = pages(transfer_letter(replace(PAPER, lines=lines), words("fr")))
    assert len(texts) > 2
    assert all("RIB" in text for text in texts)
    everything = "\n".join(texts)
    assert all(f"Client {n:03d}" in everything for n in range(1, 101))
    assert f"{len(texts)}" in texts[0]


def test_a_cancelled_order_says_that_it_is_void() -> None:
    void = replace(PAPER, order=replace(ORDER, state="cancelled"))
    (text,) = pages(transfer_letter(void, words("en")))
    assert "void" in text
