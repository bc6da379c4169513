"""Country packs: facts of three countries, each with its source; enough to keep books."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from erp_desktop.core.money import CURRENCIES
from erp_desktop.server.errors import CountryUnknownError
from erp_desktop.server.packs import known_countries, read_pack

COUNTRIES = ("DZ", "MA", "TN")
CHECKS = {"", "dz.nif", "ma.ice", "tn.mf"}
FOREVER = date.max
# How many digits an account has, below classes and groups (in Morocco also below "postes").
FIRST_ACCOUNT = {"DZ": 3, "MA": 4, "TN": 3}

Pack = dict[str, Any]


@cache
def pack_of(country: str) -> Pack:
    """Read a pack once for all tests."""
    return read_pack(country)


@pytest.fixture(params=COUNTRIES)
def pack(request: pytest.FixtureRequest) -> Pack:
    """Each country's pack in turn."""
    return pack_of(request.param)


def dated(pack: Pack) -> Iterator[tuple[str, date, date]]:
    """Return everything with a validity: what it is, from when, until when."""
    for row in pack["taxes"]:
        yield f"tax {row['code']}", *_days(row)
    for row in pack["law_values"]:
        yield f"{row['kind']} {row['code']}", *_days(row)


def _days(row: Pack) -> tuple[date, date]:
    until = row["valid_to"]
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(until) if until else FOREVER


def laws(pack: Pack, kind: str) -> dict[str, Pack]:
    """Return the values of one kind, the newest of each code."""
    found = [law for law in pack["law_values"] if law["kind"] == kind]
    return {law["code"]: law["value"] for law in sorted(found, key=lambda law: law["valid_from"])}


def test_there_are_packs_for_three_countries() -> None:
    assert tuple(known_countries()) == COUNTRIES


def test_a_country_without_a_pack_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(CountryUnknownError, match="DZ, MA, TN"):
        read_pack("FR")


def test_every_tax_and_every_value_of_the_law_names_its_source(pack: Pack) -> None:
    silent = [
        f"{row.get('kind')} {row['code']}"
        for row in [*pack["taxes"], *pack["law_values"]]
        if not row["legal_ref"]
    ]

    assert silent == []


def test_no_two_values_of_one_thing_are_valid_on_the_same_day(pack: Pack) -> None:
    spans = sorted(dated(pack))

    assert [one[0] for one in spans if one[2] < one[1]] == []
    assert [
        later[0] for one, later in pairwise(spans) if one[0] == later[0] and later[1] <= one[2]
    ] == []


def test_every_account_and_every_name_is_said_in_both_languages(pack: Pack) -> None:
    sets = ("accounts", "journals", "taxes", "regions", "terms")
    named = [row for each in sets for row in pack[each]]
    named += [value for kind in ("identifier", "holiday") for value in laws(pack, kind).values()]

    assert [row for row in named if not (row["name"] and row["name_ar"])] == []
    assert [row for row in named if not re.search("[\u0600-\u06ff]", row["name_ar"])] == []


def test_the_chart_serves_a_trading_company_and_names_each_account_once(pack: Pack) -> None:
    codes = Counter(row["code"] for row in pack["accounts"])
    digits = FIRST_ACCOUNT[pack["country"]]

    assert sum(len(code) >= digits for code in codes) >= 250
    assert [code for code, times in codes.items() if times > 1] == []
    assert {code[0] for code in codes} == set("1234567")


def test_the_chart_is_a_tree_from_the_classes_down(pack: Pack) -> None:
    codes = [row["code"] for row in pack["accounts"]]

    assert [code for code in codes if code[1:] and code[:-1] not in codes] == []
    assert [code for code in codes if not code.isdigit()] == []
    assert codes == sorted(codes)


def test_accounts_are_named_in_their_language_and_unlike_their_sisters(pack: Pack) -> None:
    rows = pack["accounts"]
    latin, arabic = re.compile("[A-Za-zÀ-ÿ]"), re.compile("[\u0600-\u06ff]")

    assert [r for r in rows if not latin.search(r["name"]) or arabic.search(r["name"])] == []
    assert [r for r in rows if not arabic.search(r["name_ar"]) or latin.search(r["name_ar"])] == []
    assert [r for r in rows if any(r[n] != r[n].strip() for n in ("name", "name_ar"))] == []
    for name in ("name", "name_ar"):
        sisters = Counter((row["code"][:-1], row[name]) for row in rows)
        assert [twice for twice, times in sisters.items() if times > 1] == []


