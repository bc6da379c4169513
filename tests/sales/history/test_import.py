"""A real shop's history in a real PostgreSQL: all is told, the books agree, and nothing doubles."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.__main__ import main
from erp_desktop.core.errors import NotAllowedError
from erp_desktop.core.money import DZD
from erp_desktop.core.session import sign_in
from erp_desktop.server.company import BranchDraft
from modules.sales.errors import ImportDiffersError, ImportNotRunningError, TaxNotZeroError
from modules.sales.history.booking import ImportState, booking, get_setting, list_losses
from modules.sales.history.history import read_history
from modules.sales.history.job import Job, Options
from modules.sales.history.report import holdings, intentions, outcome, plain
from tests.houses import ALGIERS, ORAN, Ask, House
from tests.sales.history.shop import SAMPLE, write_csv

pytestmark = pytest.mark.database
ROOT = Path(__file__).parents[3]
VALUE = Decimal("-7630.879")

# What no second run may change, and where two runs must come to the same.
BOOKS = """
select jsonb_build_object(
    'ledger', (select jsonb_object_agg(code, balance) from (
        select a.code, sum(l.debit - l.credit) as balance from accounting.entry_lines l
          join accounting.accounts a on a.id = l.account_id group by a.code) b),
    'entries', (select count(*) from accounting.entries),
    'stock', (select jsonb_agg(jsonb_build_array(p.code, s.on_hand, s.value) order by p.code)
                from inventory.stock s join catalog.products p on p.id = s.product_id),
    'movements', (select count(*) from inventory.movements),
    'papers', (select jsonb_agg(jsonb_build_array(i.id, i.number, i.to_pay, i.cost) order by i.id)
                 from sales.invoices i),
    'lines', (select count(*) from sales.invoice_lines),
    'open', (select sum(open) from sales.open_items))
