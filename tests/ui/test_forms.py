"""Forms: what is typed, what is wrong with it, and that it survives a crash."""

import errno
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from erp_desktop.core.errors import BusyError, InvalidValueError
from erp_desktop.core.i18n import N_
from erp_desktop.documents.files import write_whole
from erp_desktop.ui import drafts, language
from erp_desktop.ui.drafts import DraftKeeper, FileDraftStore
from erp_desktop.ui.forms import (
    AmountField,
    ArabicField,
    CheckField,
    ChoiceField,
    CodeField,
    DateField,
    Form,
    LinesField,
    PairsField,
    Section,
    TextField,
)


@dataclass(frozen=True)
class Draft:
    """What the form edits."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    price: Decimal | None = None
    unit: str = "pce"
    since: date | None = None
    barcodes: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    is_active: bool = True


FULL = Draft(
    "P-1",
    "Café",
    "قهوة",
    Decimal("1450.00"),
    "kg",
    date(2026, 3, 15),
    ("6130000012348", "96385074"),
    {"Colour": "red"},
)


@pytest.fixture
def form(qtbot: QtBot) -> Form[Draft]:
    made: Form[Draft] = Form(
        (
            Section(N_("Identity")),
            CodeField("code", N_("Code"), required=True),
            TextField("name", N_("Name"), required=True),
            ArabicField("name_ar", N_("Arabic name")),
            AmountField("price", N_("Price"), currency="DZD", least=Decimal(0)),
            ChoiceField("unit", N_("Unit"), [("pce", N_("Piece")), ("kg", N_("Kilogram"))]),
            DateField("since", N_("From")),
            LinesField("barcodes", N_("Barcodes")),
            PairsField("metadata", N_("Extra facts"), span=2),
            CheckField("is_active", N_("For sale")),
        )
    )
    qtbot.addWidget(made)
    made.show()
    made.show_draft(Draft())
    return made


def line(form: Form[Draft], name: str) -> QLineEdit:
    editor = form.fields[name].editor
    assert isinstance(editor, QLineEdit)
    return editor


def type_into(form: Form[Draft], name: str, text: str) -> None:
    """Type as a keyboard would, whatever the alphabet."""
    editor = line(form, name)
    editor.setFocus()
    editor.clear()
    for letter in text:
        press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QCoreApplication.sendEvent(editor, press)


def test_a_draft_is_shown_and_read_back_as_it_was(form: Form[Draft]) -> None:
    form.show_draft(FULL)

    assert form.read() == FULL
    assert not form.is_changed


def test_every_wrong_field_says_so_beneath_itself(form: Form[Draft]) -> None:
    type_into(form, "price", "12*")

    assert form.read() is None

    assert form.fields["code"].error == "Please fill this in."
    assert "12*3,5" in form.fields["price"].error
    assert form.fields["name_ar"].error == ""


def test_an_error_goes_when_the_field_is_mended(form: Form[Draft]) -> None:
    form.read()

    type_into(form, "code", "P-2")

    assert form.fields["code"].error == ""


def test_a_sum_becomes_its_value_when_the_field_is_left(form: Form[Draft], qtbot: QtBot) -> None:
    type_into(form, "price", "12*3,5")
    line(form, "code").setFocus()

    qtbot.waitUntil(lambda: line(form, "price").text() == "42.00")
    assert form.fields["price"].read() == Decimal(42)


def test_an_amount_is_grouped_when_left_and_plain_when_edited(
    form: Form[Draft], qtbot: QtBot
) -> None:
    form.show_draft(Draft(price=Decimal("1234567.5")))
    assert line(form, "price").text() == "1,234,567.50"

    line(form, "price").setFocus()
    qtbot.waitUntil(lambda: line(form, "price").text() == "1234567.50")
    line(form, "code").setFocus()

    qtbot.waitUntil(lambda: line(form, "price").text() == "1,234,567.50")
    assert form.fields["price"].read() == Decimal("1234567.5")


def test_an_amount_follows_the_language_and_keeps_its_value(form: Form[Draft]) -> None:
    form.show_draft(Draft(price=Decimal("1234.5")))

    language.use("fr")

    assert line(form, "price").text() == "1\u00a0234,50"
    assert form.fields["price"].read() == Decimal("1234.5")


def test_arabic_digits_are_read(form: Form[Draft]) -> None:
    type_into(form, "price", "٣٤٫٥")

    assert form.fields["price"].read() == Decimal("34.5")


def test_an_amount_below_the_least_is_refused(form: Form[Draft]) -> None:
    type_into(form, "price", "-1")

    form.read()

    assert form.fields["price"].error == "Type 0 or more."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("15/3/26", "15/03/2026"),
        ("0", "20/11/2026"),
        ("+3", "23/11/2026"),
        ("2026-1-2", "02/01/2026"),
    ],
)
def test_a_date_is_completed_when_the_field_is_left(
    form: Form[Draft], qtbot: QtBot, typed: str, shown: str
) -> None:
    since = form.fields["since"]
    assert isinstance(since, DateField)
    since.today = lambda: date(2026, 11, 20)

    type_into(form, "since", typed)
    line(form, "code").setFocus()

    qtbot.waitUntil(lambda: line(form, "since").text() == shown)


def test_letters_step_a_date_and_capitals_step_back(form: Form[Draft]) -> None:
    form.show_draft(Draft(since=date(2026, 3, 15)))
    line(form, "since").setFocus()

    for letter in "dwmyD":
        press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QCoreApplication.sendEvent(line(form, "since"), press)

    assert form.fields["since"].read() == date(2027, 4, 22)


def test_codes_run_left_to_right_and_arabic_right_to_left_whatever_the_window(
    form: Form[Draft],
) -> None:
    for code in ("ar", "en"):
        language.use(code)
        assert line(form, "code").layoutDirection() == Qt.LayoutDirection.LeftToRight
        assert line(form, "name_ar").layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_choices_follow_the_language_and_keep_what_is_chosen(form: Form[Draft]) -> None:
    form.show_draft(FULL)
    language.use("fr")

    box = form.fields["unit"].editor
    assert isinstance(box, QComboBox)
    assert form.fields["unit"].read() == "kg"
    form.fields["unit"].offer([("l", "Litre"), ("kg", "Kilogram")])  # type: ignore[attr-defined]
    assert form.fields["unit"].read() == "kg"


def test_extra_facts_need_a_colon(form: Form[Draft]) -> None:
    form.fields["metadata"].editor.setPlainText("Colour red")  # type: ignore[attr-defined]

    form.read()

    assert "colon" in form.fields["metadata"].error


def test_a_refusal_stands_beneath_the_field_it_names(form: Form[Draft]) -> None:
    assert form.show_refusal(InvalidValueError(field="code", cure="Choose another code."))
    assert "Choose another code." in form.fields["code"].error
    assert not form.show_refusal(BusyError())


def test_what_is_typed_survives_a_crash(form: Form[Draft], tmp_path: Path) -> None:
    store = FileDraftStore(tmp_path)
    keeper = DraftKeeper(form, store, "catalog.product/7")
    form.type_values({"name": "Café", "price": Decimal("12.5"), "since": date(2026, 3, 15)})
    form.type_values({"barcodes": ("1", "2")})
    keeper.save()

    form.show_draft(Draft(code="P-1"))
    later = DraftKeeper(form, FileDraftStore(tmp_path), "catalog.product/7")

    assert later.bring_back()
    assert form.fields["name"].read() == "Café"
    assert form.fields["price"].read() == Decimal("12.5")
    assert form.fields["since"].read() == date(2026, 3, 15)
    assert form.fields["barcodes"].read() == ("1", "2")
    later.forget()
    assert not later.bring_back()


def test_typing_is_saved_every_few_seconds(form: Form[Draft], tmp_path: Path, qtbot: QtBot) -> None:
    store = FileDraftStore(tmp_path)
    keeper = DraftKeeper(form, store, "a")
    keeper._timer.setInterval(20)

    type_into(form, "name", "Thé")

    qtbot.waitUntil(lambda: (store.load("a") or {}).get("name") == "Thé")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"price": {"Decimal": "x"}}'])
def test_a_broken_draft_counts_as_none(tmp_path: Path, content: str) -> None:
    store = FileDraftStore(tmp_path)
    store.save("a", {"name": "x"})
    assert store.load("a") is not None
    next(tmp_path.iterdir()).write_text(content)

    assert store.load("a") is None


def test_nobody_who_types_waits_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, is_quick, written = FileDraftStore(tmp_path), Event(), []

    def write_slowly(path: Path, content: bytes) -> None:
        assert is_quick.wait(10)
        written.append(content)
        write_whole(path, content)

    monkeypatch.setattr(drafts, "write_whole", write_slowly)
    for letter in range(20):
        store.save("a", {"n": letter})
    is_quick.set()

    assert store.load("a") == {"n": 19}
    # The first was on its way to the disk; of those that came meanwhile only the last goes there.
    assert len(written) <= 2


def test_a_disk_that_is_full_stops_no_typing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = FileDraftStore(tmp_path)

    def fail(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space", str(path), None, str(len(content)))

    monkeypatch.setattr(drafts, "write_whole", fail)
    store.save("a", {"n": 1})

    assert store.load("a") is None
    assert "could not be kept" in caplog.text


def test_a_draft_keeps_values_that_json_does_not_know(tmp_path: Path) -> None:
    values = {"price": Decimal("1.10"), "on": date(2026, 1, 2), "id": UUID(int=7), "n": None}
    store = FileDraftStore(tmp_path)

    store.save("a/b:c", values)

    assert store.load("a/b:c") == values


def test_arabic_of_several_lines_begins_at_the_right_in_every_language(qtbot: QtBot) -> None:
    field = ArabicField("body_ar", "Text in Arabic", lines=4)
    qtbot.addWidget(field)
    editor = field.editor
    assert isinstance(editor, QPlainTextEdit)

    option = editor.document().defaultTextOption()

    assert option.textDirection() == Qt.LayoutDirection.RightToLeft
    assert option.alignment() & Qt.AlignmentFlag.AlignRight
