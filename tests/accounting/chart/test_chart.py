"""A company's own chart: added to, renamed, imported, and never emptied under a document's feet."""

from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core.errors import NotAllowedError, StaleRecordError, UserError
from erp_desktop.imports.fields import propose_columns
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.writing import ImportReport
from modules.accounting.chart import (
    AccountDraft,
    ImportedAccount,
    import_accounts,
    save_account,
    save_account_role,
)
from modules.accounting.imports.accounts import dry_run, get_account_kind
from modules.accounting.selectors import get_account, list_account_roles
from tests.accounting.conftest import Post
from tests.houses import Ask, House

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant keeps the chart."""
    return "salim"


def refusal(ask: Ask, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(UserError) as refused:
        ask(*args, **kwargs)
    return refused.value.code


def test_an_account_is_added_renamed_and_taken_out_of_use(ask: Ask, house: House) -> None:
    draft = AccountDraft("60771", "Achats de fournitures", "مشتريات اللوازم", metadata={"Axe": "A"})

    assert ask(save_account, draft) == 1
    assert ask(save_account, AccountDraft("60771", "Fournitures"), version=1) == 2
    with pytest.raises(StaleRecordError):
        ask(save_account, draft, version=1)
    ask(save_account, AccountDraft("60771", "Fournitures", is_active=False), version=2)

    kept = ask(get_account, "60771")
    assert (kept.name, kept.name_ar, kept.is_active, kept.extra) == ("Fournitures", "", False, {})
    told = "select count(*) from core.audit where relation = 'accounting.accounts'"
    assert house.value(f"{told} and login = 'salim'") == 3


def test_what_would_spoil_the_books_is_refused_with_its_cure(
    ask: Ask, house: House, post: Post
) -> None:
    post("inventory.opening", {"value": "250.00"})
    house.run("delete from accounting.account_roles where role = 'opening'")

    assert refusal(ask, save_account, AccountDraft("411", "Clients")) == (
        "accounting.account_code_taken"
    )
    assert refusal(ask, save_account, AccountDraft("4A", "Clients")) == (
        "accounting.account_code_unplain"
    )
    assert refusal(ask, save_account, AccountDraft("0123", "Engagements")) == (
        "accounting.account_without_class"
    )
    assert refusal(ask, save_account, AccountDraft("11077", "Report")) == (
        "accounting.account_above_used"
    )
    assert (
        refusal(ask, save_account, AccountDraft("60771", " ")) == "accounting.account_name_missing"
    )
    ended = AccountDraft("411", "Clients", is_active=False)
    assert refusal(ask, save_account, ended, version=1) == "accounting.account_plays_role"
    ended = AccountDraft("110", "Report à nouveau", is_active=False)
    assert refusal(ask, save_account, ended, version=1) == "accounting.account_not_empty"
    with house.connect("nadia") as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute("update accounting.accounts set code = '9' where code = '411'")


def test_another_account_takes_a_role_over_from_now_on(ask: Ask, house: House, post: Post) -> None:
    ask(save_account, AccountDraft("5301", "Caisse du comptoir", "صندوق المحل"))
    roles = {(row.role, row.qualifier): row.account for row in ask(list_account_roles)}
    assert roles["cash", ""] == "530"
    assert refusal(ask, save_account_role, "cash", "", "53") == "accounting.role_account_is_group"
    assert refusal(ask, save_account_role, "cash", "", "9999") == "accounting.account_unknown"
    assert refusal(ask, save_account_role, "none", "", "5301") == "core.not_found"

    post("till.cash_move", {"moved safe": "10.00"})
    ask(save_account_role, "cash", "", "5301")
    post("till.cash_move", {"moved safe": "20.00"})

    on = "select sum(debit) from accounting.entry_lines l join accounting.accounts a"
    assert house.value(f"{on} on a.id = l.account_id and a.code = '5301'") == 20
    assert house.value(f"{on} on a.id = l.account_id and a.code = '530'") == 10


def test_a_chart_comes_from_a_file_or_not_at_all(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    rows = ["N° compte;Intitulé;Libellé arabe;Actif", "60772;Emballages;أغلفة;oui"]
    rows += ["411;Clients du gros;;", "0;Engagements;;", "01;Cautions;;non"]
    wrong = ["8123;Sans classe;;", "41X;Lettres;;", "60773;;;", "60772;Encore;;", ";Sans code;;"]
    path.write_text("\n".join([*rows, *wrong]), encoding="utf-8")
    table, kind = read_table(path), ask(get_account_kind)
    options = ImportOptions(columns=propose_columns(table, kind.fields), existing="change")

    plan = ask(dry_run, table, options, kind)

    assert [problem.what.code for problem in plan.problems] == [
        "class_unknown",
        "code_unplain",
        "name_missing",
        "code_repeated",
        "code_unplain",
    ]
    report = ask(import_accounts, plan.drafts, may_change=True)
    assert report == ImportReport(created=3, changed=1)
    assert (ask(get_account, "411").name, ask(get_account, "411").name_ar) == (
        "Clients du gros",
        "الزبائن",
    )
    assert not ask(get_account, "01").is_active

    drafts = [ImportedAccount("60774", "Neuf"), ImportedAccount("7999", "Neuf"), *plan.drafts]
    assert (
        refusal(ask, import_accounts, drafts, may_change=False) == "accounting.account_code_taken"
    )
    assert refusal(ask, get_account, "60774") == "core.not_found"


def test_who_may_not_edit_the_chart_does_not(signed_in: Any) -> None:
    session = signed_in("nadia")
    with pytest.raises(NotAllowedError), session.database.begin(session.user, "accounting") as ctx:
        ctx.call("accounting.save_account_v1", {"code": "60771", "name": "X"}, None)
