"""The installation these tests talk to, and somebody in front of it."""

import pytest

from tests.tools.installation import inline, polis, standing
from tests.web.oauth.visitor import visitor

__all__ = ["inline", "kim", "polis", "standing"]


@pytest.fixture
def kim(polis):
    """An owner of an organization, signed in a moment ago."""
    return visitor(polis)
