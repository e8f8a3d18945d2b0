"""The front door: what a request must be before anybody is asked anything."""

from urllib.parse import quote

import pytest

from app.domain.grants import front_door
from app.domain.grants.front_door import Misdirected, SentBack
from app.domain.grants.parameters import Parameters
from tests.domain.grants.apps import BASE, CALLBACK, CHALLENGE, check, known, query


def _sent_back(text, client=None):
    with pytest.raises(SentBack) as refusal:
        check(text, client)
    assert refusal.value.redirect_uri == CALLBACK
    assert refusal.value.message.isascii()
    return refusal.value


def test_a_sound_request_is_read_whole():
    asked = check(query(scope="openid mcp", nonce="n", max_age="60", login_hint="kim@example.com"))
    assert asked.client_id == "polis_ci_x"
    assert (asked.redirect_uri, asked.state, asked.challenge) == (CALLBACK, "s", CHALLENGE)
    assert (asked.scopes, asked.audience, asked.subject_kind) == (("mcp", "openid"), None, "user")
    assert (asked.nonce, asked.max_age, asked.login_hint) == ("n", 60, "kim@example.com")
    assert asked.prompt == ()


PKCE = {  # rows 1 and 2 of what stock grants let through; S2
    "no challenge": {"code_challenge": None},
    "no challenge and no method": {"code_challenge": None, "code_challenge_method": None},
    "plain": {"code_challenge_method": "plain"},
    "method left out": {"code_challenge_method": None},
    "another spelling of the method": {"code_challenge_method": "s256"},
    "short": {"code_challenge": CHALLENGE[:-1]},
    "long": {"code_challenge": CHALLENGE + "A"},
    "padded": {"code_challenge": CHALLENGE[:-1] + "="},
    "no base64url": {"code_challenge": CHALLENGE[:-1] + "+"},
}


@pytest.mark.parametrize("change", PKCE.values(), ids=PKCE)
def test_without_a_digest_as_challenge_nobody_is_asked(change):
    assert _sent_back(query(**change)).error == "invalid_request"


@pytest.mark.parametrize("kind", ["none", "client_secret_basic", "private_key_jwt"])
def test_confidential_clients_need_a_challenge_too(kind):
    client = known(auth_methods=(kind,))
    assert _sent_back(query(code_challenge=None), client).error == "invalid_request"


RESOURCES = {  # row 3
    f"{BASE}/api/mcp": "/api/mcp",
    f"{BASE}/mcp": "/mcp",
    f"{BASE}/mcp/": "/mcp",
    f"{BASE.replace('polis', 'POLIS')}/api/mcp": "/api/mcp",
    f"{BASE}:443/mcp": "/mcp",
}


@pytest.mark.parametrize(("resource", "path"), RESOURCES.items())
def test_either_name_of_the_endpoint_may_be_asked_for(resource, path):
    assert check(query(resource=resource)).audience == path


@pytest.mark.parametrize(
    "resource",
    [
        "https://evil.example/mcp", f"{BASE}.evil.example/mcp", f"{BASE}/MCP", f"{BASE}/mcp/x",
        f"{BASE}/api/v1", BASE, "/mcp", "mcp", f"http://{BASE.removeprefix('https://')}/mcp",
        f"{BASE}/mcp?x=1", f"{BASE}/mcp#x", "https://polis.example@evil.example/mcp", "\u0000",
        "https://[::1/mcp", f"{BASE}:99999/mcp",
    ],
)  # fmt: skip
def test_a_resource_that_is_not_ours_is_an_invalid_target(resource):
    assert _sent_back(query(resource=resource)).error == "invalid_target"


@pytest.mark.parametrize("scope", ["admin", "mcp admin", "mcp:write", "MCP", "mcp\u00a0x"])
def test_an_unknown_scope_is_refused_by_name(scope):  # row 4
    assert _sent_back(query(scope=scope)).error == "invalid_scope"


def test_a_scope_beyond_the_clients_own_is_refused_by_name():
    refusal = _sent_back(query(scope="mcp openid"), known(scopes=("mcp",)))
    assert (refusal.error, "openid" in refusal.message) == ("invalid_scope", True)


@pytest.mark.parametrize(
    ("scope", "own", "granted"),
    [
        (None, ("mcp", "mcp:read", "openid"), ("mcp",)),
        ("", ("mcp", "openid"), ("mcp",)),
        (None, ("mcp:read",), ("mcp:read",)),
        (" mcp offline_access", ("mcp",), ("mcp", "offline_access")),
        ("mcp mcp", ("mcp",), ("mcp",)),
    ],
)
def test_scopes_default_to_the_tools_and_offline_access_comes_with_refreshing(scope, own, granted):
    assert check(query(scope=scope), known(scopes=own)).scopes == granted


def test_offline_access_is_not_for_clients_that_do_not_refresh():
    client = known(scopes=("mcp",), grant_types=("authorization_code",))
    assert _sent_back(query(scope="mcp offline_access"), client).error == "invalid_scope"


