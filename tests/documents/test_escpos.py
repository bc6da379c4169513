"""Thermal printers: what they print is what the preview shows, dot for dot; and printed once."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from erp_desktop.core.i18n import Words, speaking
from erp_desktop.documents.codes import code128, qr
from erp_desktop.documents.errors import PrintCutError, PrinterUnreachableError, PrintFailedError
from erp_desktop.documents.escpos import (
    DevicePrinter,
    NetworkPrinter,
    QueuePrinter,
    commands,
    pulse,
    render_escpos,
)
from erp_desktop.documents.raster import DOTS, preview
from erp_desktop.documents.receipt import Barcode, QrCode, Receipt, Text, render_receipt
from erp_desktop.documents.spool import Spool
from erp_desktop.documents.stamping import stamp
from tests.documents.test_receipt import SALE

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ARABIC = Words("ar", "DZ")
SHORT = render_receipt(Receipt("ALG-01-000123", (Text("شكرا لزيارتكم"),)), ARABIC)
LONG = render_receipt(Receipt("ALG-01-000124", SALE * 8), ARABIC)


class FakePrinter:
    """A printer on the network that keeps every byte; its cable can be pulled after some."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.jobs: list[bytes] = []
        self.cut_after: int | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Switch it off."""
        if self._socket.fileno() < 0:
            return
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._socket.accept()
            except OSError:
                return
            with line:
                self.jobs.append(self._take(line))

    def _take(self, line: socket.socket) -> bytes:
        taken = b""
        while chunk := line.recv(1024):
            taken += chunk
            if self.cut_after is not None and len(taken) >= self.cut_after:
                # Closing with bytes unread and no lingering: the other side is told at once.
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return taken
        return taken


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    fake = FakePrinter()
    yield fake
    fake.close()


def job_of(fake: FakePrinter, number: int = 0) -> bytes:
    """Return the bytes of a job once the printer has put its paper down."""
    until = time.monotonic() + 5
    while len(fake.jobs) <= number and time.monotonic() < until:
        time.sleep(0.01)
    return fake.jobs[number]


def raster(printed: bytes, width: int) -> Image.Image:
    """Return the dots that `GS v 0` commands carry, as a printer reads them."""
    rows, place = b"", 0
    while (place := printed.find(b"\x1dv0\x00", place)) >= 0:
        across, down = (
            int.from_bytes(printed[place + start : place + start + 2], "little") for start in (4, 6)
        )
        assert across == width // 8
        rows += printed[place + 8 : place + 8 + across * down]
        place += 8 + across * down
    inverted = bytes(255 - byte for byte in rows)
    return Image.frombytes("1", (width, len(rows) * 8 // width), inverted)


@pytest.mark.parametrize("width", [80, 58])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_is_printed_is_the_preview_dot_for_dot(width: int, language: str) -> None:
    receipt, words = Receipt("x", SALE), Words(language, "DZ")

    printed = render_escpos(receipt, words, width_mm=width)

    shown = preview(render_receipt(receipt, words, width_mm=width), width_mm=width)
    assert shown.mode == "1"
    assert shown.width == DOTS[width]
    assert raster(printed, DOTS[width]).tobytes() == shown.tobytes()
    assert printed.startswith(b"\x1b@")
    assert printed.endswith(b"\x1dV\x00")
    assert b"\x1bp" not in printed


@pytest.mark.parametrize("width", [80, 58])
def test_bars_are_as_wide_on_paper_as_they_should_be(width: int) -> None:
    pdf = render_receipt(Receipt("x", (Barcode("ALG-01-000123"),)), ARABIC, width_mm=width)
    shown = preview(pdf, width_mm=width)

    row = [shown.getpixel((x, 60)) == 0 for x in range(shown.width)]
    runs = [1]
    for before, here in pairwise(row):
        if before == here:
            runs[-1] += 1
        else:
            runs.append(1)
    modules = code128("ALG-01-000123")
    module = sum(runs[1:-1]) // sum(modules)
    assert module >= 2
    assert runs[1:-1] == [width * module for width in modules]


@pytest.mark.parametrize("width", [80, 58])
def test_squares_are_as_wide_on_paper_as_they_should_be(width: int) -> None:
    value = "ALG-01-000123|2026-11-21|10320.50"
    pdf = render_receipt(Receipt("x", (QrCode(value),)), ARABIC, width_mm=width)
    shown = preview(pdf, width_mm=width)

    left, top, right, bottom = shown.point(lambda dot: 255 - dot).getbbox()  # type: ignore[misc]
    rows = qr(value)
    module = (right - left) // len(rows)
    assert (right - left, bottom - top) == (len(rows) * module, len(rows) * module)
    for number, row in enumerate(rows):
        black = {place for start, length in row for place in range(start, start + length)}
        for down in range(module):
            y = top + number * module + down
            seen = {
                place
                for place in range(len(rows))
                if shown.getpixel((left + place * module + down, y)) == 0
            }
            assert seen == black


def test_the_drawer_opens_before_the_paper_comes_out() -> None:
    printed = commands(SHORT, opens_drawer=True)

    assert printed.index(pulse()) < printed.index(b"\x1dv0")
    assert pulse().startswith(b"\x1bp\x00")


def test_a_long_receipt_goes_in_pieces_that_a_printer_can_hold() -> None:
    printed = commands(LONG)

    assert printed.count(b"\x1dv0\x00") > 5
    assert raster(printed, 576).tobytes() == preview(LONG).tobytes()


def test_a_network_printer_gets_every_byte(printer: FakePrinter, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(LONG)

    NetworkPrinter("127.0.0.1", printer.port).print(path, name="x", opens_drawer=True)

    assert job_of(printer) == commands(LONG, opens_drawer=True)


def test_a_drawer_is_kicked_without_paper(printer: FakePrinter) -> None:
    NetworkPrinter("127.0.0.1", printer.port).kick_drawer()

    assert job_of(printer) == pulse()


def test_a_printer_that_is_off_took_nothing(printer: FakePrinter, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(SHORT)
    port = printer.port
    printer.close()

    with speaking("en"), pytest.raises(PrinterUnreachableError, match="no printer answers at 127"):
        NetworkPrinter("127.0.0.1", port).print(path, name="x")


def test_a_cable_pulled_midway_leaves_the_receipt_waiting_and_its_repeat_says_so(
    printer: FakePrinter, tmp_path: Path
) -> None:
    spool = Spool(tmp_path, {"receipt": NetworkPrinter("127.0.0.1", printer.port)})
    job = spool.add("ALG-01-000124", LONG, kind="receipt", at=NOON, opens_drawer=True)
    printer.cut_after = 20_000

    [failed] = spool.print_waiting()

    assert (failed.state, failed.code) == ("failed", PrintCutError.code)
    assert 20_000 <= len(job_of(printer)) < len(commands(LONG))

    printer.cut_after = None
    assert spool.print_waiting() == []
    with speaking("en"):
        spool.again(failed)
    [printed] = spool.print_waiting()

    assert printed.state == "printed"
    assert len(printer.jobs) == 2
    marked = stamp(LONG, "MAY HAVE BEEN PRINTED BEFORE")
    assert raster(job_of(printer, 1), 576).tobytes() == preview(marked).tobytes()
    assert pulse() not in job_of(printer, 1)
    assert spool.job(job.id).attempts == 2


def test_what_never_reached_the_printer_is_printed_without_a_mark(
    printer: FakePrinter, tmp_path: Path
) -> None:
    nobody = socket.create_server(("127.0.0.1", 0))
    port = nobody.getsockname()[1]
    nobody.close()
    spool = Spool(tmp_path, {"receipt": NetworkPrinter("127.0.0.1", port)})
    spool.add("ALG-01-000123", SHORT, kind="receipt", at=NOON)
    [failed] = spool.print_waiting()

    spool.use({"receipt": NetworkPrinter("127.0.0.1", printer.port)})
    spool.again(failed)
    spool.print_waiting()

    assert job_of(printer) == commands(SHORT)


def test_a_reprint_says_that_it_is_one(printer: FakePrinter, tmp_path: Path) -> None:
    spool = Spool(tmp_path, {"receipt": NetworkPrinter("127.0.0.1", printer.port)})
    spool.add("ALG-01-000123", SHORT, kind="receipt", at=NOON)
    [printed] = spool.print_waiting()

    with speaking("fr"):
        spool.again(printed)
    spool.print_waiting()

    marked = preview(stamp(SHORT, "DUPLICATA"))
    assert raster(job_of(printer, 1), 576).tobytes() == marked.tobytes()
    assert marked.height > preview(SHORT).height


def test_a_device_file_gets_the_same_bytes(tmp_path: Path) -> None:
    device, path = tmp_path / "lp0", tmp_path / "x.pdf"
    device.touch()
    path.write_bytes(SHORT)

    DevicePrinter(device).print(path, name="x")

    assert device.read_bytes() == commands(SHORT)


def test_a_device_that_is_not_plugged_in_is_no_file_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(SHORT)

    with pytest.raises(PrintFailedError):
        DevicePrinter(tmp_path / "lp0").print(path, name="x")
    assert not (tmp_path / "lp0").exists()


def test_a_raw_queue_gets_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin/lp"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked\ncat > {tmp_path}/sent\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    path = tmp_path / "x.pdf"
    path.write_bytes(SHORT)

    QueuePrinter("till").print(path, name="; rm -rf / #")

    asked = tmp_path.joinpath("asked").read_text().splitlines()
    assert asked == ["-d", "till", "-o", "raw", "-t", "; rm -rf / #", "--", "-"]
    assert tmp_path.joinpath("sent").read_bytes() == commands(SHORT)
