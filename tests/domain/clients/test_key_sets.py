"""Keys that others publish: kept, and fetched anew for an unknown one, but seldom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.clients.refusals import KeysAway
from app.kit import clock
from app.models.clients import KeySet
from app.worker.pulse import Pulse
from tests.domain.clients.fetched import HANGS_UP, NOT_JSON, TIMEOUT, TableFetcher, status
from tests.oauth import client
from tests.together import together

URI, OTHER = "https://app.example/jwks.json", "https://other.example/jwks.json"
NOW = datetime(2026, 12, 1, tzinfo=UTC)
OLD, NEW = {"keys": [{"kid": "old"}]}, {"keys": [{"kid": "old"}, {"kid": "new"}]}
OUTAGES = [TIMEOUT, HANGS_UP, status(503), status(403)]
ANSWERS = [status(404), NOT_JSON, b"no json", b"[]", b"[" * 60_000]


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


@pytest.mark.parametrize("page", OUTAGES, ids=str)
def test_what_is_kept_outlives_an_outage_by_seven_days(key_sets, app, fetcher, page):
    key_sets.keys(app, "old", NOW)
    fetcher.pages[URI] = page
    assert key_sets.keys(app, "new", NOW + timedelta(minutes=2)) == OLD
    for hours in (25, 50, 7 * 24):
        assert key_sets.keys(app, "old", NOW + timedelta(hours=hours)) == OLD
    assert len(fetcher.asked) == 5
    fetcher.pages[URI] = NEW
    assert key_sets.keys(app, "old", NOW + timedelta(days=7, minutes=1)) == NEW


@pytest.mark.parametrize("page", ANSWERS, ids=lambda page: str(page)[:40])
def test_keys_that_were_withdrawn_count_no_more(key_sets, app, fetcher, page):
    key_sets.keys(app, "old", NOW)
    fetcher.pages[URI] = page
    assert key_sets.keys(app, "old", NOW + timedelta(hours=25)) == {}
    fetcher.pages[URI] = OLD
    assert key_sets.keys(app, "old", NOW + timedelta(hours=25, minutes=1)) == OLD


@pytest.mark.parametrize("page", OUTAGES, ids=str)
@pytest.mark.parametrize("before", [True, False])
def test_an_outage_that_leaves_no_keys_is_one_and_nobodys_fault(
    key_sets, app, fetcher, page, before
):
    if before:
        key_sets.keys(app, "old", NOW - timedelta(days=8))
    fetcher.pages[URI] = page
    for seconds in (0, 1, 59, 60):  # the second and third within another's turn
        with pytest.raises(KeysAway) as caught:
            key_sets.keys(app, "old", NOW + timedelta(seconds=seconds))
        assert caught.value.details == {"retry_after_s": 60}
    fetcher.pages[URI] = OLD
    assert key_sets.keys(app, "old", NOW + timedelta(minutes=2)) == OLD


@pytest.mark.parametrize("page", ANSWERS, ids=lambda page: str(page)[:40])
def test_an_answer_without_keys_is_no_outage(key_sets, app, fetcher, page):
    fetcher.pages[URI] = page
    for seconds in (0, 1, 60):
        assert key_sets.keys(app, "old", NOW + timedelta(seconds=seconds)) == {}
    fetcher.pages[URI] = OLD
    assert key_sets.keys(app, "old", NOW + timedelta(minutes=2)) == OLD


def test_of_many_who_ask_when_a_set_is_due_one_fetches_and_none_goes_without(
    key_sets, app, fetcher
):
    key_sets.keys(app, "old", NOW)
    got = together(8, lambda _: key_sets.keys(app, "old", NOW + timedelta(hours=25)))
    assert got == [OLD] * 8
    assert len(fetcher.asked) == 2


def test_a_set_nobody_asks_for_goes_after_thirty_days(services, key_sets, app):
    key_sets.keys(app, "old", clock.now() - timedelta(days=30, minutes=1))
    other = client(services, jwks_uri=OTHER)
    with pytest.raises(KeysAway):
        key_sets.keys(other, "old", clock.now() - timedelta(days=29))
    Pulse(services, "a worker")._tidy()
    with services.database.reading() as session:
        assert session.scalars(select(KeySet.address)).all() == [OTHER]


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
