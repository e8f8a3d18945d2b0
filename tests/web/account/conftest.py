"""The installation these tests talk to."""

from dataclasses import replace

import pytest

from app.kit import ids
from tests.tools.installation import inline, polis, running, standing
from tests.web.account.browser import Visitor

__all__ = ["inline", "polis", "standing"]


@pytest.fixture
def someone(polis):
    """A new visitor."""
    return Visitor(polis)


@pytest.fixture
def another(polis):
    """A visitor with a browser of their own."""
    return Visitor(polis, peer="198.51.100.7")


@pytest.fixture
def email():
    """An address nobody has used here."""
    return f"{ids.new('p')}@example.com"


@pytest.fixture
def limited(polis):
    """The same installation with its limits on."""
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with running(replace(polis.services, settings=settings)) as installation:
        yield installation
