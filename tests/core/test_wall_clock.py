"""The company's day, whatever zone the computer is set to."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop import house as files
from erp_desktop.core import wall_clock
from erp_desktop.ui.forms import DateField
from tests.houses import House


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Go by Algerian time again afterwards, as the other tests do."""
    yield
    wall_clock.follow({"country": "DZ"})


def test_a_sale_after_midnight_is_of_the_new_day() -> None:
    # Half past eleven in the evening of the 25th in UTC.
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)

    assert wall_clock.local(late).date() == date(2026, 11, 26)
    assert wall_clock.midnight(date(2026, 11, 26)) == datetime(2026, 11, 25, 23, tzinfo=UTC)


def test_casablanca_is_an_hour_back_in_ramadan() -> None:
    wall_clock.follow({"country": "MA"})

    ramadan = datetime(2026, 3, 1, 12, tzinfo=UTC)
    autumn = datetime(2026, 11, 1, 12, tzinfo=UTC)

    assert wall_clock.local(ramadan).hour == 12
    assert wall_clock.local(autumn).hour == 13


def test_now_is_now() -> None:
    apart = wall_clock.now() - datetime.now(UTC)

    assert abs(apart) < timedelta(minutes=1)
    assert wall_clock.now().utcoffset() == timedelta(hours=1)


def test_each_country_pack_names_the_same_zone() -> None:
    found = {}
    for path in (files.folder("resources") / "countries").glob("*/pack.toml"):
        pack = tomllib.loads(path.read_text("utf-8"))
        found[pack["country"]] = pack["time_zone"]

    assert found == wall_clock.ZONES


@pytest.mark.database
def test_postgres_begins_the_day_in_the_same_zone(house: House) -> None:
    assert house.value("select core.zone()") == wall_clock.ZONES["DZ"]
    assert house.value("select core.local_date(now())") == wall_clock.today()


def test_a_date_field_goes_by_the_company_and_not_by_the_computer(qtbot: QtBot) -> None:
    field = DateField("day", "Day")
    qtbot.addWidget(field)

    assert field.today is wall_clock.today
