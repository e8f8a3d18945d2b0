"""An installation on a port of its own, on each database, that can ask itself over the network."""

import pytest

from tests.browser.site import visited
from tests.databases import DATABASES
from tests.web.fixtures import email
from tests.web.member import signed_in

__all__ = ["email"]


@pytest.fixture(scope="module", params=DATABASES)
def served(request, copies, tmp_path_factory):
    """What a check asks is answered by this very process."""
    with visited(copies, tmp_path_factory.mktemp("checked"), request.param) as site:
        yield site


@pytest.fixture
def someone(served, email):
    """Somebody proved, signed in a moment ago."""
    return signed_in(served, email, served.base)
