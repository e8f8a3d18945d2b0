"""What tests about people share: an address nobody has used, and an installation with its limits."""

from dataclasses import replace

import pytest

from app.kit import ids
from tests.tools.installation import running


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
