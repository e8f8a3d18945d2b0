"""The two servers the real clients are driven against: the suite's fixture and Polis itself."""

import pytest

from app.tools import TOOLS
from tests.clients.drive import Target
from tests.conformance.fixture.server import TOOLS as FIXTURE_TOOLS
from tests.conformance.served import served as serving


@pytest.fixture(scope="session")
def fixture_server():
    with serving("sk_test_real_clients") as fixture:
        yield Target(
            fixture.url,
            fixture.key,
            frozenset(FIXTURE_TOOLS),
            "add",
            {"a": 2, "b": 3},
            lambda structured: structured == {"sum": 5},
        )


@pytest.fixture(scope="session")
def product_server(served):
    return Target(
        served.url,
        served.key,
        frozenset(TOOLS),
        "polis_account",
        {},
        lambda structured: structured["organization"] == "demo" and "_usage" in structured,
    )