def test_no_role_is_played_by_a_class(pack: Pack) -> None:
    assert [row for row in pack["account_roles"] if len(row["account"]) < 2] == []


def test_what_an_invoice_needs_has_its_account(pack: Pack) -> None:
    roles = {row["role"] for row in pack["account_roles"]}

    assert {
        *("receivable", "customer_advances", "sales", "discounts_given", "tax_collected"),
        *("stamp_collected", "cash", "card", "cheque", "bills_received", "bank"),
        *("bad_debt", "bad_debt_allowance", "stock_loss", "stock_gain", "cost_of_goods"),
    } <= roles


def test_every_role_of_every_rule_has_an_account_and_every_rule_a_journal(pack: Pack) -> None:
    accounts = {row["code"] for row in pack["accounts"]}
    plain = {row["role"] for row in pack["account_roles"] if not row["qualifier"]}
    reasons = {r["qualifier"] for r in pack["account_roles"] if r["role"] == "cash_reason"}

    assert {row["account"] for row in pack["account_roles"]} - accounts == set()
    assert {r["role"] for r in pack["posting_rules"]} - plain == {"cash_reason"}
    assert reasons == {"bank", "safe", "expense", "other"}
    assert {r["journal"] for r in pack["posting_rules"]} <= {j["code"] for j in pack["journals"]}


def test_all_countries_post_by_the_same_rules_and_play_the_same_roles(pack: Pack) -> None:
    algeria = pack_of("DZ")

    def rules(of: Pack) -> list[tuple[str, ...]]:
        names = ("rule", "line_no", "side", "role", "amount")
        return [tuple(row[name] for name in names) for row in of["posting_rules"]]

    def roles(of: Pack) -> set[tuple[str, str]]:
        return {(row["role"], row["qualifier"]) for row in of["account_roles"]}

    assert rules(pack) == rules(algeria)
    assert roles(algeria) <= roles(pack)


def test_a_tax_on_taxes_names_taxes_that_exist_on_the_same_days(pack: Pack) -> None:
    spans = {row["code"]: _days(row) for row in pack["taxes"]}

    for row in pack["taxes"]:
        since, until = _days(row)
        for base in row["base_taxes"].split():
            assert spans[base][0] <= since
            assert spans[base][1] >= until


def test_what_is_exempt_quotes_its_article(pack: Pack) -> None:
    assert [r["code"] for r in pack["taxes"] if Decimal(r["rate"]) == 0 and not r["article"]] == []


@pytest.mark.parametrize(
    ("country", "day", "rates"),
    [
        ("DZ", "2026-03-05", {"TVA19": "0.19", "TVA9": "0.09", "EXO": "0", "SUSP": "0"}),
        ("DZ", "2016-12-31", {"TVA17": "0.17", "TVA7": "0.07", "EXO": "0", "SUSP": "0"}),
        (
            "MA",
            "2026-03-05",
            {"TVA20": "0.2", "TVA10": "0.1", "EXO": "0", "EXO92": "0", "SUSP": "0"},
        ),
        ("TN", "2017-12-31", {"TVA18": "0.18", "TVA12": "0.12", "TVA6": "0.06"}),
        ("TN", "2026-03-05", {"TVA19": "0.19", "TVA13": "0.13", "TVA7": "0.07", "FODEC": "0.01"}),
    ],
)
def test_the_rates_of_a_day_are_those_of_its_law(
    country: str, day: str, rates: dict[str, str]
) -> None:
    wanted = date.fromisoformat(day)
    valid = {r["code"]: r["rate"] for r in pack_of(country)["taxes"] if _covers(r, wanted)}

    assert rates.items() <= valid.items()
    assert country == "TN" or valid == rates


def _covers(row: Pack, day: date) -> bool:
    since, until = _days(row)
    return since <= day <= until


