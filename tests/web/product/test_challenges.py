"""No or a bad credential: 401 on every message, with the way to a good one and what was wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain import keys
from app.kit import clock, secrets
from app.models.credentials import ApiKey
from tests.tools.agent import MODERN
from tests.tools.installation import HELLO

BASE = "http://127.0.0.1:8000"
METADATA = {
    "/api/mcp": f"{BASE}/.well-known/oauth-protected-resource",
    "/api/mcp/": f"{BASE}/.well-known/oauth-protected-resource",
    "/mcp": f"{BASE}/.well-known/oauth-protected-resource/mcp",
    "/mcp/": f"{BASE}/.well-known/oauth-protected-resource/mcp",
}
METHODS = (
    "initialize", "server/discover", "tools/list", "tools/call", "ping", "resources/list",
    "prompts/get", "tasks/get", "subscriptions/listen", "no/such/method",
)  # fmt: skip


def _challenge(answer):
    assert answer.status_code == 401
    assert answer.headers["X-Request-Id"]
    assert answer.json["error"]["code"] == -32600
    return answer.headers["WWW-Authenticate"]


def _described(answer):
    return _challenge(answer).partition('error_description="')[2].rstrip('"')


@pytest.mark.parametrize("path", METADATA)
@pytest.mark.parametrize("method", METHODS)
def test_every_message_without_a_credential_is_shown_the_way(polis, path, method):
    stranger = polis.as_(None, path)
    expected = f'Bearer resource_metadata="{METADATA[path]}", scope="mcp"'
    for answer in (stranger.ask(method), stranger.ask_modern(method)):
        assert _challenge(answer) == expected


@pytest.mark.parametrize("path", METADATA)
@pytest.mark.parametrize("verb", ["GET", "HEAD", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_every_verb_without_a_credential_is_shown_the_way(polis, path, verb):
    answer = polis.as_(None, path).send(b"", method=verb)
    assert answer.status_code == 401
    assert METADATA[path] in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("path", METADATA)
@pytest.mark.parametrize("verb", ["GET", "HEAD", "DELETE", "PUT", "PATCH"])
def test_with_a_credential_only_posting_is_allowed(polis, path, verb):
    agent = polis.agent()
    agent.path = path
    answer = agent.send(b"", method=verb, mcp_protocol_version=MODERN)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_all_four_addresses_answer_alike(polis):
    agent = polis.agent()
    answers = []
    for path in METADATA:
        agent.path = path
        answers.append(agent.result("tools/list"))
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize(
    "sent",
    [
        "Bearer", "Bearer ", "Basic c2tfbGl2ZV94", "bearer", "Token {key}", "{key}",
        "Basic {key}", "Digest {key}", "BearerX {key}",
    ],
)  # fmt: skip
def test_what_is_no_bearer_is_no_credential(polis, sent):
    agent = polis.agent()
    answer = agent.ask("tools/list", authorization=sent.format(key=agent.who.key))
    assert "error=" not in _challenge(answer)


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER  "])
def test_the_scheme_is_read_in_any_case(polis, scheme):
    agent = polis.agent()
    assert agent.ask("ping", authorization=scheme + agent.who.key).status_code == 200


@pytest.mark.parametrize(
    "mutate",
    [
        lambda key: key[:-1],
        lambda key: key + "A",
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
        lambda key: key.swapcase(),
        lambda key: key.replace("sk_live_", "sk_test_"),
        lambda key: key.replace("sk_live_", "polis_at_"),
        lambda _: "sk_live_",
        lambda _: "x" * 8000,
        lambda _: "sk_live_" + "\xe9" * 38,
        lambda key: f"{key} {key}",
        lambda key: f"{key},{key}",
    ],
)
def test_a_malformed_key_is_told_what_keys_look_like(polis, mutate):
    agent = polis.agent()
    answer = agent.ask("tools/list", authorization=f"Bearer {mutate(agent.who.key)}")
    assert 'error="invalid_token"' in _challenge(answer)
    assert _described(answer).startswith("This is not a Polis API key")


@pytest.mark.parametrize("prefix", ["sk_live_", "sk_test_"])
def test_a_key_of_another_installation_is_told_so(polis, prefix):
    foreign = replace(polis.agent().who, key=secrets.mint(prefix))
    answer = polis.as_(foreign).ask("tools/list")
    assert _described(answer) == "This installation has never issued this key."


def test_a_revoked_key_is_told_when_from_the_very_next_request(polis):
    agent = polis.agent()
    agent.call("polis_account")
    now = clock.now()
    with polis.services.transaction() as session:
        who = agent.who
        keys.revoke(session, who.organization_id, who.key_id, actor=who.user_id, now=now)
    answer = agent.ask("tools/list")
    assert _described(answer) == f"This key was revoked on {clock.iso(now)}."


def test_an_expired_key_is_told_when(polis):
    agent, ended = polis.agent(), clock.now() - timedelta(milliseconds=1)
    with polis.services.transaction() as session:
        session.get_one(ApiKey, agent.who.key_id).expires_at = ended
    assert _described(agent.ask("tools/list")) == f"This key expired on {clock.iso(ended)}."


def test_a_revoked_reason_is_for_holders_of_the_whole_secret_alone(polis):
    agent = polis.agent()
    with polis.services.transaction() as session:
        who = agent.who
        keys.revoke(session, who.organization_id, who.key_id, actor=who.user_id, now=clock.now())
    guessed = replace(agent.who, key=agent.who.key[:20] + secrets.mint("sk_live_")[20:])
    assert "revoked" not in _described(polis.as_(guessed).ask("tools/list"))


@pytest.mark.parametrize("name", ["key", "api_key", "token", "access_token", "authorization"])
def test_a_key_in_the_query_is_no_credential_and_is_never_logged(polis, name, capsys):
    agent = polis.agent()
    for url in (f"/api/mcp?{name}={agent.who.key}", f"/docs?{name}={agent.who.key}"):
        agent.path = url
        answer = agent.ask("tools/list", authorization=None)
        assert answer.status_code != 200
        assert agent.who.key not in answer.text
    agent.path = f"/api/mcp?{name}={agent.who.key}"
    assert _challenge(agent.ask("tools/list", authorization=None))
    assert agent.who.key[8:] not in "".join(capsys.readouterr())


def test_a_key_in_a_cookie_or_in_the_body_is_no_credential(polis):
    agent = polis.agent()
    cookie = f"session={agent.who.key}; Authorization=Bearer {agent.who.key}"
    assert _challenge(agent.ask("tools/list", authorization=None, cookie=cookie))
    params = {"access_token": agent.who.key, "_meta": {"authorization": agent.who.key}}
    assert _challenge(agent.ask("tools/list", params, authorization=None))


def test_the_credential_is_checked_before_the_body_is_read(polis):
    stranger = polis.as_(None)
    for body in (b"{", b"x" * 3_000_000, b"[" * 1000):
        assert _challenge(stranger.send(body))
    assert _challenge(stranger.send(b"{}", content_type="text/plain"))


def test_a_suspended_organization_is_stopped_and_told_when(polis):
    from app.models.accounts import Organization

    agent, now = polis.agent(), clock.now()
    with polis.services.transaction() as session:
        session.get_one(Organization, agent.who.organization_id).suspended_at = now
    with polis.unchanged():
        answer = agent.ask("tools/call", {"name": "polis_test", "arguments": HELLO})
    assert answer.status_code == 403
    assert (
        answer.json["error"]["message"] == f"This organization was suspended on {clock.iso(now)}."
    )
    assert "WWW-Authenticate" not in answer.headers


def test_a_session_id_nobody_minted_is_ignored_and_none_is_given(polis):
    agent = polis.agent()
    answer = agent.ask("initialize", {"protocolVersion": "2025-11-25"}, mcp_session_id="stale")
    assert answer.status_code == 200
    assert "Mcp-Session-Id" not in answer.headers
