"""Founding a company in each country, and loading its pack again after an update."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from erp_desktop.core.session import sign_in
from erp_desktop.server import company, embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, Founded, LeftOut, found
from erp_desktop.server.errors import BranchCodeTakenError, BranchCodeWrongError, CompanyExistsError
from erp_desktop.server.migrate import migrate
from erp_desktop.server.packs import read_pack
from tests.houses import PASSWORD, YEAR, House

pytestmark = pytest.mark.database

COUNTRIES = ("DZ", "MA", "TN")
Amounts = list[tuple[str, str, str]]
Post = Callable[[House, str, Amounts], None]


def draft(country: str, *codes: str) -> CompanyDraft:
    """Return a company with an administrator of its own."""
    return CompanyDraft(
        name="Comptoir",
        name_ar="متجر",
        country=country,
        year=YEAR,
        branches=tuple(BranchDraft(code, code.title(), "فرع") for code in codes or ("ONE",)),
        admin_login=f"founder_{country.lower()}",
        admin_name="Founder",
        admin_password=PASSWORD,
    )


@pytest.fixture(scope="module")
def blank(server: embedded.Embedded, template: Founded) -> Iterator[str]:
    """A migrated database without a company."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("create database blank_erp")
        migrate(server.dsn("blank_erp"), say=lambda _name: None)
        yield "blank_erp"
        connection.execute("drop database blank_erp with (force)")
        # Roles belong to the whole server: each founding gave the worker another password.
        password = sql.Literal(template.worker_password)
        connection.execute(sql.SQL("alter role erp_worker password {}").format(password))


