"""One person's life at Polis in which every kind of secret is met, used, and then misused."""

import json
import re
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import pyotp
from joserfc import jwt
from joserfc.jwk import ECKey

from app.domain.grants import codes
from app.domain.webhooks.catalogue import EVENTS
from app.kit import ids, secrets
from tests.flows.person import Person
from tests.flows.secret_others import Others, opened, ran, troubled
from tests.web.oauth.visitor import fields

EMAIL, NEW_EMAIL = "canary@example.com", "canary.moved@example.com"
PASSWORDS = ("first canary under seven bridges", "second canary over eleven lakes")
VERIFIER = "a-canary-verifier-that-is-long-enough-0123456789-abcdef"
STATE, NONCE = "canary-state-8d2f61", "canary-nonce-77ab01"
REDIRECT = "https://app.example/callback"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KEY = ECKey.generate_key("P-256", {"kid": "k"})
KINDS = {
    "access token", "assertion", "authorization code", "authenticator offer", "authenticator seed",
    "client secret", "cookie", "device code", "form token", "id token", "key", "link: claim",
    "link: invitation", "link: moving", "link: reset", "link: sign in", "link: undoing",
    "link: verify", "operator", "password", "pay link", "provisioned key", "recovery code",
    "refresh token", "registration token", "share link", "user code", "verifier", "webhook secret",
}  # fmt: skip


def lived(kim: Person, others: Others) -> dict:
    """Everything somebody can be told in confidence; gives the tokens of their app."""
    opened(kim)
    _signs_up(kim)
    _resets(kim)
    _has_a_link_sent(kim)
    key = _makes_a_key(kim)
    _shares_a_run(kim, key)
    tokens = _connects(kim)
    _connects_a_device(kim)
    _hears_by_webhook(kim)
    _invites_and_provisions(kim)
    _sets_a_second_factor(kim)
    _moves(kim)
    troubled(kim, others, key, NEW_EMAIL)
    _reports(kim, key)
    return tokens


def breaks(kim: Person, tokens: dict) -> None:
    """Every secret at every door, in ways nobody meant and to whatever happens then."""
    unknown = secrets.mint("polis_dc_")
    claims = {"iss": "x", "sub": "x", "aud": "x", "jti": ids.new("j"), "exp": 2**31}
    assertion = jwt.encode({"alg": "ES256", "kid": "k"}, claims, KEY)
    kim.keep("device code", unknown)
    kim.keep("assertion", assertion)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    for grant, name, value in (
        ("authorization_code", "code", tokens["code"]),
        ("refresh_token", "refresh_token", tokens["refresh_token"]),
        (DEVICE, "device_code", unknown),
    ):
        form = {"grant_type": grant, name: value, "client_id": tokens["client_id"]}
        kim.open("/api/oauth/token", {**form, "client_secret": tokens["client_secret"]})
        kim.open(
            "/api/oauth/token",
            {**form, "client_assertion": assertion, "client_assertion_type": ASSERTED},
        )
        kim.open(f"/api/oauth/token?{urlencode(form)}", {"x": value})
        kim.open("/api/oauth/revoke", {"token": value + "\n", "client_id": "x"})
    for path in ("/api/oauth/userinfo", "/app/", "/api/oauth/register/x", "/mcp", "/nowhere"):
        kim.open(f"{path}?{urlencode({'access_token': tokens['access_token']})}", **bearer)
        kim.open(path, {"password": PASSWORDS[1], "token": tokens["refresh_token"]}, **bearer)
    kim.open(f"/link/{secrets.mint('polis_ml_')}")
    kim.open("/login")
    kim.open("/oauth/authorize?" + urlencode({"client_id": tokens["client_id"], "state": STATE}))


def _has_a_link_sent(kim: Person) -> None:
    """A link to sign in by, asked for and left."""
    assert kim.fill("/login?again=1", email=EMAIL, how="link").status_code == 200
    kim.link(EMAIL, "Your link to sign in to Polis", "sign in")


def _shares_a_run(kim: Person, key: str) -> None:
    """A run whose report is shared."""
    run_id = ran(kim, key, "canary run")["run_id"]
    page = kim.press(f"/app/runs/{run_id}", f"/app/runs/{run_id}/shares", days="30")
    kim.keep("share link", re.search(r"/s/([\w.-]+)", page.text)[1])


def _hears_by_webhook(kim: Person) -> None:
    wanted = {"url": "https://hooks.canary.invalid/x", "description": "x", "events": list(EVENTS)}
    made = kim.press("/app/webhooks", "/app/webhooks", **wanted)
    kim.keep("webhook secret", re.search(r"whsec_[\w+/=-]+", made.text)[0])


def _invites_and_provisions(kim: Person) -> None:
    """Letters to people who are not here yet."""
    guest, agent = "guest@example.com", "agent@example.com"
    sent = kim.press("/app/team", "/app/team/invitations", email=guest, role="member")
    assert sent.status_code == 303, sent.text
    kim.link(guest, "You are invited to an organization at Polis", "invitation")
    made = _sends(kim, "/api/provision", json.dumps({"email": agent}), "application/json")
    kim.keep("provisioned key", made["api_key"])
    links = made["checkout_urls"].values()
    kim.keep("pay link", *(each.rpartition(".")[2] for each in links))
    kim.link(agent, "Claim what was set up for you at Polis", "claim")


