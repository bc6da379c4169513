"""People who work here: found, hired, changed, shut out; and every refusal."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy

from erp_desktop.core.administration.errors import PasswordWeakError
from erp_desktop.core.administration.selectors import UserFilter, get_user, list_users
from erp_desktop.core.administration.services import UserDraft, enable_user, save_user
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import (
    NotAllowedError,
    NotFoundError,
    OtherBranchError,
    StaleRecordError,
    UserError,
)
from erp_desktop.core.refusals import (
    LoginTakenError,
    LoginUnusableError,
    NotYourselfError,
    PasswordInClearError,
    RoleUnknownError,
    UserNeedsBranchAndRoleError,
)
from erp_desktop.core.session import sign_in
from tests.houses import ALGIERS, ORAN, Ask, House

SOFIA = UserDraft(
    "sofia",
    "Sofia Meziane",
    "صوفيا مزيان",
    "ar",
    ("cashier",),
    ALGIERS.id,
    (),
    password="Zitouna-7",
)
UserId = Callable[[str], UUID]


def logins(ask: Ask, wanted: UserFilter, **more: Any) -> list[str]:
    return [row.login for row in ask(list_users, wanted, **more)]


def test_a_new_user_can_sign_in_and_sees_what_the_role_opens(house: House, ask: Ask) -> None:
    made = uuid7()

    assert ask(save_user, made, SOFIA) == 1

    session = sign_in(house.dsn("sofia", "Zitouna-7"))
    assert session.user.name_ar == "صوفيا مزيان"
    assert session.user.may("till.ticket.sell")
    session.database.close()
    kept = ask(get_user, made).user
    assert (kept.roles, kept.home_branch_id, kept.version) == (("cashier",), ALGIERS.id, 1)


def test_the_password_never_reaches_the_server(house: House, ask: Ask) -> None:
    ask(save_user, uuid7(), SOFIA)

    kept = house.value("select rolpassword from pg_authid where rolname = 'sofia'")
    audit = house.value("select string_agg(coalesce(new::text, ''), '') from core.audit")
    assert kept.startswith("SCRAM-SHA-256$")
    assert "Zitouna-7" not in audit


def test_a_changed_user_keeps_the_password_or_gets_a_new_one(house: House, ask: Ask) -> None:
    # Logins belong to the whole server of the run: only one that the test made may change.
    made = uuid7()
    ask(save_user, made, SOFIA)
    draft = replace(SOFIA, name="Sofia Benali", other_branches=(ORAN.id,), password="")

    version = ask(save_user, made, draft, version=1)
    house.connect("sofia", "Zitouna-7").close()
    ask(save_user, made, replace(draft, password="Yasmine-8"), version=version)

    house.connect("sofia", "Yasmine-8").close()
    with pytest.raises(psycopg.OperationalError):
        house.connect("sofia", "Zitouna-7")
    kept = ask(get_user, made).user
    assert UserDraft.of(kept) == draft
    assert kept.version == version + 1


def test_how_far_a_user_may_go_alone_is_known_to_the_user_and_to_the_gate(
    house: House, ask: Ask
) -> None:
    made, limits = uuid7(), {"till.discount": "5", "till.difference": "200.50"}

    ask(save_user, made, replace(SOFIA, limits=limits))

    session = sign_in(house.dsn("sofia", "Zitouna-7"))
    assert session.user.limit("till.discount") == 5
    assert session.user.limit("till.unheard_of") == 0
    session.database.close()
    assert ask(get_user, made).user.limits == limits
    assert house.value(f"select core.user_limit('{made}', 'till.difference')") == Decimal("200.50")


@pytest.mark.parametrize("limit", ["NaN", "Infinity", "-1", "1e9", "", "five", "9" * 13, 5, None])
def test_a_limit_is_a_plain_amount(house: House, ask: Ask, limit: Any) -> None:
    draft = replace(SOFIA, limits={"till.discount": limit})

    with pytest.raises(sqlalchemy.exc.IntegrityError, match="users_limits_are_amounts"):
        ask(save_user, uuid7(), draft)

    assert house.value("select count(*) from core.users where login = 'sofia'") == 0


def test_nobody_raises_their_own_limit(ask: Ask, user_id: UserId) -> None:
    mine = ask(get_user, user_id("root_admin")).user
    draft = replace(UserDraft.of(mine), limits={"till.discount": "100"})

    with pytest.raises(NotYourselfError):
        ask(save_user, mine.id, draft, version=mine.version)


def test_who_is_disabled_stays_out_until_let_in_again(house: House, ask: Ask) -> None:
    made = uuid7()
    ask(save_user, made, SOFIA)

    ask(enable_user, made, enabled=False)

    with pytest.raises(psycopg.OperationalError):
        house.connect("sofia", "Zitouna-7")
    assert logins(ask, UserFilter(is_active=False)) == ["sofia"]
    ask(enable_user, made, enabled=True)
    house.connect("sofia", "Zitouna-7").close()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (UserFilter("ami"), ["amina"]),
        (UserFilter("ADMIN"), ["root_admin"]),
        (UserFilter("'; drop"), []),
        (UserFilter("%"), []),
        (UserFilter(role="cashier"), ["amina", "bilal"]),
        (UserFilter(role="cashier", descending=True), ["bilal", "amina"]),
        (UserFilter(branch="orn"), ["bilal"]),
        (UserFilter("li", order="name"), ["salim"]),
    ],
)
def test_users_are_found(ask: Ask, wanted: UserFilter, expected: list[str]) -> None:
    assert logins(ask, wanted) == expected


@pytest.mark.parametrize("descending", [False, True])
def test_the_next_page_continues_below_the_last_row(ask: Ask, *, descending: bool) -> None:
    wanted = UserFilter(order="name", descending=descending)
    rows = ask(list_users, wanted)

    assert ask(list_users, wanted, after=rows[2]) == rows[3:]


def test_the_worker_is_no_person(ask: Ask) -> None:
    assert "erp_worker" not in logins(ask, UserFilter())
    assert "system" not in {role.code for role in ask(get_user, None).roles}


def test_a_manager_sees_the_people_of_the_own_branch(ask: Ask, user_id: UserId) -> None:
    seen = logins(ask, UserFilter(), as_user="nadia")

    assert "amina" in seen
    assert "bilal" not in seen
    with pytest.raises(NotFoundError):
        ask(get_user, user_id("bilal"), as_user="nadia")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"login": "amina"}, LoginTakenError),
        ({"login": "postgres"}, LoginTakenError),
        ({"login": "Sofia"}, LoginUnusableError),
        ({"login": "x"}, LoginUnusableError),
        ({"password": ""}, PasswordInClearError),
        ({"password": "short"}, PasswordWeakError),
        ({"login": "sofia_mez", "password": "Sofia_Mez"}, PasswordWeakError),
        ({"roles": ()}, UserNeedsBranchAndRoleError),
        ({"home_branch_id": None}, UserNeedsBranchAndRoleError),
        ({"roles": ("king",)}, RoleUnknownError),
        ({"roles": ("system",)}, RoleUnknownError),
        ({"home_branch_id": UUID(int=5)}, OtherBranchError),
    ],
)
def test_whom_nobody_can_hire(ask: Ask, change: dict[str, Any], refusal: type[UserError]) -> None:
    with pytest.raises(refusal) as refused:
        ask(save_user, uuid7(), replace(SOFIA, **change))

    assert "{" not in refused.value.sentence()


def test_what_somebody_changed_meanwhile_is_not_overwritten(ask: Ask, user_id: UserId) -> None:
    amina = ask(get_user, user_id("amina")).user
    draft = UserDraft.of(amina)
    ask(save_user, amina.id, draft, version=amina.version)

    with pytest.raises(StaleRecordError):
        ask(save_user, amina.id, draft, version=amina.version)


def test_nobody_raises_or_shuts_out_themselves(ask: Ask, user_id: UserId) -> None:
    me = ask(get_user, user_id("root_admin")).user
    draft = replace(UserDraft.of(me), roles=("administrator", "manager"))

    with pytest.raises(NotYourselfError):
        ask(save_user, me.id, draft, version=me.version)
    with pytest.raises(NotYourselfError):
        ask(enable_user, me.id, enabled=False)


def test_who_may_not_manage_users_changes_none(ask: Ask, user_id: UserId) -> None:
    for login in ("nadia", "amina"):
        with pytest.raises(NotAllowedError):
            ask(save_user, uuid7(), SOFIA, as_user=login)
        with pytest.raises(NotAllowedError):
            ask(enable_user, user_id("karim"), enabled=False, as_user=login)
    with pytest.raises(NotAllowedError):
        ask(list_users, UserFilter(), as_user="amina")


def test_nobody_is_enabled_who_is_not_there(ask: Ask) -> None:
    with pytest.raises(NotFoundError):
        ask(enable_user, uuid7(), enabled=True)
