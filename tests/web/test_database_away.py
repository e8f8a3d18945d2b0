"""The database goes away and comes back: 503 meanwhile, nothing charged, no restart (R14)."""

import os
import sqlite3
from contextlib import contextmanager

import psycopg
import pytest

from app.db import database, lane
from app.kit import clock
from tests.conftest import POSTGRES
from tests.factories import member
from tests.tools.agent import Agent
from tests.tools.installation import HELLO, running


@pytest.fixture
def app(services):
    with running(services) as installation:
        yield installation.app


@pytest.fixture
def agent(app, services):
    return Agent(app, member(services, tokens=100))


@pytest.fixture
def away(services, monkeypatch):
    """Take the database away for a while."""
    return lambda: (_locked if services.database.sqlite else _closed)(services, monkeypatch)


@contextmanager
def _locked(services, monkeypatch):
    """Somebody else writes and does not end."""
    for module in (database, lane):
        monkeypatch.setattr(module, "BUSY_MS", 0)
    services.database.dispose()  # connections made from now on do not wait
    other = sqlite3.connect(services.database.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()
    monkeypatch.undo()
    services.database.dispose()


@contextmanager
def _closed(services, _monkeypatch):
    """It takes no connection, and ends those it had."""
    name = services.database.url.database
    with psycopg.connect(os.environ[POSTGRES], autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_a_start_while_the_database_is_away_is_refused_and_charges_nothing(agent, away):
    before = agent.call("polis_account")
    with away():
        refused = agent.ask("tools/call", {"name": "polis_test", "arguments": HELLO})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "cannot be reached" in refused.text
    assert agent.call("polis_account") == before


def test_a_button_while_the_database_is_away_says_when_to_press_again(services, app, agent, away):
    url = services.links.pay(agent.who.organization_id, "pack:small", clock.now())
    path = url.removeprefix(services.settings.base_url)
    with away():
        shown = app.test_client().post(path, headers={"Host": "127.0.0.1:8000"})
    assert (shown.status_code, shown.headers["Retry-After"]) == (503, "5")
