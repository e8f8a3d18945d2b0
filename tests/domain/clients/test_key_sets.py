"""Keys that others publish: kept, and fetched anew for an unknown one, but seldom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.clients.fetched import TIMEOUT, TableFetcher
from tests.oauth import client

URI = "https://app.example/jwks.json"
NOW = datetime(2026, 12, 1, tzinfo=UTC)
OLD, NEW = {"keys": [{"kid": "old"}]}, {"keys": [{"kid": "old"}, {"kid": "new"}]}


@pytest.fixture
def fetcher():
    return TableFetcher(**{URI: OLD})


@pytest.fixture
def key_sets(services, fetcher):
    return replace(services, fetcher=fetcher).key_sets


@pytest.fixture
def app(services):
    return client(services, jwks_uri=URI)


def test_keys_are_fetched_once_and_kept_for_a_day(key_sets, app, fetcher):
    for hours in (0, 1, 24):
        assert key_sets.keys(app, "old", NOW + timedelta(hours=hours)) == OLD
    assert len(fetcher.asked) == 1
    fetcher.pages[URI] = NEW
    assert key_sets.keys(app, "old", NOW + timedelta(hours=24, seconds=1)) == NEW


def test_an_unknown_key_is_looked_for_once_a_minute(key_sets, app, fetcher):
    key_sets.keys(app, "old", NOW)
    fetcher.pages[URI] = NEW
    for seconds in range(60):
        assert key_sets.keys(app, "new", NOW + timedelta(seconds=seconds)) == OLD
    assert len(fetcher.asked) == 1
    assert key_sets.keys(app, "new", NOW + timedelta(seconds=60)) == NEW
    assert len(fetcher.asked) == 2


@pytest.mark.parametrize("page", [TIMEOUT, b"no json", b"[]", b"[" * 60_000])
def test_what_is_kept_stays_where_a_fetch_fails(key_sets, app, fetcher, page):
    key_sets.keys(app, "old", NOW)
    fetcher.pages[URI] = page
    assert key_sets.keys(app, "new", NOW + timedelta(minutes=2)) == OLD
    assert key_sets.keys(app, "old", NOW + timedelta(hours=25)) is None


def test_a_client_with_keys_of_its_own_makes_nobody_fetch(services, key_sets, fetcher):
    assert key_sets.keys(client(services, jwks=OLD), "new", NOW) == OLD
    assert key_sets.keys(client(services), "new", NOW) is None
    assert fetcher.asked == []


def test_a_set_without_keys_has_none(key_sets, app, fetcher):
    fetcher.pages[URI] = {"keys": "none"}
    assert key_sets.keys(app, None, NOW) == {"keys": "none"}
    fetcher.pages[URI] = OLD
    assert key_sets.keys(app, None, NOW + timedelta(minutes=1)) == OLD


def test_any_key_will_do_where_none_is_named(key_sets, app):
    assert key_sets.keys(app, None, NOW) == OLD
