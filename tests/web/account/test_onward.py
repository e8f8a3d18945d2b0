"""The pages of signing in and up say which app one continues to, and believes no name nobody vouches for."""

from urllib.parse import urlencode

import pytest

from tests.oauth import client


def asking(someone, door="/login", **parameters):
    onward = f"/oauth/authorize?{urlencode(parameters, doseq=True)}"
    return someone.open(door, query_string={"next": onward}).text


def test_a_name_nobody_vouches_for_is_told_as_such(polis, someone):
    app = client(polis.services, name="Claude-like thing")
    page = asking(someone, client_id=app.client_id, redirect_uri=app.redirect_uris[0])
    assert "calls itself “Claude-like thing”" in page or "<b>Claude-like thing</b>" in page
    assert ("<b>Claude-like thing</b>" in page) == app.verified
    assert "Signing in shares nothing yet" in page


def test_a_redirect_the_app_did_not_list_is_not_named(polis, someone):
    app = client(polis.services)
    page = asking(someone, client_id=app.client_id, redirect_uri="https://evil.example/cb")
    assert "evil.example</" not in page


@pytest.mark.parametrize("door", ["/login", "/signup"])
def test_a_document_nobody_fetched_is_named_by_its_host(someone, door):
    page = asking(someone, door, client_id="https://app.example/client.json")
    assert 'to continue to an app at <b class="mono">app.example</b>' in page


def test_a_vendor_is_named_before_anybody_fetched_its_document(someone):
    claude, back = (
        "https://claude.ai/oauth/mcp-oauth-client-metadata",
        "https://claude.ai/api/mcp/auth_callback",
    )
    for uri in (back, "https://evil.example/cb"):
        page = asking(someone, client_id=claude, redirect_uri=uri)
        assert "to continue to <b>Claude</b> at" in page
        assert "evil.example</" not in page


@pytest.mark.parametrize(
    "client_id",
    ["polis_ci_nobody", "\0", "ä" * 20, "x" * 600, ["a", "b"], "https://", "https://[", ""],
)
def test_what_is_no_client_is_not_named(someone, client_id):
    page = asking(someone, client_id=client_id)
    assert "Sign in" in page
    assert "calls itself" not in page
