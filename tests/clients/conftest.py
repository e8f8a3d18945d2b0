"""The server the real clients are driven against."""

import pytest

from tests.clients.drive import Target
from tests.conformance.fixture.server import TOOLS
from tests.conformance.served import served as serving


@pytest.fixture(scope="session")
def served():
    with serving("sk_test_real_clients") as fixture:
        yield Target(
            fixture.url,
            fixture.key,
            frozenset(TOOLS),
            "add",
            {"a": 2, "b": 3},
            lambda structured: structured == {"sum": 5},
        )
