"""Categories: a tree that stays one, and products found by it."""

import threading
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, StaleRecordError, UserError
from modules.catalog.errors import (
    CategoryCodeTakenError,
    CategoryCycleError,
    CategoryHasOthersError,
    CategoryNameMissingError,
    ChoiceUnknownError,
    ParentInactiveError,
)
from modules.catalog.selectors import (
    ProductFilter,
    get_product,
    is_below,
    list_categories,
    list_products,
    paths_of,
)
from modules.catalog.services import (
    CategoryDraft,
    ImportDraft,
    import_products,
    save_category,
    save_product,
)
from tests.catalog.goods import draft
from tests.houses import Ask, House, SignIn

pytestmark = pytest.mark.database


@pytest.fixture
def tree(ask: Ask) -> dict[str, UUID]:
    """Drinks with juices and water below, and sweets."""
    ids = {name: uuid7() for name in ("drinks", "juices", "water", "sweets")}
    ask(save_category, ids["drinks"], CategoryDraft(None, "DRI", "Boissons", "مشروبات"))
    ask(save_category, ids["juices"], CategoryDraft(ids["drinks"], "JUI", "Jus d'été", "عصائر"))
    ask(save_category, ids["water"], CategoryDraft(ids["drinks"], "", "Eaux"))
    ask(save_category, ids["sweets"], CategoryDraft(None, "SWE", "Confiserie"))
    return ids


def test_categories_are_a_tree_with_codes_of_their_own(ask: Ask, tree: dict[str, UUID]) -> None:
    found = ask(list_categories)

    assert [each.code for each in found] == ["CAT-0001", "DRI", "JUI", "SWE"]
    assert list(paths_of(found, "fr").values()) == [
        "Boissons",
        "Boissons › Eaux",
        "Boissons › Jus d'été",
        "Confiserie",
    ]
    assert paths_of(found, "ar")[tree["juices"]] == "مشروبات › عصائر"
    assert is_below(found, tree["juices"], tree["drinks"])
    assert not is_below(found, tree["drinks"], tree["juices"])


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("dri", ["A", "B"]),
        ("boissons", ["A", "B"]),
        ("مشروبات", ["A", "B"]),
        ("jus d'ete", ["B"]),
        ("عصاير", ["B"]),
        ("SWE", []),
        ("%", []),
    ],
)
def test_a_category_finds_what_is_in_it_and_below(
    ask: Ask, tree: dict[str, UUID], said: str, codes: list[str]
) -> None:
    ask(save_product, uuid7(), draft("A", category_id=tree["drinks"]))
    ask(save_product, uuid7(), draft("B", category_id=tree["juices"]))
    ask(save_product, uuid7(), draft("C"))

    rows = ask(list_products, ProductFilter(category=said))

    assert [row.code for row in rows] == codes


def test_how_many_products_are_in_a_category_is_known(ask: Ask, tree: dict[str, UUID]) -> None:
    ask(save_product, uuid7(), draft("A", category_id=tree["juices"]))

    counted = {each.id: each.products for each in ask(list_categories)}

    assert (counted[tree["juices"]], counted[tree["drinks"]]) == (1, 0)


def test_a_category_moves_and_is_given_up(ask: Ask, tree: dict[str, UUID]) -> None:
    sweet = CategoryDraft(tree["sweets"], "JUI", "Jus", is_active=True)
    version = ask(save_category, tree["juices"], sweet, version=1)
    ask(
        save_category,
        tree["juices"],
        CategoryDraft(tree["sweets"], "JUI", "Jus", is_active=False),
        version=version,
    )

    moved = {each.id: each for each in ask(list_categories)}[tree["juices"]]
    assert (moved.parent_id, moved.is_active, moved.version) == (tree["sweets"], False, 3)


def below_itself(ask: Ask, tree: dict[str, UUID]) -> None:
    ask(save_category, tree["drinks"], CategoryDraft(tree["drinks"], "DRI", "B"), version=1)


def below_what_is_in_it(ask: Ask, tree: dict[str, UUID]) -> None:
    ask(save_category, tree["drinks"], CategoryDraft(tree["juices"], "DRI", "B"), version=1)


def with_a_code_that_is_taken(ask: Ask, _tree: Any) -> None:
    ask(save_category, uuid7(), CategoryDraft(None, "SWE", "Autre"))