def _sets_a_second_factor(kim: Person) -> None:
    """An authenticator app, and with it the first recovery codes."""
    path = "/app/settings/authenticator"
    page = kim.open(path)
    seed = re.search(r'id="seed">(\w+)<', page.text)[1]
    form = fields(page)
    kim.keep("authenticator seed", seed)
    kim.keep("authenticator offer", form["offer"])
    made = kim.open(path, {**form, "code": pyotp.TOTP(seed).now()})
    found = re.findall(r"<li><code>([^<]+)</code>", made.text)
    assert len(found) == 10, made.text
    kim.keep("recovery code", *found)


def _moves(kim: Person) -> None:
    """Another address, and the letter that could undo it."""
    asked = kim.press("/app/settings/email", "/app/settings/email", email=NEW_EMAIL)
    assert asked.status_code == 200, asked.text
    moved = kim.fill(kim.link(NEW_EMAIL, "Confirm your new address for Polis", "moving"))
    assert moved.status_code in {200, 303}, moved.text
    kim.link(EMAIL, "Your address at Polis was changed", "undoing")


def _signs_up(kim: Person) -> None:
    kim.keep("password", *PASSWORDS)
    assert kim.fill("/signup", email=EMAIL, password=PASSWORDS[0]).status_code == 200
    assert kim.fill(kim.link(EMAIL, "Confirm", "verify")).status_code == 303
    assert kim.fill("/login?again=1", email=EMAIL, password=PASSWORDS[1]).status_code == 422
    assert kim.fill("/login?again=1", email=EMAIL, password=PASSWORDS[0]).status_code == 303


def _resets(kim: Person) -> None:
    assert kim.fill("/forgot", email=EMAIL).status_code == 200
    link = kim.link(EMAIL, "Choose a new password for Polis", "reset")
    assert kim.fill(link, password=PASSWORDS[1]).status_code == 303
    assert kim.open(link).status_code == 404


def _makes_a_key(kim: Person) -> str:
    made = kim.served.polis("key", "create", "--email", EMAIL, "--name", "canary")
    key = str(made["api_key"])
    kim.keep("key", key)
    assert kim.served.call("polis_account", {}, key)
    return key


def _connects(kim: Person) -> dict:
    """Through registration, consent, exchange, refresh, introspection and userinfo."""
    method = {"token_endpoint_auth_method": "client_secret_post"}
    asked = {"redirect_uris": [REDIRECT], "client_name": "Canary", **method}
    client = _sends(kim, "/api/oauth/register", json.dumps(asked), "application/json")
    kim.keep("client secret", client["client_secret"])
    kim.keep("registration token", client["registration_access_token"])
    wanted = {
        "client_id": client["client_id"], "redirect_uri": REDIRECT, "response_type": "code",
        "code_challenge": codes.challenge(VERIFIER), "code_challenge_method": "S256",
        "scope": "mcp openid email", "state": STATE, "nonce": NONCE,
    }  # fmt: skip
    kim.keep("verifier", VERIFIER)
    back = kim.fill(f"/oauth/authorize?{urlencode(wanted)}", decision="approve")
    assert back.status_code == 303, back.text
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    proof = {name: client[name] for name in ("client_id", "client_secret")}
    form = {
        **proof, "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }  # fmt: skip
    made = _sends(kim, "/api/oauth/token", urlencode(form))
    form = {**proof, "grant_type": "refresh_token", "refresh_token": made["refresh_token"]}
    again = _sends(kim, "/api/oauth/token", urlencode(form))
    kim.keep("authorization code", code)
    kim.keep("access token", made["access_token"], again["access_token"])
    kim.keep("refresh token", made["refresh_token"], again["refresh_token"])
    kim.keep("id token", made["id_token"])
    assert _sends(
        kim, "/api/oauth/introspect", urlencode({**proof, "token": again["access_token"]})
    )
    bearer = {"Authorization": f"Bearer {again['access_token']}"}
    assert kim.open("/api/oauth/userinfo", **bearer).status_code == 200
    assert kim.served.call("polis_account", {}, again["access_token"])
    return {**again, **proof, "code": code}


def _connects_a_device(kim: Person) -> None:
    asked = {"client_name": "Shell", "grant_types": [DEVICE, "refresh_token"]}
    client = _sends(kim, "/api/oauth/register", json.dumps(asked), "application/json")
    kim.keep("registration token", client["registration_access_token"])
    named = {"client_id": client["client_id"]}
    device = _sends(kim, "/api/oauth/device", urlencode(named))
    code = device["user_code"]
    kim.keep("device code", device["device_code"])
    kim.keep("user code", code, code.replace("-", ""))
    kim.shown |= {code}
    page = kim.fill("/device", user_code=code)
    assert kim.open("/device", {**fields(page), "decision": "approve"}).status_code == 200
    form = {**named, "grant_type": DEVICE, "device_code": device["device_code"]}
    made = _sends(kim, "/api/oauth/token", urlencode(form))
    kim.keep("access token", made["access_token"])
    kim.keep("refresh token", made["refresh_token"])


def _reports(kim: Person, key: str) -> None:
    """A key that leaked, by the form and by a message nobody signed."""
    body = json.dumps([{"token": key, "type": "polis", "url": "https://x.example/"}])
    _sends(kim, "/api/integrations/github/secret-scanning", body, "application/json", 400)
    assert kim.fill("/report-leak", secret=key).status_code == 200


def _sends(
    kim: Person, path: str, body: str, kind="application/x-www-form-urlencoded", status=200
) -> dict:
    """One request of a program; what it is told."""

    connection = HTTPConnection("127.0.0.1", kim.served.port, timeout=60)
    connection.request("POST", path, body, {"Content-Type": kind})
    answer = connection.getresponse()
    told = json.loads(answer.read())
    connection.close()
    assert answer.status in {status, 201}, told
    return told
