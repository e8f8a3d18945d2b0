"""An installation whose webhooks end at a program of this process, and somebody signed in to it."""

from dataclasses import replace

import pytest

from tests.tools.installation import polis, running, standing
from tests.web.oauth.visitor import visitor
from tests.web.webhooks.receiver import receiving

__all__ = ["polis", "standing"]


@pytest.fixture
def receiver():
    with receiving() as server:
        yield server


@pytest.fixture
def hooked(polis, receiver):
    """The same installation; what it sends reaches the receiver."""
    services = replace(polis.services, fetcher=receiver.client())
    with running(services) as installation:
        installation.organizations = polis.organizations
        yield installation


@pytest.fixture
def kim(hooked):
    """An owner of an organization, signed in a moment ago."""
    return visitor(hooked, tokens=1000)
