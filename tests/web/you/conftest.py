"""Somebody signed in, with a network of their own."""

import pytest

from tests.tools.installation import inline, polis, standing
from tests.web.account.browser import Visitor
from tests.web.account.second_factors import anywhere
from tests.web.account.somebody import somebody
from tests.web.fixtures import email, limited

__all__ = ["email", "inline", "limited", "polis", "standing"]


@pytest.fixture
def ada(polis, email):
    """The address of somebody with a password."""
    return somebody(polis, email)


@pytest.fixture
def someone(polis, ada):
    """Ada's browser, signed in a moment ago."""
    visitor = Visitor(polis, peer=anywhere())
    assert visitor.sign_in(ada).status_code == 303
    return visitor


@pytest.fixture
def another(polis):
    """A visitor with a browser of their own."""
    return Visitor(polis, peer=anywhere())
