"""The installation these tests talk to, with an organization of three."""

import pytest

from tests.tools.installation import polis, standing
from tests.web.fixtures import email, limited
from tests.web.team.people import Team

__all__ = ["email", "limited", "polis", "standing"]


@pytest.fixture
def team(polis):
    """An organization somebody made, with its owner before it, and nobody else yet."""
    return Team(polis)
