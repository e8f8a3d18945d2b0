"""Visitors from networks of their own: wrong guesses of one are never counted for another."""

import pytest

from tests.web.account.browser import Visitor
from tests.web.account.second_factors import anywhere


@pytest.fixture
def someone(polis):
    return Visitor(polis, peer=anywhere())


@pytest.fixture
def another(polis):
    return Visitor(polis, peer=anywhere())