@pytest.fixture
def empty(server: embedded.Embedded, blank: str) -> Iterator[str]:
    """A copy of it, for one founding."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"create database founding template {blank}")
        yield "founding"
        connection.execute("drop database founding with (force)")
        for country in COUNTRIES:
            connection.execute(f"drop role if exists founder_{country.lower()}")


@pytest.fixture
def founded(server: embedded.Embedded, empty: str) -> Callable[[str], House]:
    """Found a company: `founded("MA")`; its founder may post as the till does."""

    def make(country: str) -> House:
        house = House(server, empty, found(server.dsn(empty), draft(country)))
        house.run(f"grant till_owner to founder_{country.lower()}")
        return house

    return make


def post(house: House, rule: str, amounts: Amounts) -> None:
    """Post an entry as the till would: `("tax", "TVA19", "19.00")` and so on."""
    entry = {
        "id": str(uuid7()),
        "rule": rule,
        "branch_id": str(house.value("select id from core.branches")),
        "on": f"{YEAR}-03-05",
        "label": rule,
        "document": {},
        "by": "founder",
        "currency": house.value("select currency from core.company"),
        "amounts": [dict(zip(("amount", "qualifier", "value"), a, strict=True)) for a in amounts],
    }
    founder = house.value("select login from core.users where not is_system")
    with house.connect(founder) as connection:
        connection.execute("set role till_owner")
        connection.execute("select accounting.post_v1(%s)", [Jsonb(entry)])


def booked(house: House) -> dict[str, str]:
    """Return what stands on each account: debit less credit."""
    with house.connect() as connection:
        return dict(
            connection.execute(
                "select a.code, sum(l.debit - l.credit)::text from accounting.entry_lines l"
                " join accounting.accounts a on a.id = l.account_id group by a.code"
            ).fetchall()
        )


# What a till sells in each country, and the accounts on which that must stand.
SALES: dict[str, tuple[Amounts, dict[str, str]]] = {
    "DZ": (
        [
            ("cash", "", "120.00"),
            ("card", "", "1.00"),
            ("net", "TVA19", "100.00"),
            ("tax", "TVA19", "19.00"),
            ("stamp", "", "2.00"),
            ("cost", "", "70.00"),
        ],
        {
            "530": "120.00",
            "5113": "1.00",
            "700": "-100.00",
            "44571": "-19.00",
            "44575": "-2.00",
            "600": "70.00",
            "301": "-70.00",
        },
    ),
    "MA": (
        [
            ("cash", "", "120.30"),
            ("net", "TVA20", "100.00"),
            ("tax", "TVA20", "20.00"),
            ("stamp", "", "0.30"),
        ],
        {"5161": "120.30", "7111": "-100.00", "4455": "-20.00", "4457": "-0.30"},
    ),
    "TN": (
        [
            ("cash", "", "121.190"),
            ("net", "TVA19F", "100.000"),
            ("tax", "FODEC", "1.000"),
            ("tax", "TVA19F", "19.190"),
            ("stamp", "", "1.000"),
        ],
        {
            "5411": "121.190",
            "707": "-100.000",
            "43678": "-1.000",
            "43671": "-19.190",
            "4371": "-1.000",
        },
    ),
}


@pytest.mark.parametrize("country", SALES)
def test_a_sale_finds_its_accounts_in_each_country(
    founded: Callable[[str], House], country: str
) -> None:
    house = founded(country)
    amounts, accounts = SALES[country]

    post(house, "till.sale", amounts)

    assert booked(house) == accounts


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_rule_posts_a_balanced_entry(founded: Callable[[str], House], country: str) -> None:
    house = founded(country)
    rules: dict[str, dict[str, set[str]]] = {}
    for line in read_pack(country)["posting_rules"]:
        sides = rules.setdefault(line["rule"], {"debit": set(), "credit": set()})
        sides[line["side"]].add(line["amount"])

    for rule, sides in rules.items():
        post(house, rule, balanced(sides["debit"], sides["credit"]))

    assert house.value("select count(*) from accounting.entries") == len(rules)
    assert house.value("select sum(debit) - sum(credit) from accounting.entry_lines") == 0


def balanced(debit: set[str], credit: set[str]) -> Amounts:
    """Return amounts whose debits equal their credits."""
    both, only_debit, only_credit = debit & credit, debit - credit, credit - debit
    reasons = {"moved": "bank"}
    values = dict.fromkeys(both, 1)
    values |= dict.fromkeys(only_debit, len(only_credit))
    values |= dict.fromkeys(only_credit, len(only_debit))
    return [(name, reasons.get(name, ""), str(value)) for name, value in values.items()]


@pytest.mark.parametrize("country", COUNTRIES)
def test_postgresql_can_read_the_patterns_and_keeps_all_values_apart(
    founded: Callable[[str], House], country: str
) -> None:
    house = founded(country)

    overlaps = house.value(
        "select count(*) from accounting.law_values a join accounting.law_values b"
        " on (a.kind, a.code) = (b.kind, b.code) and a.id < b.id and"
        " daterange(a.valid_from, a.valid_to, '[]') && daterange(b.valid_from, b.valid_to, '[]')"
    )
    assert overlaps == 0
    patterns = "from accounting.law_values where kind = 'identifier'"
    assert house.value(f"select count('' ~ (value ->> 'pattern')) {patterns}") == house.value(
        f"select count(*) {patterns}"
    )


def test_the_administrator_of_a_new_company_can_sign_in(
    founded: Callable[[str], House],
) -> None:
    house = founded("TN")

    session = sign_in(house.dsn("founder_tn"))
    session.database.close()

    assert (session.company["country"], session.company["currency"]) == ("TN", "TND")


def test_a_database_takes_one_company_only(founded: Callable[[str], House]) -> None:
    house = founded("MA")

    with pytest.raises(CompanyExistsError, match="empty database"):
        found(house.dsn(), draft("DZ"))


@pytest.mark.parametrize(
    ("codes", "refusal"),
    [(("Alger",), BranchCodeWrongError), (("ALG", "ALG"), BranchCodeTakenError)],
)
def test_branches_whose_documents_could_not_be_told_apart_are_refused(
    server: embedded.Embedded, empty: str, codes: tuple[str, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        found(server.dsn(empty), draft("DZ", *codes))


CONTENTS = """
    select md5(string_agg(t::text, ',' order by t::text)) from (
        select (a.code, a.name, a.name_ar)::text from accounting.accounts a
        union all select (r.role, r.qualifier, r.account_id)::text from accounting.account_roles r
        union all select (p.*)::text from accounting.posting_rules p
        union all select (x.code, x.name, x.base_taxes, x.article)::text from accounting.taxes x
        union all select (r.tax_code, r.valid_from, r.valid_to, r.rate, r.version)::text
                    from accounting.tax_rates r
        union all select (v.id, v.valid_to, v.value, v.version)::text from accounting.law_values v
    ) as all_of (t)
