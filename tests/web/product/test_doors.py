"""Who may knock: our own Host alone, pages of allowed origins alone, and what those may read."""

from dataclasses import replace

import pytest

from tests.tools.installation import running

ALLOWED = "https://app.example"


@pytest.fixture
def public(polis):
    """The same installation under a public address with one allowed origin."""
    facts = {
        "env": "production",
        "base_url": "https://polis.example",
        "allowed_origins": (ALLOWED,),
    }
    settings = polis.services.settings.model_copy(update=facts)
    with running(replace(polis.services, settings=settings)) as installation:
        yield installation


def _ask(agent, host="polis.example", **headers):
    return agent.ask("ping", host=host, **headers)


@pytest.mark.parametrize("host", ["polis.example", "POLIS.example", "polis.example:443"])
def test_our_own_host_is_served(public, host):
    assert _ask(public.agent(), host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "polis.example:80", "polis.example:8000", "polis.example.evil.example",
        "127.0.0.1:8000", "localhost", "", "polis.example@evil.example", "xn--polis.example",
        "polis.example.", "[::1]:8000", "polis.example,evil.example",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/mcp", "/mcp", "/docs", "/pay/x", "/"])
def test_any_other_host_is_misdirected(public, host, path):
    agent = public.agent()
    agent.path = path
    answer = _ask(agent, host)
    assert answer.status_code == 421
    assert "evil" not in answer.text + str(answer.headers)


def test_forwarded_hosts_count_for_nothing(public):
    headers = {"x_forwarded_host": "evil.example", "forwarded": "host=evil.example"}
    answer = _ask(public.as_(None), **headers)
    assert answer.headers["WWW-Authenticate"].count("https://polis.example/") == 1
    assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("origin", [ALLOWED, "https://polis.example", "HTTPS://APP.EXAMPLE"])
def test_pages_of_allowed_origins_may_read_answers_and_challenges(public, origin):
    for agent, status in ((public.agent(), 200), (public.as_(None), 401)):
        answer = _ask(agent, origin=origin)
        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "WWW-Authenticate" in answer.headers["Access-Control-Expose-Headers"]
        assert answer.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "", "http://app.example", "https://app.example:8443",
        "https://app.example.evil.example", "https://evil.example/https://app.example",
        "http://localhost:3000", "http://127.0.0.1", "file://", "chrome-extension://abc",
    ],
)  # fmt: skip
def test_s26_pages_of_any_other_origin_are_refused_before_all_else(public, origin):
    for agent in (public.agent(), public.as_(None)):
        answer = _ask(agent, origin=origin)
        assert answer.status_code == 403
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_a_preflight_says_what_may_be_sent(public):
    answer = public.as_(None).send(
        b"", method="OPTIONS", host="polis.example", origin=ALLOWED,
        access_control_request_method="POST", access_control_request_headers="authorization",
    )  # fmt: skip
    assert answer.status_code == 204
    allowed = {name.strip() for name in answer.headers["Access-Control-Allow-Headers"].split(",")}
    assert allowed == {
        "authorization", "content-type", "mcp-protocol-version", "mcp-method", "mcp-name",
        "mcp-session-id",
    }  # fmt: skip
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_preflight_from_elsewhere_is_refused(public):
    answer = public.as_(None).send(
        b"", method="OPTIONS", host="polis.example", origin="https://evil.example",
        access_control_request_method="POST",
    )  # fmt: skip
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://localhost:6274", "http://127.0.0.1:5173", "http://[::1]:1"]
)
def test_in_development_loopback_pages_may_call(polis, origin):
    assert polis.agent().ask("ping", origin=origin).status_code == 200


@pytest.mark.parametrize("origin", ["http://localhost.evil.example", "http://localhost:x", "null"])
def test_in_development_nobody_else_may(polis, origin):
    assert polis.agent().ask("ping", origin=origin).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_in_development_loopback_names_stand_for_us(polis, host):
    assert polis.agent().ask("ping", host=host).status_code == 200


@pytest.mark.parametrize(
    "host", ["localhost:8001", "localhost", "evil.example:8000", "0.0.0.0:8000"]
)
def test_in_development_other_names_do_not(polis, host):
    assert polis.agent().ask("ping", host=host).status_code == 421
