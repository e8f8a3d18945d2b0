"""Claude connects in the order it makes its requests, by its own document or as a registered client."""

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from app.domain.grants import codes, end, tokens
from app.kit import clock
from tests import oauth
from tests.domain.clients.fetched import TableFetcher
from tests.tools.installation import Installation, running
from tests.web.oauth.journey import NAMES
from tests.web.oauth.visitor import BASE, told, visitor

DOCUMENT = "https://claude.ai/oauth/mcp-oauth-client-metadata"
CALLBACK = "https://claude.ai/api/mcp/auth_callback"
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "claude-ai"}}


@pytest.fixture
def polis_to_claude(polis):
    """An installation that reaches nobody, and so has Claude's document as it was shipped."""
    with running(replace(polis.services, fetcher=TableFetcher())) as installation:
        yield installation


@dataclass
class Claude:
    """Its servers: they know the URL somebody typed, and what they were told since."""

    polis: Installation
    typed: str
    bearer: str = ""

    def mcp(self, method: str, params=None):
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
        headers = {"Accept": "application/json, text/event-stream", "User-Agent": "Claude-User"}
        if self.bearer:
            headers["Authorization"] = f"Bearer {self.bearer}"
        return self._send("POST", self.typed, headers, json=message)

    def get(self, url: str):
        return self._send("GET", url, {}).json

    def register(self, url: str, scope: str) -> str:
        facts = {
            "client_name": "Claude",
            "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "none",
            "scope": scope,
        }
        made = self._send("POST", url, {}, json=facts)
        assert (made.status_code, facts.items() <= made.json.items()) == (201, True)
        return made.json["client_id"]

    def token(self, url: str, **form: str):
        return self._send("POST", url, {"User-Agent": "python-httpx/0.28.1"}, data=form)

    def _send(self, method: str, url: str, headers, **body):
        assert url.startswith(f"{BASE}/")  # only absolute addresses are followed
        http = self.polis.app.test_client(use_cookies=False)
        path = url.removeprefix(BASE)
        return http.open(path, method=method, base_url=BASE, headers=headers, **body)


@pytest.mark.parametrize("path", NAMES)
@pytest.mark.parametrize("known_by", ["document", "registration"])
def test_claude_connects_calls_refreshes_and_learns_that_it_is_over(
    polis_to_claude, known_by, path
):
    claude, kim = Claude(polis_to_claude, f"{BASE}{path}"), visitor(polis_to_claude)
    server, scope = _discovered(claude)
    registers = known_by == "registration"
    client_id = claude.register(server["registration_endpoint"], scope) if registers else DOCUMENT
    brought = _approved(kim, claude, server, client_id, scope)
    mine = {"client_id": client_id, "resource": claude.typed}
    given = claude.token(
        server["token_endpoint"], grant_type="authorization_code", code=brought["code"],
        redirect_uri=CALLBACK, code_verifier=oauth.VERIFIER, **mine,
    )  # fmt: skip
    assert (given.status_code, given.json["token_type"]) == (200, "Bearer")
    assert given.json["scope"] == scope
    _in_use(claude, given)
    again = {"grant_type": "refresh_token", **mine}
    with time_machine.travel(clock.now() + tokens.ACCESS_LIFE + timedelta(seconds=1), tick=False):
        assert claude.mcp("tools/list").status_code == 401
        newer = claude.token(
            server["token_endpoint"], refresh_token=given.json["refresh_token"], **again
        )
        assert newer.json["scope"] == scope  # it names none when it refreshes
        _in_use(claude, newer)
        with polis_to_claude.services.transaction() as session:
            end.grant(session, kim.grants()[0].id, "disconnected", clock.now())
        assert claude.mcp("tools/list").status_code == 401
        late = claude.token(
            server["token_endpoint"], refresh_token=newer.json["refresh_token"], **again
        )
    assert (late.status_code, late.json["error"]) == (400, "invalid_grant")


def _discovered(claude):
    """What it reads after a call without a token, and the scope it will ask for."""
    refused = claude.mcp("initialize", HELLO)
    challenge = refused.headers["WWW-Authenticate"]
    assert (refused.status_code, "error" in challenge) == (401, False)
    resource = claude.get(challenge.partition('resource_metadata="')[2].partition('"')[0])
    assert resource["resource"] == claude.typed
    (issuer,) = resource["authorization_servers"]
    server = claude.get(f"{issuer}/.well-known/oauth-authorization-server")
    assert (server["issuer"], server["client_id_metadata_document_supported"]) == (issuer, True)
    assert "none" in server["token_endpoint_auth_methods_supported"]
    assert server["code_challenge_methods_supported"] == ["S256"]
    assert "offline_access" in server["scopes_supported"]
    return server, challenge.partition('scope="')[2].partition('"')[0] + " offline_access"


def _approved(kim, claude, server, client_id, scope):
    """What a person's browser brings to Claude's callback."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": CALLBACK,
        "code_challenge": codes.challenge(oauth.VERIFIER),
        "code_challenge_method": "S256",
        "state": "a state",
        "scope": f" {scope}",  # it was seen with a space in front
        "prompt": "consent",
        "resource": claude.typed,
    }
    page = kim.get(f"{server['authorization_endpoint'].removeprefix(BASE)}?{urlencode(asked)}")
    assert "Allow Claude" in page.text
    answer = kim.answer(page, "approve")
    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    brought = told(answer)
    assert (brought["state"], brought["iss"]) == ("a state", server["issuer"])
    return brought


def _in_use(claude, given):
    """What Claude asks for with a token it was just given."""
    claude.bearer = given.json["access_token"]
    hello = claude.mcp("initialize", HELLO).json["result"]
    assert hello["protocolVersion"] == "2025-11-25"
    assert claude.mcp("tools/list").json["result"]["tools"]
    called = claude.mcp("tools/call", {"name": "polis_account", "arguments": {}})
    assert called.json["result"]["isError"] is False
