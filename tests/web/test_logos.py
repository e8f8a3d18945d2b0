"""Logos of verified apps come from our origin, fetched once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.fetching import NotFetched
from app.kit import clock
from app.models.clients import Client
from tests import oauth
from tests.adapters.test_logos import SVG, picture
from tests.domain.clients.fetched import TIMEOUT, TableFetcher
from tests.tools.installation import polis, running, standing

__all__ = ["polis", "standing"]

URI = "https://app.example/logo.png"


@pytest.fixture
def fetcher():
    return TableFetcher(**{URI: picture()})


@pytest.fixture
def shown(polis, fetcher):
    with running(replace(polis.services, fetcher=fetcher)) as installation:
        yield installation


def app(shown, **more):
    facts = {"logo_uri": URI, "verified_at": clock.now()} | more
    return oauth.client(shown.services, **facts)


def ask(shown, client_row_id):
    return shown.app.test_client().get(
        f"/logos/{client_row_id}.png", headers={"Host": "127.0.0.1:8000"}
    )


def test_a_verified_apps_logo_is_fetched_once_and_served_as_ours(shown, fetcher):
    client = app(shown)
    first, second = ask(shown, client.id), ask(shown, client.id)
    assert first.status_code == 200
    assert first.data == second.data != picture()
    assert first.data.startswith(b"\x89PNG")
    assert first.headers["Content-Type"] == "image/png"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["Cache-Control"] == "public, max-age=86400"
    assert fetcher.asked == [URI]


@pytest.mark.parametrize("more", [{"verified_at": None}, {"logo_uri": None}], ids=str)
def test_nothing_is_fetched_for_anybody_else(shown, fetcher, more):
    assert ask(shown, app(shown, **more).id).status_code == 404
    assert fetcher.asked == []


def test_an_unknown_app_has_no_logo(shown, fetcher):
    assert ask(shown, "cli_unknown").status_code == 404
    assert fetcher.asked == []


@pytest.mark.parametrize("page", [TIMEOUT, SVG, b"", NotFetched("content_type", "No picture.")])
def test_what_is_no_picture_is_not_asked_for_again_until_tomorrow(shown, fetcher, page):
    fetcher.pages[URI] = page
    client, logos, now = app(shown), shown.services.logos, clock.now()
    for hours in (0, 1, 23):
        assert logos.png(client.id, now + timedelta(hours=hours)) is None
    assert fetcher.asked == [URI]
    fetcher.pages[URI] = picture()
    assert logos.png(client.id, now + timedelta(days=1))


def test_another_address_is_fetched_at_once(shown, fetcher):
    client, logos, new = app(shown), shown.services.logos, "https://app.example/new.png"
    assert logos.png(client.id, clock.now())
    fetcher.pages[new] = picture(size=(9, 9))
    with shown.services.transaction() as session:
        session.get(Client, client.id).logo_uri = new
    assert logos.png(client.id, clock.now())
    assert fetcher.asked == [URI, new]
