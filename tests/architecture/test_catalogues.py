"""Every text is translated, and every catalogue is what `.ci/catalogues` would write."""

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Message

from erp_desktop.core.i18n import _, count, speaking

TOOL = Path(__file__).parents[2] / ".ci/catalogues"


def load() -> ModuleType:
    """Return the tool as a module; it has no suffix, being a program."""
    loader = SourceFileLoader("catalogues", str(TOOL))
    spec = importlib.util.spec_from_loader("catalogues", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


catalogues = load()


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("domain", catalogues.domains())
def test_the_catalogue_is_complete(domain: str, language: str) -> None:
    problems = catalogues.problems(domain, language)

    assert not problems, "\n".join([f"{len(problems)} problems:", *problems])


@pytest.mark.parametrize(
    ("language", "source", "translation", "fault"),
    [
        ("fr", "Save", "", "not translated"),
        ("fr", "Order {number}", "Commande", "placeholders differ"),
        ("fr", "Order {number}", "Commande {nummer}", "placeholders differ"),
        ("fr", "Why?", "Pourquoi?", "no-break space"),
        ("fr", "Say: yes", "Dites : oui", "no-break space"),
        ("fr", "“yes”", "“oui”", "no-break space"),
        ("fr", "<b>Save</b>", "<b>Enregistrer</b>", "markup"),
        ("fr", "Save (Ctrl+S)", "Enregistrer", "a key"),
        ("fr", "Refresh (F5)", "Actualiser", "a key"),
        ("ar", "Save", "حفظ ", "space at an end"),
        ("ar", "Why?", "لماذا?", "Latin punctuation"),
        ("ar", ("{n} line", "{n} lines"), ("سطر", "أسطر"), "2 plural forms, 6 expected"),
        (
            "ar",
            ("{n} line", "{n} lines"),
            ("لا أسطر", "سطر", "سطران", "أسطر", "{n} سطرًا", "{n} سطر"),
            "placeholders differ",
        ),
    ],
)
def test_each_fault_is_found(
    language: str, source: str | tuple[str, str], translation: str | tuple[str, ...], fault: str
) -> None:
    found = [*catalogues.faults(Message(source, translation), language)]

    assert any(fault in one for one in found), found


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("fr", "Why?", "Pourquoi\u00a0?"),
        ("fr", "“{name}” at 10:32", "«\u00a0{name}\u00a0» à 10:32"),
        ("fr", ("{n} line", "{n} lines"), ("{n} ligne", "{n} lignes")),
        (
            "ar",
            ("{n} line of {name}", "{n} lines of {name}"),
            (
                "لا أسطر في {name}",
                "سطر واحد في {name}",
                "سطران في {name}",
                "{n} أسطر في {name}",
                "{n} سطرًا في {name}",
                "{n} سطر في {name}",
            ),
        ),
    ],
)
def test_a_good_translation_has_no_fault(
    language: str, source: str | tuple[str, str], translation: str | tuple[str, ...]
) -> None:
    assert [*catalogues.faults(Message(source, translation), language)] == []


def test_texts_are_collected_from_sources_and_manifests(tmp_path: Path) -> None:
    (tmp_path / "pages.py").write_text(
        '_("Save")\nN_("Two " "parts")\ncount("{n} line", "{n} lines", n)\n'
        'words.say("Thank you")\n_(variable)\n"a,b".count(",")\nother("Not this")\n'
    )
    (tmp_path / "manifest.toml").write_text(
        'id = "x"\ntitle = "Sales"\n[[pages]]\ntitle = "Orders"\ngroup = "Selling"\nicon = "cart"\n'
    )

    found = {catalogues.key(entry) for entry in catalogues.texts(catalogues.collected(tmp_path))}

    assert found == {
        ("Save", ""),
        ("Two parts", ""),
        ("{n} line", "{n} lines"),
        ("Thank you", ""),
        ("Sales", ""),
        ("Orders", ""),
        ("Selling", ""),
    }


def test_what_was_translated_is_kept_and_what_is_gone_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "pages.py").write_text('_("Kept")\n_("Changed a little")\n')
    path = tmp_path / "fr.po"
    path.write_text(
        'msgid "Kept"\nmsgstr "Gardé"\n\n'
        '#, fuzzy\nmsgid "Changed a little"\nmsgstr "Presque"\n\n'
        'msgid "Gone"\nmsgstr "Parti"\n'
    )

    text = catalogues.written(catalogues.translated(tmp_path, "fr", path), "fr")

    assert text.partition("\n\n")[2] == (
        'msgid "Changed a little"\nmsgstr ""\n\nmsgid "Kept"\nmsgstr "Gardé"\n'
    )


def test_all_plural_forms_come_back_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "pages.py").write_text('count("{n} line", "{n} lines", n)\n')
    path = tmp_path / "ar.po"
    forms = ("لا أسطر", "سطر واحد", "سطران", "{n} أسطر", "{n} سطرًا", "{n} سطر")
    catalogue = catalogues.collected(tmp_path)
    catalogues.texts(catalogue)[0].string = forms

    path.write_text(catalogues.written(catalogue, "ar"))

    assert catalogues.texts(catalogues.translated(tmp_path, "ar", path))[0].string == forms


def test_a_catalogue_says_nothing_about_who_wrote_it_and_when() -> None:
    header = catalogues.written(catalogues.Catalog(), "ar")

    assert "Date" not in header
    assert "@" not in header


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (103, 3)],
)
def test_arabic_counts_in_six_forms(tmp_path: Path, number: int, form: int) -> None:
    from babel.messages.pofile import read_po  # noqa: PLC0415

    path = tmp_path / "x.po"
    path.write_text(catalogues.written(catalogues.Catalog(), "ar"))
    with path.open("rb") as file:
        catalogue = read_po(file)

    assert catalogue.num_plurals == 6
    expression = catalogue.plural_expr.replace("&&", " and ")
    assert chosen(expression, number) == form


def chosen(expression: str, number: int) -> int:
    """Read C's `condition ? a : b`."""
    condition, _question, rest = expression.strip("() ").partition("?")
    if not rest:
        return int(condition)
    first, _colon, other = rest.partition(":")
    if eval(condition, {"n": number}):  # noqa: S307 - our own constant
        return int(first)
    return chosen(other, number)


def test_the_window_counts_in_arabic_as_people_do() -> None:
    with speaking("ar"):
        counted = [count("{n} line", "{n} lines", number) for number in (0, 1, 2, 7, 15, 100)]

    assert counted == ["لا أسطر", "سطر واحد", "سطران", "7 أسطر", "15 سطرًا", "100 سطر"]


def test_the_window_speaks_all_three_languages() -> None:
    heard = []
    for language in ("ar", "fr", "en"):
        with speaking(language):
            heard.append(_("Trial balance"))

    assert heard == ["ميزان المراجعة", "Balance générale", "Trial balance"]