"""


def test_loading_a_pack_again_changes_nothing(house: House) -> None:
    before = house.value(CONTENTS)

    left = company.refresh_pack(house.dsn())

    assert left == []
    assert house.value(CONTENTS) == before


def test_a_database_without_a_company_has_no_pack_to_refresh(
    server: embedded.Embedded, empty: str
) -> None:
    assert company.refresh_pack(server.dsn(empty)) == []


@pytest.fixture
def learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next version of the program knows a finance law: 20 % and another stamp from 2027."""
    pack = read_pack("DZ")
    rate = next(row for row in pack["taxes"] if row["code"] == "TVA19")
    stamp = next(row for row in pack["law_values"] if row["kind"] == "stamp")
    newer = {"valid_from": "2027-01-01", "legal_ref": "LF 2027"}
    pack["taxes"].append({**rate, **newer, "rate": "0.2"})
    pack["law_values"].append({**stamp, **newer})
    rate["valid_to"] = stamp["valid_to"] = "2026-12-31"
    pack["accounts"].append({"code": "6573", "name": "Autres écarts", "name_ar": "فوارق أخرى"})
    monkeypatch.setattr(company, "read_pack", lambda _country: pack)


RATES = """
    select string_agg(concat_ws(' ', r.valid_from, r.valid_to, trim_scale(r.rate)), ', '
                      order by r.valid_from)
      from accounting.tax_rates r where r.tax_code = 'TVA19'
"""


@pytest.mark.usefixtures("learnt")
def test_an_update_adds_what_the_law_says_from_a_day_on_and_ends_what_was_before(
    house: House,
) -> None:
    left = company.refresh_pack(house.dsn())

    assert left == []
    assert house.value(RATES) == "2017-01-01 2026-12-31 0.19, 2027-01-01 0.2"
    stamps = "select count(*) from accounting.law_values where kind = 'stamp'"
    assert house.value(f"{stamps} and valid_to = '2026-12-31'") == 1
    assert house.value(f"{stamps} and valid_from = '2027-01-01' and valid_to is null") == 1
    assert house.value("select name from accounting.accounts where code = '6573'")


@pytest.mark.usefixtures("learnt")
def test_an_update_leaves_alone_what_the_accountant_has_changed(house: House) -> None:
    house.run("update accounting.accounts set name = 'Ventes du dépôt' where code = '700'")
    house.run(
        "update accounting.account_roles set account_id ="
        " (select id from accounting.accounts where code = '758') where role = 'cash_rounding'"
    )
    house.run(
        "update accounting.tax_rates set valid_to = '2026-06-30', version = 2"
        " where tax_code = 'TVA19'"
    )
    house.run(
        "insert into accounting.tax_rates (tax_code, valid_from, rate, legal_ref)"
        " values ('TVA19', '2026-07-01', 0.21, 'LFC 2026')"
    )

    left = company.refresh_pack(house.dsn())

    assert left == [LeftOut("tax", "TVA19", "2027-01-01")]
    assert house.value(RATES) == "2017-01-01 2026-06-30 0.19, 2026-07-01 0.21"
    assert house.value("select name from accounting.accounts where code = '700'") == (
        "Ventes du dépôt"
    )
    assert played(house, "cash_rounding") == "758"


def played(house: House, role: str) -> str:
    """Return the account that plays a role."""
    return str(
        house.value(
            "select a.code from accounting.account_roles r"
            f" join accounting.accounts a on a.id = r.account_id where r.role = '{role}'"
        )
    )


def test_nobody_but_a_superuser_may_load_a_pack(house: House) -> None:
    pack: dict[str, Any] = {"accounts": [], "account_roles": []}
    with (
        house.connect("salim") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("select accounting.load_pack(%s)", [Jsonb(pack)])
