"""Files of documents: seen by who sees the document, kept for good."""

from pathlib import Path
from uuid import UUID

import pytest

from erp_desktop.core.attachments import (
    MOST,
    AttachmentTooLargeError,
    AttachmentUnreadableError,
    Subject,
    attach,
    detach,
    list_attachments,
    read_attachment,
    read_file,
)
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError, OtherBranchError
from tests.houses import ALGIERS, ORAN, House, SignIn

pytestmark = pytest.mark.database

BILL = b"%PDF-1.7 a scanned bill"


def subject(branch: UUID = ALGIERS.id) -> Subject:
    return Subject("accounting.entry", uuid7(), branch)


def test_a_file_stays_with_its_document(house: House, signed_in: SignIn) -> None:
    salim, entry = signed_in("salim"), subject()
    database = salim.database
    with database.begin(salim.user, "core") as ctx:
        attach(ctx, entry, f"{'f' * 240}.pdf", BILL)
        attach(ctx, entry, "صورة.jpg", b"x")
    with database.begin(salim.user, "core") as ctx:
        bill, picture = list_attachments(ctx, entry)
        assert read_attachment(ctx, bill.id) == BILL
        assert list_attachments(ctx, subject()) == []
    assert (len(bill.name), bill.name[-5:], bill.size) == (200, "….pdf", len(BILL))
    assert (picture.name, picture.added_by) == ("صورة.jpg", "salim")

    with database.begin(salim.user, "core") as ctx:
        detach(ctx, bill.id)
    with database.begin(salim.user, "core") as ctx:
        assert list_attachments(ctx, entry) == [picture]
        with pytest.raises(NotFoundError):
            read_attachment(ctx, bill.id)
    with pytest.raises(NotFoundError), database.begin(salim.user, "core") as ctx:
        detach(ctx, bill.id)
    kept = "select removed_by || ' ' || octet_length(content) from core.attachments"
    assert house.value(f"{kept} where removed_at is not null") == f"salim {len(BILL)}"


def test_who_may_not_see_a_document_sees_no_file_of_it(house: House, signed_in: SignIn) -> None:
    salim, entry = signed_in("salim"), subject(ORAN.id)
    with salim.database.begin(salim.user, "core") as ctx:
        attach(ctx, entry, "bill.pdf", BILL)
        (bill,) = list_attachments(ctx, entry)

    nadia, amina = signed_in("nadia"), signed_in("amina")  # of Algiers; one sees the ledger
    with nadia.database.begin(nadia.user, "core") as ctx:
        assert list_attachments(ctx, entry) == []
    with pytest.raises(NotAllowedError), nadia.database.begin(nadia.user, "core") as ctx:
        attach(ctx, subject(), "bill.pdf", BILL)
    with pytest.raises(NotFoundError), amina.database.begin(amina.user, "core") as ctx:
        detach(ctx, bill.id)
    house.run("update core.users set sees_all_branches = false where login = 'salim'")
    with pytest.raises(OtherBranchError), salim.database.begin(salim.user, "core") as ctx:
        attach(ctx, entry, "bill.pdf", BILL)
    with house.connect("salim") as connection:
        connection.execute("set role core_app")
        for theft in ("delete from core.attachments", "update core.attachments set name = 'x'"):
            with pytest.raises(Exception, match="permission denied"):
                connection.execute(theft)


def test_what_is_no_file_to_keep_is_refused_before_it_travels(tmp_path: Path) -> None:
    empty, large = tmp_path / "empty.pdf", tmp_path / "large.pdf"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(MOST + 1)

    for path in (empty, tmp_path / "gone.pdf", tmp_path):
        with pytest.raises(AttachmentUnreadableError):
            read_file(path)
    with pytest.raises(AttachmentTooLargeError):
        read_file(large)


def test_postgresql_takes_no_larger_file_either(signed_in: SignIn) -> None:
    salim = signed_in("salim")
    with pytest.raises(AttachmentTooLargeError), salim.database.begin(salim.user, "core") as ctx:
        attach(ctx, subject(), "large.pdf", b"0" * (MOST + 1))
