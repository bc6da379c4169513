"""Drafts: kept, changed, thrown away; and what of a posted document can never change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError, StaleRecordError, UserError
from modules.sales.drafts import InvoiceDraft
from modules.sales.errors import (
    AlreadyPostedError,
    ChoiceUnknownError,
    DiscardedError,
    DueBeforeDateError,
    TextTooLongError,
)
from modules.sales.selectors import draft_of
from modules.sales.services import count_print, discard_invoice, save_invoice
from tests.houses import ORAN, House, MakeProduct
from tests.sales.office import MARCH, Office, codes, line

pytestmark = pytest.mark.database


def test_a_draft_comes_back_as_it_was_kept(office: Office, product: MakeProduct) -> None:
    coffee = product("COF-1")
    draft = office.draft(office.customer(), line(coffee), line(coffee, "2"), note="Ring twice")
    saved = office.ask(save_invoice, draft, office.reckon(draft))
    more = replace(draft, version=saved.version, lines=(draft.lines[1],), discount=Decimal(3))

    again = office.ask(save_invoice, more, office.reckon(more))

    sheet = office.sheet(draft.id)
    kept = draft_of(sheet)
    assert again.version == kept.version == 2
    expected = replace(more, version=2, due_on=MARCH, branch_id=kept.branch_id)
    assert kept == expected
    assert sheet.head is not None
    assert (sheet.head.state, sheet.head.number, sheet.head.total) == (
        "draft",
        "",
        Decimal("234.43"),
    )


def test_a_draft_may_lack_almost_everything(office: Office) -> None:
    draft = office.draft(None)

    office.ask(save_invoice, draft)

    assert draft_of(office.sheet(draft.id)).lines == ()


def old_version(office: Office, draft: InvoiceDraft) -> None:
    office.ask(save_invoice, replace(draft, version=0))
    office.ask(save_invoice, replace(draft, version=2))


def posted(office: Office, draft: InvoiceDraft) -> None:
    assert codes(office.post(draft)) == []
    office.ask(save_invoice, replace(draft, version=2))


def thrown_away(office: Office, draft: InvoiceDraft) -> None:
    office.ask(save_invoice, draft)
    office.ask(discard_invoice, draft.id, version=1)
    office.ask(save_invoice, replace(draft, version=2))


def due_before(office: Office, draft: InvoiceDraft) -> None:
    office.ask(save_invoice, replace(draft, due_on=MARCH - timedelta(days=1)))


def too_long(office: Office, draft: InvoiceDraft) -> None:
    office.ask(save_invoice, replace(draft, reference="x" * 101))


def unknown_terms(office: Office, draft: InvoiceDraft) -> None:
    office.ask(save_invoice, replace(draft, terms="NEVER"))


def by_a_cashier(office: Office, draft: InvoiceDraft) -> None:
    office.ask(save_invoice, draft, as_user="amina")


def elsewhere(office: Office, draft: InvoiceDraft) -> None:
    office.ask(save_invoice, replace(draft, branch_id=ORAN.id))


@pytest.mark.parametrize(
    ("keeping", "refusal"),
    [
        (old_version, StaleRecordError),
        (posted, AlreadyPostedError),
        (thrown_away, DiscardedError),
        (due_before, DueBeforeDateError),
        (too_long, TextTooLongError),
        (unknown_terms, ChoiceUnknownError),
        (by_a_cashier, NotAllowedError),
        (elsewhere, UserError),
    ],
)
def test_what_cannot_be_kept_is_refused(
    office: Office,
    product: MakeProduct,
    keeping: Callable[[Office, InvoiceDraft], None],
    refusal: type[UserError],
) -> None:
    draft = office.draft(office.customer(), line(product("COF-1", stock=5)))

    with pytest.raises(refusal):
        keeping(office, draft)


def test_a_posted_document_changes_for_nobody(
    office: Office, house: House, product: MakeProduct
) -> None:
    posted = office.sold(office.customer(), line(product("COF-1", stock=5)))
    changes = (
        "update sales.invoices set note = 'other'",
        "update sales.invoices set state = 'draft', number = null",
        "update sales.invoices set printed = -1",
        "delete from sales.invoices",
        "truncate sales.invoices cascade",
        "update sales.invoice_lines set quantity = 2",
        "delete from sales.invoice_lines",
        (
            "insert into sales.invoice_lines (id, invoice_id, branch_id, line_no, product_id,"
            " quantity, unit_price, tax_code) select gen_random_uuid(), invoice_id, branch_id, 9,"
            " product_id, 1, 1, 'TVA19' from sales.invoice_lines"
        ),
    )

    for change in changes:
        with pytest.raises(Exception, match=r"core\.append_only"):
            house.run(change)

    assert [office.ask(count_print, posted) for _ in range(2)] == [1, 2]
    with pytest.raises(NotFoundError):
        office.ask(count_print, uuid7())


def test_a_discarded_draft_is_gone_for_good(office: Office, product: MakeProduct) -> None:
    draft = office.draft(office.customer(), line(product("COF-1", stock=5)))
    office.ask(save_invoice, draft)
    with pytest.raises(StaleRecordError):
        office.ask(discard_invoice, draft.id, version=7)
    office.ask(discard_invoice, draft.id, version=1)

    answer: Any = office.post(replace(draft, version=2))

    assert codes(answer) == ["sales.is_discarded"]
