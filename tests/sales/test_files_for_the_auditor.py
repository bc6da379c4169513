"""What was added to an invoice goes to the auditor with the entry of the invoice."""

import zipfile
from pathlib import Path

import pytest

from erp_desktop.core.attachments import Subject, attach
from modules.accounting.auditing import write_package
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
