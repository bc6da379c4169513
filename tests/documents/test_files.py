"""Files are whole or not there, and stay in their folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from erp_desktop.documents.errors import FileNameError
from erp_desktop.documents.files import inside, safe_name, write_whole


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "receipts/one.pdf", b"whole")

    assert (tmp_path / "receipts/one.pdf").read_bytes() == b"whole"
    assert [path.name for path in (tmp_path / "receipts").iterdir()] == ["one.pdf"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    write_whole(path, b"before")
    path.chmod(0o400)

    with pytest.raises(TypeError):
        write_whole(path, "no bytes")  # type: ignore[arg-type]

    assert path.read_bytes() == b"before"
    assert [found.name for found in tmp_path.iterdir()] == ["one.pdf"]


def test_a_killed_program_never_leaves_half_a_file(tmp_path: Path) -> None:
    writing = (
        "import sys; from pathlib import Path\n"
        "from erp_desktop.documents.files import write_whole\n"
        "print('writing', flush=True)\n"
        "while True:\n"
        "    for letter in b'ab': write_whole(Path(sys.argv[1]), bytes([letter]) * 500_000)\n"
    )
    path = tmp_path / "one.pdf"

    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", writing, str(path)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            while not path.exists():
                pass
            os.kill(process.pid, signal.SIGKILL)

        content = path.read_bytes()
        assert content in {b"a" * 500_000, b"b" * 500_000}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("ALG-01-000123", "ALG-01-000123.pdf"),
        ("../../etc/passwd", "etc_passwd.pdf"),
        ("..\\..\\boot.ini", "boot.ini.pdf"),
        ("/etc/shadow", "etc_shadow.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.tar", "_nul.tar.pdf"),
        ("lpt1", "_lpt1.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("a\x00b\nc", "a_b_c.pdf"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe.pdf"),
        ("فاتورة 12/2026", "فاتورة_12_2026.pdf"),
        ('a<b>c:"d|e?f*', "a_b_c_d_e_f.pdf"),
        ("-rf", "rf.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_any_text_becomes_a_name_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name, ".pdf") == safe


def test_a_long_arabic_name_fits_into_a_file_system() -> None:
    assert len(safe_name("منتوج" * 100, ".pdf").encode()) < 200


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "/etc/passwd", "..", ".", "", "a\x00", "a/../../b"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNameError):
        inside(tmp_path, name)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.joinpath("receipts").mkdir()
    tmp_path.joinpath("receipts/one.pdf").symlink_to("/etc/passwd")

    with pytest.raises(FileNameError):
        inside(tmp_path / "receipts", "one.pdf")
