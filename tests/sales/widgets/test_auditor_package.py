"""The package for the auditor, from the page of the year: its papers are counted and told of."""

import zipfile
from pathlib import Path

import pytest

from erp_desktop.core.i18n import N_
from modules.accounting.widgets.year_page import YearPage
from tests.houses import YEAR, MakeProduct
from tests.sales.office import Office, line
from tests.sales.widgets.desks import Desk, said

pytestmark = pytest.mark.database


def test_the_page_tells_how_many_papers_went_along(
    nadia: Desk, office: Office, product: MakeProduct, tmp_path: Path
) -> None:
    coffee, customer = product("COF-1", stock=9), office.customer()
    first = office.sold(customer, line(coffee, "2"))
    assert office.take_back(first).state == "applied"
    page = nadia.open(YearPage)
    nadia.until(lambda: page.year is not None)
    page.wanted = YEAR
    path = tmp_path / "audit.zip"

    page.start_work(N_("Writing the package"), page.write_package, path)
    nadia.until(lambda: "is written" in said(page))

    assert "2 printed documents" in said(page)
    with zipfile.ZipFile(path) as archive:
        papers = [name for name in archive.namelist() if name.startswith("papers/")]
    assert papers == [f"papers/AV-ALG-{YEAR}-000001.pdf", f"papers/FA-ALG-{YEAR}-000001.pdf"]
