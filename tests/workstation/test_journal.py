"""The journal: numbered, chained, signed, kept."""

import json
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from erp_desktop.core.commands import GENESIS, Answer, Flag, chain
from erp_desktop.workstation.author import Author
from erp_desktop.workstation.journal import Recorded
from erp_desktop.workstation.workstation import Workstation
from tests.workstation.deeds import NINE, Clock, OpenAgain, sell


def applied(recorded: Recorded) -> Answer:
    return Answer(recorded.id, "applied", {"ticket": recorded.number})


def flagged(recorded: Recorded) -> Answer:
    return Answer(recorded.id, "flagged", {}, (Flag("inventory.short", {"missing": "1"}),))


def refused(recorded: Recorded) -> Answer:
    return Answer(recorded.id, "refused", {}, (Flag("core.altered", {}),))


def test_a_sale_gets_the_next_number_and_knows_it(workstation: Workstation, amina: Author) -> None:
    sold = [sell(workstation, amina) for _sale in range(3)]

    assert [each.number for each in sold] == ["ALG-01-000001", "ALG-01-000002", "ALG-01-000003"]
    assert json.loads(sold[2].body)["payload"]["number"] == "ALG-01-000003"
    assert [each.seq for each in sold] == [1, 2, 3]


def test_numbers_go_on_after_a_restart(open_again: OpenAgain, amina: Author) -> None:
    sell(open_again(), amina)

    assert sell(open_again(), amina).number == "ALG-01-000002"


def test_what_travels_is_chained_and_signed(workstation: Workstation, amina: Author) -> None:
    sell(workstation, amina)
    sell(workstation, amina)

    first, second = workstation.journal.outgoing.mark_sent([1, 2])

    assert first.prev == GENESIS
    assert second.prev == first.hash == chain(GENESIS, first.body)
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(amina.public_key))
    public.verify(bytes.fromhex(second.signature), bytes.fromhex(second.hash))


def test_a_sale_that_fails_uses_up_no_number(workstation: Workstation, amina: Author) -> None:
    def breaks(_number: str) -> dict[str, str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workstation.record("till.sell_v1", breaks, actor=amina, at=NINE, series="ticket")

    assert sell(workstation, amina).number == "ALG-01-000001"
    assert workstation.journal.verify() == ()


def test_what_was_sent_and_not_answered_is_sent_again(
    workstation: Workstation, amina: Author
) -> None:
    sell(workstation, amina)
    outgoing = workstation.journal.outgoing

    sent = outgoing.mark_sent([1])

    assert [each.seq for each in outgoing.waiting(50)] == [1]
    assert outgoing.mark_sent([1]) == sent


def test_answers_are_kept_and_shown(open_again: OpenAgain, amina: Author) -> None:
    workstation = open_again()
    good, doubtful = sell(workstation, amina), sell(workstation, amina)

    workstation.journal.outgoing.settle([applied(good), flagged(doubtful)])

    journal = open_again().journal
    assert journal.answer_of(good.id) == applied(good)
    newest, oldest = journal.entries()
    assert (newest.state, newest.flags) == ("flagged", flagged(doubtful).flags)
    assert (oldest.state, oldest.number, oldest.at) == ("applied", "ALG-01-000001", NINE)
    assert (journal.outgoing.counts().waiting, journal.outgoing.counts().flagged) == (0, 1)


def test_the_journal_is_read_page_by_page(workstation: Workstation, amina: Author) -> None:
    for _sale in range(5):
        sell(workstation, amina)

    newest = workstation.journal.entries(2)
    older = workstation.journal.entries(2, before=newest[-1].seq)

    assert [entry.seq for entry in (*newest, *older)] == [5, 4, 3, 2]


def test_stock_on_screen_follows_own_sales_until_the_feed_does(
    workstation: Workstation, amina: Author
) -> None:
    journal = workstation.journal
    first, second = sell(workstation, amina), sell(workstation, amina)
    assert journal.pending("inventory.stock", "w1|p1") == Decimal(-2)

    journal.outgoing.settle([applied(first)])
    shown_soon = journal.effects.acknowledged()
    assert journal.pending("inventory.stock", "w1|p1") == Decimal(-2)

    journal.effects.absorb(shown_soon)
    assert journal.pending("inventory.stock", "w1|p1") == Decimal(-1)

    journal.outgoing.settle([refused(second)])
    assert journal.pending("inventory.stock", "w1|p1") == 0


def test_answered_rows_stay_for_35_days(
    workstation: Workstation, amina: Author, clock: Clock
) -> None:
    sold = [sell(workstation, amina) for _sale in range(3)]
    workstation.journal.outgoing.settle([applied(each) for each in sold])

    clock.pass_by(days=34)
    assert workstation.journal.prune() == 0

    clock.pass_by(days=2)
    assert workstation.journal.prune() == 2  # the newest holds the chain's end
    assert workstation.journal.verify() == ()
    assert sell(workstation, amina).number == "ALG-01-000004"
    assert workstation.journal.verify() == ()


def test_what_has_no_answer_is_never_forgotten(
    workstation: Workstation, amina: Author, clock: Clock
) -> None:
    sold = [sell(workstation, amina) for _sale in range(4)]
    workstation.journal.outgoing.settle([applied(sold[0]), applied(sold[2])])

    clock.pass_by(days=400)

    assert workstation.journal.prune() == 1
    assert [entry.seq for entry in workstation.journal.entries()] == [4, 3, 2]


def test_another_server_gets_the_answered_ones_again(
    workstation: Workstation, amina: Author, clock: Clock
) -> None:
    outgoing = workstation.journal.outgoing
    old = sell(workstation, amina)
    outgoing.settle([applied(old)])
    clock.pass_by(days=36)
    new = sell(workstation, amina)
    outgoing.settle([applied(new)])
    restored = {"system": "7", "timeline": 2, "epoch": 1}

    outgoing.resend(restored)

    assert [each.seq for each in outgoing.waiting(50)] == [2]
    assert outgoing.server == restored


ALTERATIONS = {
    "another amount": "update commands set body = replace(body, '119.00', '1.00') where seq = 2",
    "another hash": "update commands set hash = prev where seq = 2",
    "a row less": "delete from commands where seq = 2",
    "a number twice": "update commands set n = 1 where seq = 2",
    "a number that nobody has": "update commands set counters = '{\"ticket\": 9}' where seq = 3",
}


@pytest.mark.parametrize("alteration", ALTERATIONS.values(), ids=ALTERATIONS.keys())
def test_whatever_is_changed_in_the_journal_is_found(
    workstation: Workstation, amina: Author, alteration: str
) -> None:
    for _sale in range(3):
        sell(workstation, amina)
    assert workstation.journal.verify() == ()

    with workstation._store.transaction() as now:
        now.execute(alteration)

    found = workstation.journal.verify()
    assert found
    assert "command" in found[0].sentence().casefold()
