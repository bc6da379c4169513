"""The worker: events reach their subscribers, balances roll up, signatures are verified."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from erp_desktop.core.commands import Command, Envelope
from erp_desktop.core.session import Session, sign_in
from erp_desktop.plugins.finding import find_modules
from erp_desktop.server.worker import Runner, make_app, verify_signatures
from erp_desktop.workstation.author import Author
from tests.houses import Device, House, MakeProduct, SignIn, Till

pytestmark = pytest.mark.database


@pytest.fixture
def worker(house: House) -> Iterator[Session]:
    session = sign_in(house.dsn("erp_worker", house.founded.worker_password))
    yield session
    session.database.close()


def work_off(house: House, worker: Session) -> None:
    """Do every job that waits, as `erp-desktop worker` does."""
    modules = find_modules()
    dsn = house.dsn("erp_worker", house.founded.worker_password)
    app = make_app(dsn, Runner(worker, modules), modules)

    async def run() -> None:
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False)

    asyncio.run(run())


def test_falling_below_the_reorder_point_tells_the_branch_once(
    house: House, worker: Session, till: Till, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=3)
    till.send(till.sale(coffee, number=1))

    work_off(house, worker)
    house.run("update jobs.procrastinate_jobs set status = 'todo'")
    work_off(house, worker)

    assert house.value("select count(*) from core.notifications") == 1
    assert house.value("select count(*) from jobs.procrastinate_jobs where status = 'failed'") == 0


def test_each_subscription_of_a_manifest_is_known_to_the_outbox(house: House) -> None:
    declared = {
        (topic, f"{manifest.id}:{topic}")
        for manifest in find_modules().manifests
        for topic in manifest.subscriptions
    }

    with house.connect() as connection:
        known = set(connection.execute("select topic, task from core.subscriptions").fetchall())

    assert known == declared


def signed(envelope: Envelope, author: Author) -> Envelope:
    """Sign as the workstation does."""
    return replace(envelope, signature=author.sign(bytes.fromhex(envelope.hash)).hex())


def test_a_genuine_signature_is_verified_and_a_forged_one_comes_to_light(
    house: House,
    worker: Session,
    till: Till,
    device: Device,
    signed_in: SignIn,
    product: MakeProduct,
) -> None:
    coffee = product("COF-1", stock=10)
    amina, thief = Author.new("amina"), Author.new("amina")
    session = signed_in("amina")
    with session.database.begin(session.user, "core") as ctx:
        ctx.call("core.register_key_v1", device.id, amina.public_key)
    till.send(
        signed(till.sale(coffee, number=1), amina), signed(till.sale(coffee, number=2), thief)
    )

    Runner(worker, find_modules()).run(verify_signatures)

    with house.connect() as connection:
        verdicts = connection.execute(
            "select seq, authenticity, state from core.commands where seq is not null order by seq"
        ).fetchall()
    assert verdicts == [(1, "verified", "applied"), (2, "forged", "flagged")]
    assert house.value("select count(*) from core.reviews where code = 'core.bad_signature'") == 1
    assert house.value("select count(*) from till.tickets") == 2


def test_nobody_but_the_worker_settles_signatures(signed_in: SignIn) -> None:
    admin = signed_in("root_admin")

    with (
        pytest.raises(Exception, match="may not"),
        admin.database.begin(admin.user, "core") as ctx,
    ):
        ctx.call("core.settle_signatures_v1", {"00000000-0000-7000-8000-000000000000": True})


def test_a_job_whose_subscriber_fails_is_tried_again_and_given_up_at_last(
    house: House, worker: Session
) -> None:
    house.run(
        "select core.publish_v1('inventory.stock_fell', '"
        + json.dumps({"branch_id": "no branch", "products": [{}]})
        + "')"
    )

    work_off(house, worker)

    tries = house.value("select attempts from jobs.procrastinate_jobs")
    waits = house.value("select scheduled_at > now() from jobs.procrastinate_jobs")
    assert (tries, waits) == (1, True)


def test_a_direct_command_needs_no_signature(house: House, signed_in: SignIn) -> None:
    clerk = signed_in("karim")
    command = Command("inventory.open_stock_v1", {"lines": []}, "karim", datetime.now(UTC))

    with clerk.database.begin(clerk.user, "core") as ctx:
        ctx.call("core.execute_v1", [Envelope(command.body()).as_json()])

    assert house.value("select authenticity from core.commands") == "direct"
