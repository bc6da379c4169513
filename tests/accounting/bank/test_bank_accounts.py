"""Bank accounts: kept by the accountant, seen in their branch, never with a mistyped key."""

from dataclasses import replace

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import OtherBranchError, StaleRecordError
from modules.accounting.bank import BankAccountDraft, save_bank_account
from modules.accounting.bank_errors import (
    BankCodeTakenError,
    BankCodeUnplainError,
    BankLedgerTakenError,
    BankNameMissingError,
    IbanOfAnotherRibError,
    IbanWrongError,
    RibWrongError,
)
from modules.accounting.errors import AccountUnknownError
from modules.accounting.selectors.bank import list_bank_accounts
from tests.houses import ALGIERS, ORAN, Ask, House

pytestmark = pytest.mark.database

# Accounts that the Journal officiel and the banks print.
RIBS = (
    ("MA", "011519000001205000534921", True),
    ("TN", "10006035183598478831", True),
    ("DZ", "00300060000201930048", True),
    ("DZ", "00300060000014720242", True),
    ("MA", "011519000001205000534922", False),
    ("TN", "10006035183598478813", False),
    ("DZ", "00300060000201930084", False),
    ("DZ", "0030006000020193004", False),
    ("DZ", "", False),
    ("MA", "10006035183598478831", False),
)
# The examples of the registry of ISO 13616, and one digit wrong.
IBANS = (
    ("TN5910006035183598478831", True),
    ("GB29NWBK60161331926819", True),
    ("FR1420041010050500013M02606", True),
    ("TN5910006035183598478832", False),
    ("GB29NWBK60161331926891", False),
    ("TN59", False),
)


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


def draft_of() -> BankAccountDraft:
    """Return a sound account of Algiers on the account that plays the bank."""
    return BankAccountDraft(
        uuid7(), "BADR", "BADR Didouche", "512", "OD", ALGIERS.id, "DZD",
        rib="003 00060 0002019300 48",
    )  # fmt: skip


def test_keys_of_the_three_countries(house: House) -> None:
    for country, rib, is_sound in RIBS:
        asked = f"select accounting.rib_is_sound('{country}', '{rib}')"
        assert house.value(asked) is is_sound, (country, rib)
    for iban, is_sound in IBANS:
        assert house.value(f"select accounting.iban_is_sound('{iban}')") is is_sound, iban


def test_a_bank_account_is_kept_changed_and_refused_with_its_cure(house: House, ask: Ask) -> None:
    draft = draft_of()
    assert ask(save_bank_account, draft) == 1
    (row,) = ask(list_bank_accounts)
    assert (row.code, row.rib, row.account) == ("BADR", "00300060000201930048", "512")
    assert ask(save_bank_account, replace(draft, bank="BADR"), version=1) == 2
    with pytest.raises(StaleRecordError):
        ask(save_bank_account, draft, version=1)

    other = replace(draft, id=uuid7(), code="BNA", account="530")
    for error, wrong in (
        (BankCodeTakenError, replace(other, code="BADR")),
        (BankLedgerTakenError, replace(other, account=draft.account)),
        (BankCodeUnplainError, replace(other, code="b n a")),
        (BankNameMissingError, replace(other, name="")),
        (AccountUnknownError, replace(other, account="51299")),
        (RibWrongError, replace(other, rib="00300060000201930084")),
        (IbanWrongError, replace(other, iban="GB29NWBK60161331926891")),
        (IbanOfAnotherRibError, replace(other, iban="DZ580002100001113000000570")),
    ):
        with pytest.raises(error):
            ask(save_bank_account, wrong)
    assert house.value("select count(*) from accounting.bank_accounts") == 1


def test_other_branches_other_people_and_psql_are_kept_out(house: House, ask: Ask) -> None:
    draft = draft_of()
    ask(save_bank_account, draft)
    with house.connect("salim") as connection:
        connection.execute("set role accounting_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("update accounting.bank_accounts set rib = ''")
    house.run(f"update accounting.bank_accounts set branch_id = '{ORAN.id}'")
    house.run("update core.users set sees_all_branches = false where login = 'salim'")
    house.run(
        "delete from core.user_branches where user_id ="
        " (select id from core.users where login = 'salim')"
    )
    with house.connect("salim") as connection:
        connection.execute("set role accounting_app")
        seen = connection.execute("select count(*) from accounting.bank_accounts").fetchone()
        assert seen is not None
        assert seen[0] == 0
    assert ask(list_bank_accounts) == []
    with pytest.raises(OtherBranchError):
        ask(save_bank_account, replace(draft, id=uuid7(), code="BNA", branch_id=ORAN.id))
