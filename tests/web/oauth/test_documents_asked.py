"""Authorization for clients known by the address of a document (CIMD)."""

from dataclasses import replace

import pytest

from tests import oauth
from tests.domain.clients.fetched import ADDRESS, REDIRECT, TableFetcher, document
from tests.tools.installation import running
from tests.web.oauth.visitor import Visitor, address, told, visitor

CLAUDE = "https://claude.ai/oauth/mcp-oauth-client-metadata"
CLAUDES = "https://claude.ai/api/mcp/auth_callback"


@pytest.fixture
def world():
    return TableFetcher()


@pytest.fixture
def fetching(polis, world):
    """The same installation, whose outside world is a table."""
    with running(replace(polis.services, fetcher=world)) as installation:
        yield installation


@pytest.fixture
def client(polis, world):
    """A client nobody here has asked about yet."""
    its = f"{ADDRESS}{id(world)}"
    world.pages[its] = document(client_id=its)
    return oauth.client(polis.services)._replace(client_id=its, redirect_uris=(REDIRECT,))


def test_for_a_stranger_an_unknown_address_is_not_fetched_and_its_host_is_shown(
    fetching, world, client
):
    stranger = Visitor(fetching, None)
    sent = stranger.ask(client)
    assert sent.headers["Location"].startswith("/login?next=")
    assert world.asked == []
    login = stranger.get(sent.headers["Location"])
    assert "an app at" in login.text


def test_for_somebody_signed_in_it_is_fetched_and_asked_about_by_its_host(fetching, world, client):
    kim = visitor(fetching)
    page = kim.ask(client)
    assert page.status_code == 200
    assert "calls itself" in page.text
    assert "code" in told(kim.answer(page, "approve"))
    assert kim.grants()[0].document_digest is not None


def test_what_is_no_document_gets_a_page(fetching, world, client):
    world.pages[client.client_id] = b"{"
    answer = visitor(fetching).ask(client)
    assert (answer.status_code, "Location" in answer.headers) == (400, False)


def test_a_vendors_document_is_verified_and_its_approval_remembered(fetching, world):
    kim = visitor(fetching)
    claude = oauth.client(fetching.services)._replace(client_id=CLAUDE, redirect_uris=(CLAUDES,))
    page = kim.get(address(claude, scope="mcp offline_access", prompt="consent"))
    assert "Allow Claude" in page.text
    kim.answer(page, "approve")
    assert "code" in told(kim.ask(claude))
    assert kim.ask(claude, prompt="consent").status_code == 200