FAULTS = {  # S10 and the rest of the rules
    "unsupported_response_type": [
        {"response_type": "token"}, {"response_type": "code token"},
        {"response_type": "id_token"}, {"response_type": "none"},
    ],
    "request_not_supported": [{"request": "eyJ"}],
    "request_uri_not_supported": [{"request_uri": "https://app.example/r"}],
    "registration_not_supported": [{"registration": "{}"}],
    "invalid_request": [
        {"response_type": None}, {"response_mode": "fragment"}, {"response_mode": "form_post"},
        {"response_mode": "web_message"}, {"prompt": "none login"}, {"prompt": "create"},
        {"max_age": "-1"}, {"max_age": "soon"}, {"max_age": "1.5"}, {"max_age": "\u0661"},
        {"nonce": "n" * 501}, {"nonce": "a\u0000b"}, {"sub_type": "client"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("error", "change"), [(error, change) for error in FAULTS for change in FAULTS[error]]
)
def test_each_broken_rule_goes_back_with_its_own_error(error, change):
    refusal = _sent_back(query(**change))
    assert (refusal.error, refusal.state) == (error, "s")


def test_a_client_that_did_not_register_for_codes_gets_none():
    client = known(grant_types=("client_credentials",))
    assert _sent_back(query(), client).error == "unauthorized_client"


@pytest.mark.parametrize(
    "name", ["state", "scope", "resource", "code_challenge", "prompt", "response_type", "x"]
)
def test_a_parameter_said_twice_is_an_error(name):
    value = {"resource": f"{BASE}/mcp", "scope": "mcp", "x": "1"}.get(name, "")
    changed = {name: value} if value else {}
    refusal = _sent_back(query((name, "another"), **changed))
    assert (refusal.error, name in refusal.message) == ("invalid_request", True)
    assert refusal.state == (None if name == "state" else "s")


@pytest.mark.parametrize(
    "state",
    ["a", "s" * 2000, "a b+c&d=e%", "\u00e4\U0001f600", '"<script>"', "\x00\x1f", "%2525", " "],
)
def test_state_is_kept_byte_for_byte(state):
    kept = check(query(state=None) + f"&state={quote(state, safe='')}").state
    assert kept.encode("latin-1") == state.encode()


def test_state_that_is_no_text_is_kept_byte_for_byte():
    assert check(query(state=None) + "&state=%FF%FE").state.encode("latin-1") == b"\xff\xfe"


def test_a_state_too_long_to_give_back_is_refused_without_it():
    refusal = _sent_back(query(state="s" * 2001))
    assert (refusal.error, refusal.state) == ("invalid_request", None)


def test_an_empty_value_counts_as_left_out():
    asked = check(query(scope="", nonce="", prompt="", resource="", max_age=""))
    assert (asked.nonce, asked.prompt, asked.audience, asked.max_age) == (None, (), None, None)


@pytest.mark.parametrize("hint", ["x" * 255, "a\u0000b"])
def test_a_hint_nobody_can_use_is_left_aside(hint):
    assert check(query(login_hint=hint)).login_hint is None


# Who asks, and where the answer goes: told to the person, never by a redirect.


@pytest.mark.parametrize(
    "text",
    [
        query(client_id=None), query(("client_id", "polis_ci_y")), query(client_id="x" * 501),
        query(client_id="\u0000"), query(client_id="a b"), query(client_id="\u00e4"),
    ],
)  # fmt: skip
def test_a_request_that_names_no_client_is_for_the_person(text):
    with pytest.raises(Misdirected):
        front_door.client_id(Parameters(text))


def test_another_address_is_told_beside_the_registered_one():
    with pytest.raises(Misdirected) as refusal:
        check(query(redirect_uri=CALLBACK + "/"))
    assert refusal.value.message == f"This app sent {CALLBACK}/ but registered {CALLBACK}."


@pytest.mark.parametrize("text", [query(redirect_uri=None), query(("redirect_uri", CALLBACK))])
def test_no_address_and_two_addresses_are_for_the_person(text):
    with pytest.raises(Misdirected):
        check(text)


def test_a_wrong_address_goes_before_every_other_fault():
    with pytest.raises(Misdirected):
        check(query(redirect_uri="https://evil.example/", code_challenge=None, prompt="x"))


MUTATIONS = [  # S1
    "/", "?x=1", "?", "#", "#x", "/../callback", "/.", "%2F", "%00", "%20", " ", "\t", "\n", "\\",
    "/*", "&x", ";x", "//", ".", "\u200b", "\u0000",
]  # fmt: skip
OTHERS = [
    "http://app.example/callback", "https://app.example:443/callback",
    "https://app.example:8443/callback", "https://APP.example/callback",
    "https://app.example/Callback", "https://app.example/callbac", "https://app.example//callback",
    "https://app.example/%63allback", "https://x.app.example/callback",
    "https://app.example.evil.example/callback", "https://evilapp.example/callback",
    "https://app.example@evil.example/callback", "https://kim@app.example/callback",
    "https://app.example./callback", "https://\u0430pp.example/callback",
    "https://app.example\\@evil.example/callback", "//app.example/callback", "/callback",
    "app.example/callback", "javascript:alert(1)", "data:text/html,x", "https://",
    "https://evil.example/?https://app.example/callback", "https:app.example/callback",
    "HTTPS://app.example/callback", " https://app.example/callback",
]  # fmt: skip


@pytest.mark.parametrize("sent", [*(CALLBACK + each for each in MUTATIONS), *OTHERS])
def test_no_mutation_of_a_redirect_address_passes(sent):
    with pytest.raises(Misdirected):
        check(query(redirect_uri=sent))