"""


@pytest.fixture
def asker() -> str:
    return "salim"


def job_for(path: Path = SAMPLE, branch: BranchDraft = ALGIERS, **options: Any) -> Job:
    return Job.of(read_history(path), Options("EXO", **options), branch.id, DZD)


def run(ask: Ask, job: Job, *, steps: int = 10**6, as_user: str = "salim") -> ImportState | None:
    """Take so many steps; return where the import ended, if it did."""
    walk = booking(job)
    answer = None
    for _number in range(steps):
        try:
            step = walk.send(answer)
        except StopIteration as end:
            finished: ImportState = end.value
            return finished
        answer = ask(step, as_user=as_user)
    return None


def test_every_row_is_told_and_the_books_agree(house: House, ask: Ask) -> None:
    state = run(ask, job_for())

    assert state is not None
    assert (state.booked_rows, state.rejected_rows, state.rows) == (150, 2, 152)
    assert state.booked_value + state.rejected_value == state.value == VALUE
    books = house.value(BOOKS)
    ledger = {code: Decimal(str(balance)) for code, balance in books["ledger"].items()}
    assert sum(ledger.values()) == 0
    # What customers owe is what the file says, less the three rows that were rounded.
    assert ledger["411"] == state.booked_amount == Decimal("-7630.88")
    assert ledger["301"] == sum(Decimal(str(value)) for _code, _left, value in books["stock"])
    assert all(left >= 0 for _code, left, _value in books["stock"])
    assert house.value("select every(not is_short) from inventory.stock")
    # Each entry opens the page of its document.
    with house.connect() as connection:
        told = connection.execute(
            "select distinct document ->> 'module', document ->> 'kind' from accounting.entries"
        ).fetchall()
    assert {*told} == {
        ("inventory", "opening"),
        ("inventory", "adjustment"),
        ("sales", "invoice"),
        ("sales", "credit_note"),
        ("sales", "bad_debt"),
    }


def test_papers_keep_the_numbers_and_days_that_they_had(house: House, ask: Ask) -> None:
    run(ask, job_for())

    with house.connect() as connection:
        found = connection.execute(
            "select i.number, i.kind, i.dated_on::text, o.number, c.code, i.to_pay"
            "  from sales.invoices i join parties.parties c on c.id = i.customer_id"
            "  left join sales.invoices o on o.id = i.original_id"
            " where i.number = any (%s) order by 1",
            [["536374", "C537656", "C539575", "C539575/2", "536558"]],
        ).fetchall()
    assert [row[:5] for row in found] == [
        ("536374", "invoice", "2010-12-01", None, "15100"),
        ("536558", "invoice", "2010-12-01", None, "WALK-IN"),
        ("C537656", "credit_note", "2010-12-07", "536374", "15100"),
        ("C539575", "credit_note", "2010-12-20", "539096", "13089"),
        ("C539575/2", "credit_note", "2010-12-20", "539077", "13089"),
    ]


def test_importing_again_changes_nothing(house: House, ask: Ask) -> None:
    run(ask, job_for())
    before = house.value(BOOKS)

    state = run(ask, job_for())

    assert state is not None
    assert state.is_done
    assert house.value(BOOKS) == before


def test_killed_half_way_it_goes_on_without_doubling(house: House, ask: Ask) -> None:
    command = ["tests.sales.history.victim", str(SAMPLE), house.dsn("salim"), str(ALGIERS.id)]
    victim = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with victim:
        assert victim.stdout is not None
        for booked in victim.stdout:
            if int(booked) >= 60:
                victim.kill()
                break
    done = house.value("select done from sales.imports")
    assert 0 < done < house.value("select documents from sales.imports")

    state = run(ask, job_for())

    assert state is not None
    assert state.is_done
    assert (state.booked_rows, state.rejected_rows) == (150, 2)
    assert house.value("select count(*) = count(distinct id) from sales.import_documents")
    assert house.value("select sum(debit - credit) from accounting.entry_lines") == 0
    assert house.value(BOOKS)["ledger"]["411"] == -7630.88
    assert house.value("select count(*) from sales.invoices") == 41
    assert house.value("select count(*) from sales.import_documents") == state.documents


def test_what_is_booked_is_not_booked_again_and_nothing_is_left_out(house: House, ask: Ask) -> None:
    job = job_for()
    run(ask, job, steps=4)
    before = house.value(BOOKS)

    with house.connect("salim") as connection:
        connection.execute("set role sales_app")

        def send(batch: str) -> Any:
            query = "select sales.import_documents_v1(%s, %s::jsonb)"
            return connection.execute(query, [job.id, batch]).fetchone()[0]

        told = send('[{"place": 0}, {"place": 1}]')
        with pytest.raises(Exception, match=ImportNotRunningError.code):
            send('[{"place": 1000}]')

    assert told["done"] == house.value("select done from sales.imports") > 1
    assert house.value(BOOKS) == before


def test_an_import_goes_on_as_it_was_begun_and_ends_when_every_row_is_told(
    house: House, ask: Ask
) -> None:
    job = job_for()
    run(ask, job, steps=3)
    state = ask(get_setting, job.id, job.first_on, job.last_on).state

    for other in (job_for(rate=Decimal(2)), job_for(share=None), job_for(branch=ORAN)):
        with pytest.raises(ImportDiffersError):
            run(ask, other)
    with house.connect("salim") as connection:
        connection.execute("set role sales_app")
        with pytest.raises(Exception, match="imports_end_when_all_is_told"):
            connection.execute("select sales.finish_import_v1(%s)", [job.id])
    missing = outcome(state, "DZD", ask(list_losses, job.id))[-1]
    assert (missing.rows, missing.tone) == (150, "warn")


@pytest.fixture
def ask_in_vain(shared_house: House) -> Iterator[Ask]:
    """Ask as somebody in the house that tests share: what is done is undone."""
    with ExitStack() as stack:

        def call(function: Any, *args: Any, as_user: str = "salim", **kw: Any) -> Any:
            session = sign_in(shared_house.dsn(as_user))
            stack.callback(session.database.close)
            with session.database.begin(session.user, "sales", read_only=True) as ctx:
                return function(ctx, *args, **kw)

        yield call


def test_only_a_tax_of_zero_is_taken(ask_in_vain: Ask) -> None:
    history = read_history(SAMPLE)
    for code in ("TVA19", "TVA17", "NIX"):
        with pytest.raises(TaxNotZeroError):
            run(ask_in_vain, Job.of(history, Options(code), ALGIERS.id, DZD))


def test_who_may_not_import_is_refused_by_postgresql(shared_house: House, ask_in_vain: Ask) -> None:
    with pytest.raises(NotAllowedError):
        run(ask_in_vain, job_for(), as_user="amina")
    with shared_house.connect("amina") as connection:
        connection.execute("set role sales_app")
        for call in (
            "sales.open_import_v1('{}')",
            "sales.import_documents_v1(gen_random_uuid(), '[]')",
            "sales.import_masters_v1(gen_random_uuid(), '[]', '[]')",
            "sales.reject_rows_v1(gen_random_uuid(), '[]')",
            "sales.finish_import_v1(gen_random_uuid())",
            "sales.history_setting_v1(gen_random_uuid(), now()::date, now()::date)",
        ):
            with pytest.raises(Exception, match=r"core\.not_permitted"):
                connection.execute(f"select {call}")


def test_without_opening_stock_the_shortage_is_noted(house: House, ask: Ask) -> None:
    run(ask, job_for(share=None))

    assert house.value("select bool_or(is_short) from inventory.stock")
    assert house.value("select sum(value) from inventory.stock") >= 0
    assert house.value(
        "select count(*) > 20 from sales.import_documents where details -> 'flags' <> '[]'"
    )


def test_another_rate_rounds_each_line_and_returns_add_up(house: House, ask: Ask) -> None:
    state = run(ask, job_for(rate=Decimal("1.3371")))

    assert state is not None
    assert (state.booked_rows, state.booked_value) == (150, VALUE)
    assert abs(state.booked_amount - VALUE * Decimal("1.3371")) < Decimal("0.5")
    assert house.value("select sum(debit - credit) from accounting.entry_lines") == 0


def test_a_number_that_is_taken_is_rejected_and_the_rest_goes_on(
    house: House, ask: Ask, tmp_path: Path
) -> None:
    row = "85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom"
    run(ask, job_for(write_csv(tmp_path / "one.csv", f"1,{row}", f"2,{row}")))

    second = job_for(write_csv(tmp_path / "two.csv", f"2,{row}", f"3,{row}"))
    state = run(ask, second)

    assert state is not None
    assert (state.booked_rows, state.rejected_rows, state.state) == (1, 1, "done")
    (loss,) = ask(list_losses, second.id)
    assert (loss.reason, loss.rows, loss.value) == ("sales.number_taken", 1, Decimal("15.30"))
    assert house.value("select count(*) from parties.parties where code = '17850'") == 1


def test_a_dry_run_says_what_the_file_does_not(ask_in_vain: Ask) -> None:
    job = job_for()
    setting = ask_in_vain(get_setting, job.id, job.first_on, job.last_on)

    told = "\n".join(plain([*holdings(job.history), *intentions(job, setting.taxes)]))

    assert [tax.code for tax in setting.taxes] == ["EXO"]
    assert setting.state is None
    for words in ("152 rows", "taken as DZD", "EXO", "at 50 % of the lowest price", "2010, 2011"):
        assert words in told


def test_the_command_line_imports_and_says_what_came_of_it(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import-history", str(SAMPLE), "--dsn", house.dsn("salim")]
    rejected = tmp_path / "rejected.csv"

    assert main([*arguments, "--dry-run", "--rejected", str(rejected)]) == 0
    assert house.value("select count(*) from sales.imports") == 0
    assert main(arguments) == 0

    assert house.value("select state from sales.imports") == "done"
    assert "150" in capsys.readouterr().out
    assert len(rejected.read_text(encoding="utf-8-sig").splitlines()) == 3
    assert main([*arguments, "--branch", "ZZZ"]) == 1
    assert "ZZZ" in capsys.readouterr().err