def test_notes_and_coins_are_worth_something_and_fall_in_value(pack: Pack) -> None:
    money = laws(pack, "denominations")[pack["currency"]]

    for kind in ("notes", "coins"):
        worth = [Decimal(each) for each in money[kind]]
        assert worth == sorted(set(worth), reverse=True)
        assert min(worth) >= CURRENCIES[pack["currency"]].unit


def test_what_is_rounded_at_the_till_can_be_paid_in_coins(pack: Pack) -> None:
    unit = Decimal(laws(pack, "cash_rounding")["till"]["unit"])
    money = laws(pack, "denominations")[pack["currency"]]

    assert unit % min(Decimal(each) for each in money["coins"]) == 0


def test_identifiers_stand_on_paper_in_one_order_and_their_patterns_can_be_read(pack: Pack) -> None:
    identifiers = laws(pack, "identifier")
    ours = [code for code, value in identifiers.items() if "company" in value["of"]]

    assert sorted(ours, key=lambda code: identifiers[code]["order"]) == pack["identifiers"]
    assert {value["check"] for value in identifiers.values()} <= CHECKS
    for value in identifiers.values():
        assert re.compile(value["pattern"])


@pytest.mark.parametrize(
    ("country", "code", "number"),
    [
        ("DZ", "RC", "16/00-0123456B22"),
        ("DZ", "NIF", "000016001234567"),
        ("DZ", "NIF", "00021600180833713010"),
        ("DZ", "NIS", "000016010012345"),
        ("MA", "ICE", "001561191000066"),
        ("MA", "RC", "123456 Casablanca"),
        ("TN", "MF", "1357924/Y/A/M/000"),
        ("TN", "MF", "1234567MAE001"),
        ("TN", "MF", "1357924Y"),
        ("TN", "CIN", "09123456"),
    ],
)
def test_identifiers_as_they_stand_on_papers_fit_their_patterns(
    country: str, code: str, number: str
) -> None:
    assert re.fullmatch(laws(pack_of(country), "identifier")[code]["pattern"], number)


@pytest.mark.parametrize(
    ("country", "code", "number"),
    [("TN", "MF", "1234567I"), ("TN", "MF", "1234567/M/A/X/000"), ("MA", "ICE", "12345")],
)
def test_what_no_paper_says_does_not_fit(country: str, code: str, number: str) -> None:
    assert not re.fullmatch(laws(pack_of(country), "identifier")[code]["pattern"], number)


def test_every_mention_is_worded_in_three_languages_and_says_when(pack: Pack) -> None:
    mentions = laws(pack, "mention")

    assert {"exempt", "suspended", "credit_note"} <= set(mentions)
    for value in mentions.values():
        assert all(value[language] for language in ("fr", "ar", "en"))
        assert value["when"] in {"always", "exempt", "suspended", "credit_note", "cash"}


def test_holidays_are_days_and_what_depends_on_the_moon_is_provisional(pack: Pack) -> None:
    holidays = laws(pack, "holiday")

    for value in holidays.values():
        on = value["on"] if value["provisional"] else f"2024-{value['on']}"
        assert date.fromisoformat(on)
    assert sum(value["provisional"] for value in holidays.values()) >= 6
    assert sum(not value["provisional"] for value in holidays.values()) >= 5


@pytest.mark.parametrize(("country", "number"), [("DZ", 69), ("MA", 75), ("TN", 24)])
def test_regions_are_all_there_without_prefixes(country: str, number: int) -> None:
    regions = pack_of(country)["regions"]

    assert len({row["code"] for row in regions}) == len({row["name"] for row in regions}) == number
    untidy = re.compile(r":|  |- | -|^[A-Z' ]+$")
    assert [row["name"] for row in regions if untidy.search(row["name"])] == []
    assert [row["name_ar"] for row in regions if untidy.search(row["name_ar"])] == []


def test_terms_of_payment_begin_with_cash(pack: Pack) -> None:
    terms = {row["code"]: (int(row["days"]), bool(row["end_of_month"])) for row in pack["terms"]}

    assert terms["CASH"] == (0, False)
    assert terms["D30M"] == (30, True)
    assert all(re.fullmatch("[A-Z0-9_-]{1,20}", code) for code in terms)