def without_a_name(ask: Ask, _tree: Any) -> None:
    ask(save_category, uuid7(), CategoryDraft(None, "NEW", " "))


def given_up_with_others_below(ask: Ask, tree: dict[str, UUID]) -> None:
    given_up = CategoryDraft(None, "DRI", "Boissons", is_active=False)
    ask(save_category, tree["drinks"], given_up, version=1)


def below_one_that_was_given_up(ask: Ask, tree: dict[str, UUID]) -> None:
    given_up = CategoryDraft(None, "SWE", "Confiserie", is_active=False)
    ask(save_category, tree["sweets"], given_up, version=1)
    ask(save_category, uuid7(), CategoryDraft(tree["sweets"], "NEW", "Bonbons"))


def from_an_old_screen(ask: Ask, tree: dict[str, UUID]) -> None:
    ask(save_category, tree["juices"], CategoryDraft(None, "JUI", "Autre"), version=9)


def as_a_cashier(ask: Ask, _tree: Any) -> None:
    ask(save_category, uuid7(), CategoryDraft(None, "NEW", "Autre"), as_user="amina")


def of_a_product_though_there_is_none(ask: Ask, _tree: Any) -> None:
    ask(save_product, uuid7(), draft("A", category_id=uuid7()))


REFUSALS: dict[Any, type[UserError]] = {
    below_itself: CategoryCycleError,
    below_what_is_in_it: CategoryCycleError,
    with_a_code_that_is_taken: CategoryCodeTakenError,
    without_a_name: CategoryNameMissingError,
    given_up_with_others_below: CategoryHasOthersError,
    below_one_that_was_given_up: ParentInactiveError,
    from_an_old_screen: StaleRecordError,
    as_a_cashier: NotAllowedError,
    of_a_product_though_there_is_none: ChoiceUnknownError,
}


@pytest.mark.parametrize(("saving", "refusal"), REFUSALS.items())
def test_what_would_break_the_tree_is_refused(
    ask: Ask, tree: dict[str, UUID], saving: Any, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal) as refused:
        saving(ask, tree)

    assert "{" not in refused.value.sentence()


def test_two_people_cannot_make_a_circle_together(
    house: House, signed_in: SignIn, tree: dict[str, UUID]
) -> None:
    """Each moves one branch below the other: the second is told what the first has done."""
    del signed_in
    start, outcomes = threading.Barrier(2), []

    def move(one: UUID, code: str, other: UUID) -> None:
        moved = {"id": str(one), "version": 1, "parent_id": str(other), "code": code, "name": code}
        with house.connect("nadia") as connection:
            connection.execute("set role catalog_app")
            start.wait()
            try:
                connection.execute("select catalog.save_category_v1(%s)", [Jsonb(moved)])
                outcomes.append("saved")
            except psycopg.Error as error:
                outcomes.append(str(error.diag.message_primary))

    threads = [
        threading.Thread(target=move, args=(tree["drinks"], "DRI", tree["sweets"])),
        threading.Thread(target=move, args=(tree["sweets"], "SWE", tree["drinks"])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["catalog.category_cycle", "saved"]


def test_an_import_finds_categories_by_code_name_and_path_and_makes_what_is_missing(
    ask: Ask, tree: dict[str, UUID]
) -> None:
    said = ["swe", "EAUX", "عصائر", "Boissons > Sodas > Cola", "Boissons > Sodas", "", "معلبات"]
    rows = [_imported(f"P{n}", category) for n, category in enumerate(said)]

    ask(import_products, rows, may_change=False)

    categories = ask(list_categories)
    by_id = paths_of(categories, "fr")
    got = {row.code: ask(get_product, row.id).product.category_id for row in _all(ask)}
    assert {code: by_id[each] if each else "" for code, each in got.items()} == {
        "P0": "Confiserie",
        "P1": "Boissons › Eaux",
        "P2": "Boissons › Jus d'été",
        "P3": "Boissons › Sodas › Cola",
        "P4": "Boissons › Sodas",
        "P5": "",
        "P6": "معلبات",
    }
    assert len(categories) == len(tree) + 3


def _imported(code: str, category: str) -> ImportDraft:
    usual = draft(code)
    return ImportDraft(
        code, usual.name, "", usual.unit, usual.tax_code, usual.price, category=category
    )


def _all(ask: Ask) -> Any:
    return ask(list_products, ProductFilter())
