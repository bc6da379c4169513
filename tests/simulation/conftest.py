"""How many storms: `pytest tests/simulation --seeds 5000` runs more of them."""

import pytest

SEEDS = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--seeds`."""
    parser.addoption("--seeds", type=int, default=SEEDS, help="storms to simulate")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each seed."""
    if "seed" in metafunc.fixturenames:
        # Unknown where this folder was not named on the command line.
        seeds: int = metafunc.config.getoption("--seeds", SEEDS)
        metafunc.parametrize("seed", range(seeds))
