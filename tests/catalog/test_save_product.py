"""Saving a product: once, whole, and never over somebody else's change."""

import threading
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, StaleRecordError, UserError
from modules.catalog.errors import (
    BarcodeTakenError,
    BarcodeUnreadableError,
    ChoiceUnknownError,
    CodeTakenError,
    NameMissingError,
    PriceImpossibleError,
)
from modules.catalog.selectors import get_product
from modules.catalog.services import ProductDraft, save_product
from tests.catalog.goods import draft
from tests.houses import Ask, House, SignIn

pytestmark = pytest.mark.database

COFFEE = draft(
    "CAF-1",
    "Café",
    name_ar="قهوة",
    reorder_point=Decimal("2.5"),
    barcodes=("6130000000015", "6130000000022"),
    metadata={"Couleur": "noire"},
)


def test_what_is_saved_is_what_is_read(ask: Ask) -> None:
    product = uuid7()

    version = ask(save_product, product, COFFEE)

    sheet = ask(get_product, product)
    assert ProductDraft.of(sheet.product) == COFFEE
    assert (sheet.product.version, sheet.currency) == (version, "DZD")
    assert [tax.code for tax in sheet.taxes] == ["TVA19", "TVA9", "EXO"]
    assert "PCE" in [unit.code for unit in sheet.units]


def test_a_barcode_that_is_taken_away_leaves_the_tills(ask: Ask, house: House) -> None:
    product = uuid7()
    version = ask(save_product, product, COFFEE)

    ask(save_product, product, draft("CAF-1", barcodes=("6130000000015",)), version=version)

    assert ask(get_product, product).product.barcodes == ("6130000000015",)
    assert house.value("select key from core.tombstones") == "6130000000022"


def test_the_audit_log_says_who_changed_the_price(ask: Ask, house: House) -> None:
    product = uuid7()
    version = ask(save_product, product, COFFEE)

    ask(
        save_product, product, draft("CAF-1", price=Decimal(150)), version=version, as_user="yacine"
    )

    changed = house.value(
        "select login || ' ' || (old ->> 'price') || ' ' || (new ->> 'price') from core.audit"
        " where relation = 'catalog.products' and operation = 'UPDATE'"
    )
    assert changed == "yacine 119.00 150"


def from_an_old_screen(ask: Ask, product: Any) -> None:
    ask(save_product, product, COFFEE, version=1)
    ask(save_product, product, draft("CAF-1", price=Decimal(1)), version=1)


def with_the_code_of_another(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("CAF-1"))


def with_the_barcode_of_another(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1", barcodes=("6130000000022",)))


def with_a_barcode_of_two_words(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1", barcodes=("61 30",)))


def without_a_name(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1", name="   "))


def with_an_endless_code(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("T" * 41))


def below_zero(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1", price=Decimal(-1)))


def for_a_price_that_is_no_number(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1", price=Decimal("NaN")))


def in_an_unknown_unit(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1", unit="GALLON"))


def under_an_unknown_tax(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1", tax_code="TVA99"))


def as_a_cashier(ask: Ask, _product: Any) -> None:
    ask(save_product, uuid7(), draft("THE-1"), as_user="amina")


REFUSALS: dict[Any, type[UserError]] = {
    from_an_old_screen: StaleRecordError,
    with_the_code_of_another: CodeTakenError,
    with_the_barcode_of_another: BarcodeTakenError,
    with_a_barcode_of_two_words: BarcodeUnreadableError,
    without_a_name: NameMissingError,
    with_an_endless_code: NameMissingError,
    below_zero: PriceImpossibleError,
    for_a_price_that_is_no_number: PriceImpossibleError,
    in_an_unknown_unit: ChoiceUnknownError,
    under_an_unknown_tax: ChoiceUnknownError,
    as_a_cashier: NotAllowedError,
}


def test_what_cannot_be_kept_is_refused(ask: Ask, house: House) -> None:
    product = uuid7()
    ask(save_product, product, COFFEE)

    for saving, refusal in REFUSALS.items():
        with pytest.raises(refusal):
            saving(ask, product)

    assert house.value("select count(*) from catalog.products") == 1


def test_the_refusal_names_the_product_that_has_the_barcode(ask: Ask) -> None:
    ask(save_product, uuid7(), COFFEE)

    with pytest.raises(BarcodeTakenError) as refused:
        ask(save_product, uuid7(), draft("THE-1", barcodes=("6130000000015",)))

    assert "6130000000015 belongs to CAF-1 Café" in refused.value.sentence()


def test_two_people_cannot_give_one_barcode_to_two_products(
    house: House, signed_in: SignIn
) -> None:
    """The second waits for the first, and is then told; neither loses its barcode unseen."""
    start, outcomes = threading.Barrier(2), []

    def save(login: str, code: str) -> None:
        session = signed_in(login)
        start.wait()
        try:
            with session.database.begin(session.user, "catalog") as ctx:
                save_product(ctx, uuid7(), draft(code, barcodes=("6130000000015",)))
            outcomes.append("saved")
        except BarcodeTakenError:
            outcomes.append("refused")

    pairs = [("nadia", "A"), ("yacine", "B")]
    threads = [threading.Thread(target=save, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "saved"]
    assert house.value("select count(*) from catalog.products") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update catalog.products set price = 1",
        "delete from catalog.barcodes",
        "lock table catalog.products in share mode",
        "insert into catalog.units values ('XX', 'x')",
    ],
)
def test_nobody_with_psql_changes_a_product_behind_its_functions(
    shared_house: House, statement: str
) -> None:
    with shared_house.connect("nadia") as connection, connection.transaction():
        connection.execute("set local role catalog_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
        raise psycopg.Rollback
