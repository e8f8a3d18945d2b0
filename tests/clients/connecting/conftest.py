"""A served Polis and its owner in a real browser: one of each for all clients."""

import pytest

from tests.clients.connecting.person import Person


@pytest.fixture(scope="session")
def person(served, chromium):
    context = chromium.new_context(java_script_enabled=False)
    yield Person(context, served.base, served.demo)
    context.close()
