"""An office that sells on account, in Algeria and in Tunisia."""

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.server.packs import read_pack
from tests.houses import Ask, House
from tests.sales.office import Office


@pytest.fixture
def office(house: House, ask: Ask) -> Office:
    """Nadia's desk in Algiers."""
    return Office(house, ask)


@pytest.fixture
def tunis(house: House, office: Office) -> Office:
    """The same desk under Tunisian law: three decimals, FODEC, a stamp on every invoice."""
    house.run("update core.company set currency = 'TND', country = 'TN'")
    house.run("delete from accounting.law_values")
    with house.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack("TN"))])
    return office
