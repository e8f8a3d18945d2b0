"""The installation these tests talk to."""

import pytest

from tests.tools.installation import inline, polis, standing
from tests.web.account.browser import Visitor
from tests.web.fixtures import email, limited

__all__ = ["email", "inline", "limited", "polis", "standing"]


@pytest.fixture
def someone(polis):
    """A new visitor."""
    return Visitor(polis)


@pytest.fixture
def another(polis):
    """A visitor with a browser of their own."""
    return Visitor(polis, peer="198.51.100.7")
