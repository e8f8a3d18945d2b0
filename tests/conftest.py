"""Both databases, a fresh copy for each test; a served installation where a test wants the wire."""

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from app import bootstrap
from app.bootstrap import Services
from app.db import Database
from tests import invariants
from tests.compiled import compile_once
from tests.databases import DATABASES, Copies, Postgres
from tests.factories import settings_for
from tests.fakes import SpyQueue
from tests.needed import needed
from tests.prove import table
from tests.prove.figures import Value
from tests.served import Served

POSTGRES = "POLIS_TEST_POSTGRES"

# Drawn from what a test is, and nothing kept in between: a failure is one everywhere, every time.
settings.register_profile("fixed", derandomize=True, database=None)
settings.load_profile("fixed")
compile_once()


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL for all xdist workers, started by the process that hands out the tests."""
    if not hasattr(config, "workerinput"):
        config.stash[_server] = Postgres()
        os.environ[POSTGRES] = config.stash[_server].url
        config.pluginmanager.register(table.Table())


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the collector need not look through them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server in config.stash:
        config.stash[_server].stop()


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str, str, Value], None]:
    """Puts a figure of `tests/prove/figures.py` into the table of `make prove`."""
    return partial(table.record, request.node)


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Migrated templates of both databases, copied for each test."""
    return Copies(tmp_path_factory.mktemp("templates"), os.environ[POSTGRES])


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, copies: Copies, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database: the test runs once on each kind."""
    url = copies.fresh(request.param, tmp_path)
    yield url
    copies.drop(url)


@pytest.fixture
def services(database_url: str, tmp_path: Path) -> Iterator[Services]:
    """Real services on a fresh database; what is sent to workers is kept in `services.send`.

    Whatever a test did, every balance must still be the sum of its entries afterwards.
    """
    built = bootstrap.build(settings_for(database_url, tmp_path))
    bootstrap.check(built)
    yield replace(built, send=SpyQueue())
    try:
        invariants.check(built.database)
    finally:
        built.database.dispose()


@pytest.fixture
def database(services: Services) -> Database:
    return services.database


@pytest.fixture(scope="session", params=DATABASES)
def served(
    request: pytest.FixtureRequest, copies: Copies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """gunicorn and workers as separate processes, with a demo organization and its keys."""
    folder = tmp_path_factory.mktemp(f"served-{request.param}")
    with Served(copies.fresh(request.param, folder), folder) as running:
        yield running


@pytest.fixture(autouse=True)
def books_of_the_served(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test of the processes each balance is the sum of its entries."""
    its = request.getfixturevalue("served") if "served" in request.fixturenames else None
    yield
    if isinstance(its, Served):
        database = Database(its.environment["POLIS_DATABASE_URL"])
        invariants.check(database)
        database.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One real browser for all tests, as it is installed; each visitor has a context of their own."""
    executable = needed("chromium", "apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable)
        yield started
        started.close()


_server = pytest.StashKey[Postgres]()
