"""A database that the tests of one file share: each works on an organization of its own."""

from collections.abc import Iterator

import pytest

from app.db import Database
from tests import invariants
from tests.databases import DATABASES, Copies
from tests.purse import Purse, purse


@pytest.fixture(scope="module", params=DATABASES)
def ledgers(
    request: pytest.FixtureRequest, copies: Copies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    database = Database(copies.fresh(request.param, tmp_path_factory.mktemp("ledgers")))
    yield database
    try:
        invariants.check(database)
    finally:
        database.dispose()


@pytest.fixture
def mine(ledgers: Database) -> Purse:
    """A purse of a new organization."""
    return purse(ledgers)
