"""Each kind of paper comes out where this workstation says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from erp_desktop.core.i18n import Words, speaking
from erp_desktop.documents.errors import NoOutletError, PlaceMissingError
from erp_desktop.documents.escpos import commands, pulse
from erp_desktop.documents.outlets import (
    KINDS,
    Outlet,
    choose_outlet,
    kick_drawer,
    outlet_of,
    print_document,
    print_receipt,
    spool_of,
)
from erp_desktop.documents.raster import preview
from erp_desktop.documents.receipt import Receipt, Text, render_receipt
from erp_desktop.workstation.workstation import Workstation
from tests.documents.stations import open_station

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FRENCH = Words("fr", "DZ")
RECEIPT = Receipt("ALG-01-000001", (Text("Merci"),))


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workstation]:
    """A workstation on a computer without a printing system."""
    monkeypatch.setenv("PATH", str(tmp_path / "no programs"))
    with open_station(tmp_path / "station") as opened:
        yield opened


def test_without_a_choice_or_a_system_printer_paper_goes_into_a_folder(
    station: Workstation,
) -> None:
    for kind in KINDS:
        assert outlet_of(station, kind) == Outlet("folder", str(station.folder / f"{kind}s"))

    assert print_receipt(station, RECEIPT, FRENCH, at=NOON) is None

    [pdf] = (station.folder / "receipts").iterdir()
    assert pdf.read_bytes() == render_receipt(RECEIPT, FRENCH)


def test_a_choice_holds_for_its_kind_and_survives_a_restart(
    station: Workstation, tmp_path: Path
) -> None:
    chosen = Outlet("network", "192.168.1.50:9100", width_mm=58, has_drawer=True)

    choose_outlet(station, "receipt", chosen)
    choose_outlet(station, "a4", Outlet("folder", str(tmp_path / "a4")))

    assert outlet_of(station, "receipt") == chosen
    assert outlet_of(station, "a4").place == str(tmp_path / "a4")
    assert outlet_of(station, "label").way == "folder"
    station.close()
    reopened = Workstation.open(station.folder, ())
    assert outlet_of(reopened, "receipt") == chosen
    reopened.close()


def test_each_kind_goes_to_its_own_printer(station: Workstation, tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    device.touch()
    choose_outlet(station, "receipt", Outlet("device", str(device), width_mm=58, has_drawer=True))
    choose_outlet(station, "a4", Outlet("folder", str(tmp_path / "a4")))

    assert print_receipt(station, RECEIPT, FRENCH, at=NOON, opens_drawer=True) is None
    assert print_document(station, "FA-1", b"%PDF", kind="a4", at=NOON) is None

    narrow = render_receipt(RECEIPT, FRENCH, width_mm=58)
    assert device.read_bytes() == commands(narrow, width_mm=58, opens_drawer=True)
    assert preview(narrow, width_mm=58).width == 384
    assert [path.name for path in (tmp_path / "a4").iterdir()] == ["FA-1.pdf"]


def test_a_drawer_opens_only_where_one_hangs(station: Workstation, tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    device.touch()

    assert not kick_drawer(station)
    choose_outlet(station, "receipt", Outlet("device", str(device)))
    assert not kick_drawer(station)
    print_receipt(station, RECEIPT, FRENCH, at=NOON, opens_drawer=True)
    assert pulse() not in device.read_bytes()

    device.write_bytes(b"")
    choose_outlet(station, "receipt", Outlet("device", str(device), has_drawer=True))
    assert kick_drawer(station)
    assert device.read_bytes() == pulse()


def test_a_shop_may_print_no_receipts_but_asking_for_paper_is_answered(
    station: Workstation,
) -> None:
    choose_outlet(station, "receipt", Outlet("none"))
    choose_outlet(station, "a4", Outlet("none"))

    assert print_receipt(station, RECEIPT, FRENCH, at=NOON) is None
    with speaking("en"), pytest.raises(NoOutletError, match="“FA-1” was not printed"):
        print_document(station, "FA-1", b"%PDF", kind="a4", at=NOON)
    assert spool_of(station).jobs() == []


def test_a_failed_print_comes_back_and_goes_out_at_the_next_choice(
    station: Workstation, tmp_path: Path
) -> None:
    choose_outlet(station, "receipt", Outlet("device", str(tmp_path / "unplugged")))

    failed = print_receipt(station, RECEIPT, FRENCH, at=NOON)

    assert failed is not None
    assert failed.state == "failed"
    choose_outlet(station, "receipt", Outlet("folder", str(tmp_path / "paper")))
    spool = spool_of(station)
    spool.again(failed)
    assert [job.state for job in spool.print_waiting()] == ["printed"]
    assert len([*(tmp_path / "paper").iterdir()]) == 1


@pytest.mark.parametrize(
    "outlet",
    [
        Outlet("folder", ""),
        Outlet("folder", "  "),
        Outlet("device", ""),
        Outlet("network", ""),
        Outlet("network", "printer:port"),
        Outlet("network", "a b:9100"),
        Outlet("network", "10.0.0.1:9100:1"),
    ],
)
def test_a_place_that_nobody_finds_is_refused(station: Workstation, outlet: Outlet) -> None:
    with speaking("en"), pytest.raises(PlaceMissingError, match="Fill in"):
        choose_outlet(station, "receipt", outlet)
