"""The installation these tests talk to, and somebody signed in to it."""

import pytest

from tests.tools.installation import inline, polis, standing
from tests.web.account.browser import Visitor
from tests.web.account.somebody import somebody
from tests.web.fixtures import email

__all__ = ["email", "inline", "polis", "standing"]


@pytest.fixture
def someone(polis, email):
    """Somebody proved, signed in a moment ago."""
    visitor = Visitor(polis)
    visitor.sign_in(somebody(polis, email))
    visitor.open("/app/keys")
    return visitor
