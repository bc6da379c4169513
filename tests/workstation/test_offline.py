"""Signing in while the line is cut."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from erp_desktop.core.errors import NotAnErpUserError, UserError
from erp_desktop.workstation.author import Author
from erp_desktop.workstation.errors import (
    ClockBackError,
    OfflineGrantExpiredError,
    TooManyTriesError,
    UnknownOfflineError,
    WrongPasswordError,
)
from erp_desktop.workstation.workstation import Workstation
from tests.workstation.deeds import AMINA, Clock, OpenAgain, page, sell

PASSWORD = "Correct-Horse-7"


def is_signature_of(public_key: str, author: Author) -> bool:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    key.verify(author.sign(b"x" * 32), b"x" * 32)
    return True


def test_who_was_signed_in_online_can_sign_in_offline(open_again: OpenAgain) -> None:
    online = open_again().sign_ins.remember(AMINA, PASSWORD)

    offline = open_again().sign_ins.sign_in("amina", PASSWORD)

    assert offline.user == AMINA
    assert online.unregistered_key is not None
    assert is_signature_of(online.unregistered_key, offline.author)


def test_a_key_is_registered_once(open_again: OpenAgain) -> None:
    first = open_again().sign_ins.remember(AMINA, PASSWORD)
    not_yet = open_again().sign_ins.remember(AMINA, PASSWORD)
    assert first.unregistered_key == not_yet.unregistered_key

    open_again().sign_ins.registered("amina")

    assert open_again().sign_ins.remember(AMINA, PASSWORD).unregistered_key is None


def test_a_new_password_gets_a_new_key(workstation: Workstation) -> None:
    old = workstation.sign_ins.remember(AMINA, PASSWORD)
    workstation.sign_ins.registered("amina")

    new = workstation.sign_ins.remember(AMINA, "Another-Horse-8")

    assert new.unregistered_key not in {None, old.unregistered_key}
    with pytest.raises(WrongPasswordError):
        workstation.sign_ins.sign_in("amina", PASSWORD)


def test_the_rights_of_the_last_feed_count(workstation: Workstation) -> None:
    workstation.sign_ins.remember(AMINA, PASSWORD)
    row = {"id": str(AMINA.id), "login": "amina", "is_active": True, "permissions": "a.b.c d.e.f"}

    workstation.replica.apply(page({"core.users": [row]}))

    user = workstation.sign_ins.sign_in("amina", PASSWORD).user
    assert user == replace(AMINA, permissions=frozenset({"a.b.c", "d.e.f"}))


def nobody_knows(workstation: Workstation, _clock: Clock) -> None:
    workstation.sign_ins.sign_in("zohra", PASSWORD)


def wrong_password(workstation: Workstation, _clock: Clock) -> None:
    workstation.sign_ins.sign_in("amina", "correct-horse-7")


def after_three_days(workstation: Workstation, clock: Clock) -> None:
    clock.pass_by(hours=72, minutes=1)
    workstation.sign_ins.sign_in("amina", PASSWORD)


def with_the_clock_back(workstation: Workstation, clock: Clock) -> None:
    clock.pass_by(minutes=-6)
    workstation.sign_ins.sign_in("amina", PASSWORD)


def with_the_clock_before_the_last_sale(workstation: Workstation, clock: Clock) -> None:
    sell(workstation, Author.new("amina"))
    clock.pass_by(hours=-1)
    workstation.sign_ins.sign_in("amina", PASSWORD)


def when_disabled(workstation: Workstation, _clock: Clock) -> None:
    row = {"id": str(AMINA.id), "login": "amina", "is_active": False, "permissions": ""}
    workstation.replica.apply(page({"core.users": [row]}))
    workstation.sign_ins.sign_in("amina", PASSWORD)


def at_the_sixth_try(workstation: Workstation, _clock: Clock) -> None:
    for _try in range(5):
        with pytest.raises(WrongPasswordError):
            workstation.sign_ins.sign_in("amina", "wrong")
    workstation.sign_ins.sign_in("amina", PASSWORD)


@pytest.mark.parametrize(
    ("signing_in", "refusal"),
    [
        (nobody_knows, UnknownOfflineError),
        (wrong_password, WrongPasswordError),
        (after_three_days, OfflineGrantExpiredError),
        (with_the_clock_back, ClockBackError),
        (with_the_clock_before_the_last_sale, ClockBackError),
        (when_disabled, NotAnErpUserError),
        (at_the_sixth_try, TooManyTriesError),
    ],
)
def test_nobody_else_gets_in(
    workstation: Workstation,
    clock: Clock,
    signing_in: Callable[[Workstation, Clock], None],
    refusal: type[UserError],
) -> None:
    workstation.sign_ins.remember(AMINA, PASSWORD)

    with pytest.raises(refusal) as refused:
        signing_in(workstation, clock)

    assert "{" not in str(refused.value)


def test_each_further_try_waits_twice_as_long(open_again: OpenAgain, clock: Clock) -> None:
    open_again().sign_ins.remember(AMINA, PASSWORD)
    waits = []

    for _try in range(8):
        with pytest.raises(WrongPasswordError):
            open_again().sign_ins.sign_in("amina", "wrong")
        waited = 0
        while blocked(open_again()):
            clock.pass_by(seconds=15)
            waited += 15
        waits.append(waited)

    assert waits == [0, 0, 0, 0, 30, 60, 120, 240]
    assert open_again().sign_ins.sign_in("amina", PASSWORD).user == AMINA


def blocked(workstation: Workstation) -> bool:
    person = workstation.sign_ins._people.find("amina")
    assert person is not None
    return person.blocked_until is not None and workstation.sign_ins._now() < person.blocked_until


def test_a_try_counts_even_if_the_power_is_cut_before_the_answer(
    workstation: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    workstation.sign_ins.remember(AMINA, PASSWORD)
    monkeypatch.setattr(workstation.sign_ins, "_open", lambda *_any: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        workstation.sign_ins.sign_in("amina", "a guess")

    person = workstation.sign_ins._people.find("amina")
    assert person is not None
    assert person.tries == 1


def test_another_device_key_opens_nothing(workstation: Workstation) -> None:
    workstation.sign_ins.remember(AMINA, PASSWORD)
    workstation.sign_ins._device = bytes(32)

    with pytest.raises(WrongPasswordError):
        workstation.sign_ins.sign_in("amina", PASSWORD)


def test_neither_password_nor_private_key_is_kept(workstation: Workstation) -> None:
    signed_in = workstation.sign_ins.remember(AMINA, PASSWORD)

    (row,) = workstation._store.rows("select * from people")

    private = signed_in.author._private.private_bytes_raw()
    kept = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    assert PASSWORD.encode() not in kept
    assert private not in kept
    assert private.hex().encode() not in kept
