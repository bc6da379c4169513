"""The page of a design at an accountant's desk: copy, change, be refused, save."""

from dataclasses import replace
from typing import Any

import pytest

from modules.accounting.statement_designs import DesignLine
from modules.accounting.widgets.statements.design_lines import put_kind
from modules.accounting.widgets.statements.design_list import DesignListPage
from modules.accounting.widgets.statements.design_page import DesignPage
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database


def shown(salim: Desk, page: Any) -> list[Any]:
    opened: list[Any] = []
    salim.qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.show()
    return opened


def test_a_copy_is_changed_refused_mended_and_kept(salim: Desk) -> None:
    page = DesignPage(salim.backend)
    page.open({"copy": "income"})
    shown(salim, page)
    salim.until(lambda: page.document is not None)
    lines = page.body.grid.lines.lines
    assert page.body.form.fields["code"].read() == "income_own"
    assert (page.coverage.rowCount(), lines[0].first) == (0, "70")

    page.change_lines([replace(lines[0], first="70 7x"), *lines[1:]])
    page.save_now()
    salim.until(page.notices.isVisible)
    assert page.sheet.version is None

    page.change_lines([replace(lines[0], first="70 60"), *lines[1:]])
    doubled = [row.account for row in page.coverage.rows if row.lines == ("R01", "R06")]
    assert "600" in doubled
    page.save_now()
    salim.until(lambda: page.sheet.version == 1)
    assert page.document is not None
    assert page.document.number == page.sheet.design.name
    assert not page.unsaved()


def test_a_statement_of_the_law_is_read_and_copied_only(salim: Desk) -> None:
    statements = DesignListPage(salim.backend)
    opened = shown(salim, statements)
    salim.until(lambda: statements.model.rowCount() > 3)
    row = next(each for each in statements.model.rows if each.code == "assets")
    statements.on_open(row)
    ((name, about),) = opened
    assert name == "accounting.statement_design"

    page = DesignPage(salim.backend)
    page.open(about)
    copies = shown(salim, page)
    salim.until(lambda: page.document is not None)
    assert page.document is not None
    assert not page.document.is_editable
    page.start_once(page._copy)
    salim.until(lambda: bool(copies))
    assert copies == [("accounting.statement_design", {"copy": "assets"})]


def test_a_heading_has_no_side_and_everything_else_has_one() -> None:
    line = DesignLine("A", "line", "x", side="credit", first="70")

    head = put_kind(line, "head")
    assert (head.side, head.first) == ("", "")
    assert put_kind(head, "sum").side == "debit"
    assert put_kind(line, "sum").side == "credit"
