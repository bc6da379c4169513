"""What was added to an invoice, and its paper, go to the auditor with the entry of the invoice."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from erp_desktop.core.attachments import Subject, attach
from erp_desktop.core.errors import CancelledError, OfflineError
from erp_desktop.documents.invoice import render_invoice
from erp_desktop.documents.invoice.paper import PaperLanguage
from modules.accounting.auditing import Package, write_package
from modules.accounting.verifying import verify_package
from modules.sales.paper import invoice_paper
from tests.accounting.packages import files_of, pack, seal_all
from tests.houses import ALGIERS, YEAR, House, MakeProduct, SignIn
from tests.sales.office import Office, line

pytestmark = pytest.mark.database


def test_the_files_of_an_invoice_are_in_the_package_if_the_reader_may_see_them(
    office: Office, house: House, product: MakeProduct, signed_in: SignIn, tmp_path: Path
) -> None:
    invoice = office.sold(office.customer(), line(product("COF-1", stock=5), "1"))
    house.run(
        "insert into core.user_roles (user_id, role) select id, 'manager' from core.users"
        " where login = 'salim' on conflict do nothing"
    )
    salim = signed_in("salim")
    with salim.database.begin(salim.user, "core") as ctx:
        attach(ctx, Subject("sales.invoice", invoice, ALGIERS.id), "bon.pdf", b"%PDF order")

    with salim.database.begin(salim.user, "accounting") as ctx:
        write_package(ctx, tmp_path / "seen.zip", YEAR)
    house.run("update core.attachment_kinds set view_permission = 'nobody.may.this'")
    with salim.database.begin(salim.user, "accounting") as ctx:
        write_package(ctx, tmp_path / "unseen.zip", YEAR)

    number = house.value(
        f"select number from accounting.entries where document ->> 'id' = '{invoice}'"
    )
    with zipfile.ZipFile(tmp_path / "seen.zip") as seen:
        assert seen.read(f"documents/{number}/bon.pdf") == b"%PDF order"
    with zipfile.ZipFile(tmp_path / "unseen.zip") as unseen:
        assert not [name for name in unseen.namelist() if name.startswith("documents/")]


@pytest.fixture
def papers(office: Office, product: MakeProduct, house: House) -> list[UUID]:
    """Two invoices, one of them in Arabic and French, and a credit note of the first."""
    coffee, customer = product("COF-1", stock=9), office.customer()
    first = office.sold(customer, line(coffee, "2"))
    second = office.sold(customer, line(coffee, "1"), language="ar+fr")
    assert office.take_back(first).state == "applied"
    query = "select id from sales.invoices where kind = 'credit_note'"
    credit: UUID = house.value(query)
    seal_all(house)
    return [first, second, credit]


def package(signed_in: SignIn, path: Path, login: str = "nadia", **more: Any) -> Package:
    session = signed_in(login)
    with session.database.begin(session.user, "accounting") as ctx:
        return write_package(ctx, path, YEAR, **more)


def test_invoices_and_credit_notes_go_along_as_they_were_printed(
    office: Office, papers: list[UUID], house: House, signed_in: SignIn, tmp_path: Path
) -> None:
    languages: tuple[PaperLanguage, ...] = ("fr", "ar+fr", "fr")
    printed = [
        render_invoice(invoice_paper(office.sheet(each), language))
        for each, language in zip(papers, languages, strict=True)
    ]
    house.run("update catalog.products set name = 'Thé', name_ar = 'شاي'")
    house.run("update core.company set name = 'Autre', identifiers = '{}'")

    written = package(signed_in, tmp_path / "audit.zip")

    files = files_of(tmp_path / "audit.zip")
    names = [
        f"papers/FA-ALG-{YEAR}-000001.pdf",
        f"papers/FA-ALG-{YEAR}-000002.pdf",
        f"papers/AV-ALG-{YEAR}-000001.pdf",
    ]
    assert sorted(name for name in files if name.startswith("papers/")) == sorted(names)
    assert [files[name] for name in names] == printed
    assert written.papers == 3
    rows = list(csv.DictReader(io.StringIO(files["documents.csv"].decode())))
    listed = {row["file"]: row for row in rows}
    for name, each in zip(names, papers, strict=True):
        row = listed[name]
        number = "select number from accounting.entries where document ->> 'id'"
        assert row["entry"] == house.value(f"{number} = '{each}' order by posted_at limit 1")
        assert row["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert (row["size"], row["added_by"]) == (str(len(files[name])), "nadia")
        text_of = PdfReader(io.BytesIO(files[name])).pages[0].extract_text()
        assert row["document"].replace(" ", "") in text_of.replace(" ", "").replace("\n", "")
    assert verify_package(tmp_path / "audit.zip").wrong == []
    package(signed_in, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "audit.zip").read_bytes()


@pytest.mark.usefixtures("papers")
def test_a_paper_that_was_changed_or_added_is_found(signed_in: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "audit.zip"
    package(signed_in, path)
    files = files_of(path)
    forged, added = f"papers/FA-ALG-{YEAR}-000001.pdf", "papers/FA-ALG-1999-000001.pdf"
    files |= {forged: b"%PDF forged", added: b"%PDF added"}
    manifest = json.loads(files["manifest.json"])
    for name in (forged, added):
        manifest["sha256"][name] = hashlib.sha256(files[name]).hexdigest()
    pack(path, {**files, "manifest.json": json.dumps(manifest).encode()})

    wrong = " ".join(verify_package(path).wrong)
    assert f"{forged} is not the file" in wrong
    assert f"{added} is not the file" in wrong


@pytest.mark.usefixtures("papers")
def test_each_paper_is_told_of_and_may_be_the_last(signed_in: SignIn, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def watch(done: int, total: int, doing: str) -> None:
        if doing == "Invoices and credit notes":
            told.append((done, total))
            if done == 1:
                raise CancelledError

    with pytest.raises(CancelledError):
        package(signed_in, tmp_path / "audit.zip", progress=watch)
    assert told == [(0, 3), (1, 3)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("papers")
def test_who_may_not_see_invoices_takes_none_along(
    house: House, signed_in: SignIn, tmp_path: Path
) -> None:
    assert package(signed_in, tmp_path / "seen.zip", "salim").papers == 3
    house.run("delete from core.role_permissions where permission = 'sales.invoice.view'")
    assert package(signed_in, tmp_path / "audit.zip", "salim").papers == 0
    seen = "select count(*) from accounting.entries where document ->> 'module' = 'sales'"
    assert house.value(seen) >= 3


def test_a_module_works_under_its_own_role_and_gives_it_back(signed_in: SignIn) -> None:
    session = signed_in("nadia")

    def role(ctx: Any) -> str:
        found: str = ctx.connection.execute(text("select current_user::text")).scalar()
        return found

    def fail() -> None:
        raise KeyError

    with session.database.begin(session.user, "accounting") as ctx:
        with ctx.as_module("sales") as own:
            assert (role(own), own.module) == ("sales_app", "sales")
            with pytest.raises(ProgrammingError):
                own.connection.exec_driver_sql("savepoint s; select from accounting.entries")
            own.connection.exec_driver_sql("rollback to savepoint s")
        assert role(ctx) == "accounting_app"
        with pytest.raises(KeyError), ctx.as_module("sales"):
            fail()
        assert role(ctx) == "accounting_app"
        assert ctx.may_be("sales")
        with pytest.raises(ValueError, match="x; drop"), ctx.as_module("x; drop"):
            pass


def test_a_line_that_breaks_meanwhile_says_so(house: House, signed_in: SignIn) -> None:
    session = signed_in("nadia")

    def broken() -> None:
        with (
            session.database.begin(session.user, "accounting") as ctx,
            ctx.as_module("sales") as own,
        ):
            backend = own.connection.execute(text("select pg_backend_pid()")).scalar()
            house.run(f"select pg_terminate_backend({backend}, 5000)")
            own.connection.execute(text("select 1"))

    with pytest.raises(OfflineError):
        broken()
