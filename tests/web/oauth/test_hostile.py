"""Whatever comes in at the OAuth endpoints: an answer in its form, and never a mistake of ours."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import oauth
from tests.rounds import rounds

CASES = rounds(2_000)
NAMES = (
    "client_id", "client_secret", "client_assertion", "client_assertion_type", "code", "code_verifier",
    "code_challenge", "code_challenge_method", "device_code", "grant_type", "id_token_hint",
    "login_hint", "max_age", "nonce", "prompt", "redirect_uri", "refresh_token", "resource",
    "response_mode", "response_type", "scope", "state", "sub_type", "token", "token_type_hint",
    "user_code", "request", "request_uri", "csrf_token", "decision",
)  # fmt: skip
LIKELY = (
    "code", "S256", "plain", "none", "login", "consent", "authorization_code", "refresh_token",
    "client_credentials", "urn:ietf:params:oauth:grant-type:device_code", "mcp", "openid mcp",
    "https://app.example/callback", "http://127.0.0.1:8000/mcp", "https://claude.ai/oauth/x",
    "javascript:alert(1)", "0", "-1", "9" * 40, "a" * 9_000, "\0", "%00", "é", "\u202e", "[", "{}",
    "eyJhbGciOiJub25lIn0.e30.", "polis_rt_" + "a" * 38, "polis_ac_" + "0" * 38,
)  # fmt: skip
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
BEARERS = (
    "",
    "Basic",
    "Basic !",
    "Basic eDp5",
    "Bearer",
    "Bearer x",
    "Bearer polis_at_x",
    "Digest a",
)
TYPES = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data",
    "text/plain",
    "",
)

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
values = st.sampled_from(LIKELY) | text
fields = st.dictionaries(st.sampled_from(NAMES) | text, values, max_size=8)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
bodies = fields | st.binary(max_size=60) | anything.map(json.dumps) | st.just("[" * 5_000)


@pytest.fixture
def routes(polis):
    """Every address of the server and its pages, names filled in with somebody's."""
    client = oauth.client(polis.services)
    found = set()
    for rule in polis.app.url_map.iter_rules():
        path = rule.rule.replace("<client_id>", client.client_id)
        if "oauth" in path or path in {"/authorize", "/token", "/register", "/device"}:
            found.add(path)
    assert len(found) > 20
    return sorted(path for path in found if "<" not in path)


def test_s33_no_request_to_the_authorization_server_is_our_mistake(polis, routes, measured):
    http, told = polis.app.test_client(), Counter()

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        path=st.sampled_from(routes),
        method=st.sampled_from(METHODS),
        query=fields,
        body=bodies,
        content_type=st.sampled_from(TYPES),
        bearer=st.sampled_from(BEARERS),
        accept=st.sampled_from(("", "application/json", "text/html", "*/*;q=zero")),
    )
    def ask(path, method, query, body, content_type, bearer, accept):
        answer = http.open(
            path, method=method, base_url="http://127.0.0.1:8000", query_string=query, data=body,
            content_type=content_type or None, headers={"Authorization": bearer, "Accept": accept},
        )  # fmt: skip
        told[answer.status_code] += 1
        assert answer.status_code < 500, (method, path, answer.text[:300])
        if path.startswith("/api/oauth/") and answer.status_code >= 400 and method != "HEAD":
            assert isinstance(answer.json["error"], str)
            assert answer.headers["X-Request-Id"]

    ask()
    measured("S33", "generated requests", told.total())
    measured("S33", "answers of 5xx", sum(n for status, n in told.items() if status >= 500))
