"""Finding modules: manifests without importing, order, and failures that stop nobody."""

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import ValidationError

from erp_desktop.plugins.failures import FailedModule
from erp_desktop.plugins.finding import find_modules, read_manifest
from erp_desktop.plugins.manifest import Manifest, PageEntry
from erp_desktop.plugins.modules import Modules, module_behind
from erp_desktop.plugins.ordering import in_order
from erp_desktop.plugins.resolving import resolve
from erp_desktop.plugins.roles import GROUP, module_of

MakePackage = Callable[..., EntryPoint]


@pytest.fixture
def make_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePackage]:
    """Make packages of strangers: `make_package("wine", manifest=…, code=…)`."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(name: str, *, manifest: str | None = "", code: str = "") -> EntryPoint:
        folder = tmp_path / f"guest_{name}"
        folder.mkdir()
        (folder / "__init__.py").write_text(dedent(code))
        if manifest is not None:
            text = f'id = "{name}"\ntitle = "{name.title()}"\n' + dedent(manifest)
            (folder / "manifest.toml").write_text(text)
        return EntryPoint(name, f"guest_{name}", GROUP)

    yield make
    for name in [each for each in sys.modules if each.startswith("guest_")]:
        del sys.modules[name]


def test_a_manifest_is_read_without_importing_its_package(make_package: MakePackage) -> None:
    point = make_package("wine", manifest='version = "2.0"', code="raise RuntimeError")

    manifest = read_manifest(point.value, "wine")

    assert manifest.version == "2.0"
    assert "guest_wine" not in sys.modules


def test_modules_come_after_what_they_require(make_package: MakePackage) -> None:
    points = [
        make_package("bread", manifest='requires = ["flour", "oven"]'),
        make_package("oven"),
        make_package("flour", manifest='requires = ["oven"]'),
    ]

    modules = find_modules(points)

    assert [manifest.id for manifest in modules.manifests] == ["oven", "flour", "bread"]
    assert modules.failed == []


def test_modules_say_what_an_administrator_may_limit(make_package: MakePackage) -> None:
    points = [
        make_package("wine", manifest='[limits]\n"wine.glasses" = "Glasses a day"'),
        make_package("bread", manifest='[limits]\n"wine.slices" = "Slices a day"'),
    ]

    modules = find_modules(points)

    assert modules.limits() == {"wine.glasses": "Glasses a day"}
    assert [failure.module for failure in modules.failed] == ["bread"]


def test_modules_add_words_to_the_command_line(make_package: MakePackage) -> None:
    words = '[[programs]]\nword = "press-wine"\ntitle = "press"\nrun = "modules.wine:main"'

    modules = find_modules([make_package("wine", manifest=words)])

    ((manifest, program),) = modules.programs()
    assert (manifest.id, program.word, program.run) == ("wine", "press-wine", "modules.wine:main")
    assert "modules.wine:main" in manifest.pointers()


def test_all_missing_dependencies_are_named_at_once(make_package: MakePackage) -> None:
    points = [
        make_package("bread", manifest='requires = ["flour", "oven", "salt"]'),
        make_package("salt"),
        make_package("toast", manifest='requires = ["bread"]'),
    ]

    modules = find_modules(points)

    assert [manifest.id for manifest in modules.manifests] == ["salt"]
    bread, toast = modules.failed
    assert "flour, oven" in bread.sentence
    assert "bread" in toast.sentence
    assert {each.stage for each in modules.failed} == {"dependencies"}


def test_modules_that_require_each_other_are_named_and_the_rest_goes_on() -> None:
    manifests = [
        Manifest(id="hen", title="Hen", requires=("egg",)),
        Manifest(id="egg", title="Egg", requires=("hen",)),
        Manifest(id="cake", title="Cake", requires=("egg",)),
        Manifest(id="salt", title="Salt"),
    ]

    ordered, failed = in_order(manifests)

    assert [manifest.id for manifest in ordered] == ["salt"]
    assert {each.module for each in failed} == {"hen", "egg", "cake"}


BAD = {
    "no TOML": "id = [",
    "an unknown key": 'colour = "red"',
    "a page of another module": '[[pages]]\nid = "other.list"\ntitle = "x"\nfactory = "a:b"',
    "a pointer that is none": '[[pages]]\nid = "wine.list"\ntitle = "x"\nfactory = "a.b"',
    "a title that is no text": "version = 7",
    "an option for a word": '[[programs]]\nword = "--wine"\ntitle = "x"\nrun = "a:b"',
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_bad_manifest_fails_its_module_and_no_other(
    make_package: MakePackage, content: str
) -> None:
    modules = find_modules([make_package("wine", manifest=content), make_package("salt")])

    assert [manifest.id for manifest in modules.manifests] == ["salt"]
    [failure] = modules.failed
    assert (failure.module, failure.stage) == ("wine", "manifest")
    assert "“wine”" in failure.sentence
    assert failure.details
    assert modules.lost() == ["wine"]


def test_a_package_without_a_manifest_or_not_there_fails_in_words(
    make_package: MakePackage,
) -> None:
    points = [make_package("wine", manifest=None), EntryPoint("ghost", "no_such_package", GROUP)]

    assert {each.module for each in find_modules(points).failed} == {"wine", "ghost"}


def test_the_manifest_and_the_entry_point_agree_on_the_name(make_package: MakePackage) -> None:
    point = make_package("wine")

    with pytest.raises(ValueError, match="beer"):
        read_manifest(point.value, "beer")


def test_a_module_that_raises_on_import_is_failed_and_the_rest_goes_on(
    make_package: MakePackage, caplog: pytest.LogCaptureFixture
) -> None:
    points = [
        make_package("wine", manifest='errors = "guest_wine"', code="raise RuntimeError('sour')"),
        make_package("salt", manifest='errors = "guest_salt"'),
    ]
    modules = find_modules(points)
    heard: list[FailedModule] = []
    modules.on_failure(heard.append)

    modules.prepare()

    assert modules.lost() == ["wine"]
    assert [each.module for each in heard] == ["wine"]
    assert "sour" in heard[0].details
    assert "sour" not in heard[0].sentence
    assert caplog.records
    assert "guest_salt" in sys.modules


def test_the_pages_of_a_lost_module_are_not_offered() -> None:
    page = PageEntry(id="wine.list", title="List", factory="nowhere:Page")
    wine = Manifest(id="wine", title="Wine", errors="nowhere.errors", pages=(page,))
    modules = Modules([wine])
    assert modules.page("wine.list") is not None

    modules.prepare()

    assert modules.page("wine.list") is None


def test_a_pointer_leads_to_its_name() -> None:
    assert resolve("pathlib:Path.cwd") == Path.cwd
    with pytest.raises(AttributeError):
        resolve("pathlib:Nothing")
    with pytest.raises(ImportError):
        resolve("nowhere.at.all:x")


def test_a_function_runs_as_the_module_it_belongs_to(
    make_package: MakePackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def service() -> None:
        """Belong to whichever package it says."""

    point = make_package("wine")
    monkeypatch.setattr("erp_desktop.plugins.roles.entry_points", lambda **_group: [point])
    for package, role in (
        ("modules.sales.services", "sales"),
        ("erp_desktop.core.session", "core"),
        ("guest_wine.services.pour", "wine"),
    ):
        service.__module__ = package
        assert module_of(service) == role

    service.__module__ = "guest_winery"
    with pytest.raises(LookupError):
        module_of(service)


def test_a_fault_belongs_to_the_module_in_whose_code_it_was_raised() -> None:
    spaces: dict[str, object] = {"__name__": "modules.sales.widgets.order_list"}
    exec("def slot(): return 1 / 0", spaces)  # noqa: S102 - code that says it is a module's

    try:
        spaces["slot"]()  # type: ignore[operator]
    except ZeroDivisionError as error:
        assert module_behind(error) == "sales"  # noqa: PT017 - the traceback is what is looked at
    assert module_behind(ZeroDivisionError()) is None


def test_a_manifest_tells_all_it_points_at() -> None:
    page = PageEntry(id="wine.list", title="List", factory="wine:Page")
    manifest = Manifest(
        id="wine",
        title="Wine",
        permissions="wine.permissions:P",
        pages=(page,),
        subscriptions={"sales.sold": "wine:pour"},
    )

    assert set(manifest.pointers()) == {"wine.permissions:P", "wine:Page", "wine:pour"}
    with pytest.raises(ValidationError):
        manifest.title = "Beer"
