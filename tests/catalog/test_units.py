"""Units of measure that a company adds."""

import pytest

from erp_desktop.core.errors import NotAllowedError, NotFoundError
from modules.catalog.errors import UnitCodeTakenError, UnitCodeUnplainError, UnitNameMissingError
from modules.catalog.selectors import list_units
from modules.catalog.services import UnitDraft, save_unit
from tests.houses import Ask, House, MakeProduct, SignIn

pytestmark = pytest.mark.database


def test_a_unit_is_added_and_renamed(ask: Ask, product: MakeProduct) -> None:
    product("COF-1")
    ask(save_unit, UnitDraft("SAC", "Sac", "كيس"), is_new=True)

    ask(save_unit, UnitDraft("SAC", "Sac de 50 kg", "كيس 50 كغ"), is_new=False)

    units = {unit.code: unit for unit in ask(list_units)}
    assert (units["SAC"].name, units["SAC"].name_ar) == ("Sac de 50 kg", "كيس 50 كغ")
    assert (units["SAC"].products, units["PCE"].products) == (0, 1)


@pytest.mark.parametrize(
    ("draft", "is_new", "error"),
    [
        (UnitDraft("PCE", "Pièce"), True, UnitCodeTakenError),
        (UnitDraft("sac", "Sac"), True, UnitCodeUnplainError),
        (UnitDraft("SAC", " "), True, UnitNameMissingError),
        (UnitDraft("SAC", "Sac"), False, NotFoundError),
    ],
)
def test_what_is_no_unit_is_refused(
    ask: Ask, draft: UnitDraft, error: type[Exception], *, is_new: bool
) -> None:
    with pytest.raises(error):
        ask(save_unit, draft, is_new=is_new)


def test_who_may_not_edit_products_adds_no_unit(house: House, signed_in: SignIn) -> None:
    amina, is_new = signed_in("amina"), True
    with pytest.raises(NotAllowedError), amina.database.begin(amina.user, "catalog") as ctx:
        ctx.call("catalog.save_unit_v1", {"code": "SAC", "name": "Sac"}, is_new)
    assert house.value("select count(*) from catalog.units where code = 'SAC'") == 0
