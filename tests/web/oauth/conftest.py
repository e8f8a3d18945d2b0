"""The installation these tests talk to, a person who visits it, and a program of theirs."""

import pytest

from tests import oauth
from tests.tools.installation import inline, polis, standing
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import visitor

__all__ = ["client", "inline", "kim", "polis", "program", "standing"]


@pytest.fixture
def kim(polis):
    return visitor(polis)


@pytest.fixture
def client(polis):
    return oauth.client(polis.services)


@pytest.fixture
def program(polis, client):
    return Program(polis.app, client)
