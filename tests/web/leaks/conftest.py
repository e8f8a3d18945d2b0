"""An installation whose outside world has GitHub's keys and nothing else."""

from dataclasses import replace

import pytest

from app.domain import scanning
from tests.domain.clients.fetched import TableFetcher
from tests.tools.installation import polis, running, standing
from tests.web.leaks.github import GitHub, published

__all__ = ["polis", "standing"]


@pytest.fixture(scope="session")
def github():
    return GitHub()


@pytest.fixture
def leaks(polis, github):
    """The installation again, with the keys of this run's GitHub."""
    fetcher = TableFetcher(**{scanning.KEYS: published(github)})
    with running(replace(polis.services, fetcher=fetcher)) as installation:
        yield installation
