"""Letters and vouchers on A4: an address, a head and a second signature only where there is one."""

import io

import pytest
from pypdfium2 import PdfDocument

from erp_desktop.core.i18n import words
from erp_desktop.documents.order_letter import LetterColumn, OrderLetter, render_order_letter


def voucher(count: int = 2) -> OrderLetter:
    return OrderLetter(
        writer=["Nour SARL"],
        reader=(),
        dated="05/11/2026",
        title="Voucher",
        body=(),
        columns=(LetterColumn("", 170), LetterColumn("")),
        rows=[(f"Fact {number}", "said") for number in range(count)],
        total=("Amount", "1 190,00"),
        closing=(),
        signature="Receiver",
        countersignature="Custodian",
    )


def places(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Return where each text of the last page begins: from the left, and from below."""
    with PdfDocument(io.BytesIO(pdf)) as document:
        page = document[len(document) - 1].get_textpage()
        boxes = [page.get_rect(number) for number in range(page.count_rects())]
        return {page.get_text_bounded(*box).strip(): (box[0], box[1]) for box in boxes}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_both_sign_beside_each_other_who_gives_first(language: str) -> None:
    found = places(render_order_letter(voucher(), words(language)))

    given, taken = found["Custodian"], found["Receiver"]
    assert abs(given[1] - taken[1]) < 3
    assert (given[0] < taken[0]) == (language == "fr")


def test_signatures_stay_with_the_total_on_the_last_page() -> None:
    for count in range(30, 40):
        found = places(render_order_letter(voucher(count), words("fr")))
        assert "Amount" in found
        assert "Receiver" in found
