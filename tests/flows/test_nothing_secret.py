"""S18, S19: of all secrets of a whole run, none is in the log, the database or an error page."""

import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import MetaData, create_engine, inspect, text

from app.domain.grants import codes
from app.kit import ids, secrets
from tests.databases import DATABASES
from tests.flows.person import Person
from tests.served import Served
from tests.web.oauth.visitor import fields

EMAIL = "canary@example.com"
PASSWORDS = ("first canary under seven bridges", "second canary over eleven lakes")
VERIFIER = "a-canary-verifier-that-is-long-enough-0123456789-abcdef"
STATE, NONCE = "canary-state-8d2f61", "canary-nonce-77ab01"
REDIRECT = "https://app.example/callback"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KEY = ECKey.generate_key("P-256", {"kid": "k"})
LOST = ("users", "api_keys", "access_tokens", "clients", "work")


@pytest.fixture(params=DATABASES)
def served(request, copies, tmp_path) -> Iterator[Served]:
    """An installation of this test's own: in the end its tables are taken away."""
    url = copies.fresh(request.param, tmp_path)
    with Served(url, tmp_path, web_processes="1", worker_processes="1") as running:
        yield running


def test_s19_no_secret_of_a_whole_run_is_kept_or_told(served):
    kim = Person(served)
    signs_up(kim)
    resets(kim)
    key = makes_a_key(kim)
    tokens = connects(kim)
    connects_a_device(kim)
    reports(kim, key)
    breaks(kim, tokens)
    take_away(served)
    breaks(kim, tokens)
    told = {each for each in kim.secrets if len(each) > 8}
    assert len(told) >= 30
    served.stop()
    broken = [line for line in served.log.splitlines() if "request.failed" in line]
    assert broken, "nothing was provoked"
    assert [each for each in told | {STATE, NONCE} if each in served.log] == []
    pages = "".join(page.text for page in kim.failed)
    assert {page.status_code for page in kim.failed} >= {400, 401, 500}
    assert [each for each in told - kim.shown if each in pages] == []
    everything = kept(served)
    assert [each for each in told if each.encode() in everything] == []


def signs_up(kim: Person) -> None:
    kim.keep(*PASSWORDS)
    assert kim.fill("/signup", email=EMAIL, password=PASSWORDS[0]).status_code == 200
    assert kim.fill(kim.link(EMAIL, "Confirm")).status_code == 303
    assert kim.fill("/login?again=1", email=EMAIL, password=PASSWORDS[1]).status_code == 422
    assert kim.fill("/login?again=1", email=EMAIL, password=PASSWORDS[0]).status_code == 303


def resets(kim: Person) -> None:
    assert kim.fill("/forgot", email=EMAIL).status_code == 200
    link = kim.link(EMAIL, "Choose a new password for Polis")
    assert kim.fill(link, password=PASSWORDS[1]).status_code == 303
    assert kim.open(link).status_code == 404


def makes_a_key(kim: Person) -> str:
    made = kim.served.polis("key", "create", "--email", EMAIL, "--name", "canary")
    key = str(made["api_key"])
    kim.keep(key)
    assert kim.served.call("polis_account", {}, key)
    return key


def connects(kim: Person) -> dict:
    """Through registration, consent, exchange, refresh, introspection and userinfo."""
    method = {"token_endpoint_auth_method": "client_secret_post"}
    asked = {"redirect_uris": [REDIRECT], "client_name": "Canary", **method}
    client = sends(kim, "/api/oauth/register", json.dumps(asked), "application/json")
    kim.keep(client["client_secret"], client["registration_access_token"])
    wanted = {
        "client_id": client["client_id"], "redirect_uri": REDIRECT, "response_type": "code",
        "code_challenge": codes.challenge(VERIFIER), "code_challenge_method": "S256",
        "scope": "mcp openid email", "state": STATE, "nonce": NONCE,
    }  # fmt: skip
    kim.keep(VERIFIER)
    back = kim.fill(f"/oauth/authorize?{urlencode(wanted)}", decision="approve")
    assert back.status_code == 303, back.text
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    proof = {name: client[name] for name in ("client_id", "client_secret")}
    form = {
        **proof, "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }  # fmt: skip
    made = sends(kim, "/api/oauth/token", urlencode(form))
    form = {**proof, "grant_type": "refresh_token", "refresh_token": made["refresh_token"]}
    again = sends(kim, "/api/oauth/token", urlencode(form))
    kim.keep(
        code, *(each[name] for each in (made, again) for name in ("access_token", "refresh_token"))
    )
    kim.keep(made["id_token"])
    assert sends(kim, "/api/oauth/introspect", urlencode({**proof, "token": again["access_token"]}))
    bearer = {"Authorization": f"Bearer {again['access_token']}"}
    assert kim.open("/api/oauth/userinfo", **bearer).status_code == 200
    assert kim.served.call("polis_account", {}, again["access_token"])
    return {**again, **proof, "code": code}


def connects_a_device(kim: Person) -> None:
    asked = {"client_name": "Shell", "grant_types": [DEVICE, "refresh_token"]}
    client = sends(kim, "/api/oauth/register", json.dumps(asked), "application/json")
    kim.keep(client["registration_access_token"])
    named = {"client_id": client["client_id"]}
    device = sends(kim, "/api/oauth/device", urlencode(named))
    code = device["user_code"]
    kim.keep(device["device_code"], code, code.replace("-", ""))
    kim.shown |= {code}
    page = kim.fill("/device", user_code=code)
    assert kim.open("/device", {**fields(page), "decision": "approve"}).status_code == 200
    form = {**named, "grant_type": DEVICE, "device_code": device["device_code"]}
    made = sends(kim, "/api/oauth/token", urlencode(form))
    kim.keep(made["access_token"], made["refresh_token"])


def reports(kim: Person, key: str) -> None:
    """A key that leaked, by the form and by a message nobody signed."""
    body = json.dumps([{"token": key, "type": "polis", "url": "https://x.example/"}])
    sends(kim, "/api/integrations/github/secret-scanning", body, "application/json", 400)
    assert kim.fill("/report-leak", secret=key).status_code == 200


def breaks(kim: Person, tokens: dict) -> None:
    """Every secret at every door, in ways nobody meant and to whatever happens then."""
    unknown = secrets.mint("polis_dc_")
    claims = {"iss": "x", "sub": "x", "aud": "x", "jti": ids.new("j"), "exp": 2**31}
    assertion = jwt.encode({"alg": "ES256", "kid": "k"}, claims, KEY)
    kim.keep(unknown, assertion)
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


def sends(
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


def take_away(served: Served) -> None:
    """What no request of anybody can do: the tables are gone under a running server."""
    engine = create_engine(url_of(served))
    with engine.begin() as connection:
        for table in LOST:
            connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
    engine.dispose()


def kept(served: Served) -> bytes:
    """Everything the database holds, row by row, and its files where it has some here."""
    engine, tables = create_engine(url_of(served)), MetaData()
    tables.reflect(engine)
    found = []
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(table.select()):
                found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
        assert len(inspect(connection).get_table_names()) > 20
    engine.dispose()
    names = re.compile(r"(demo\.json|secret_key|serve\.log)$")
    files = (each for each in served.folder.rglob("*") if each.is_file())
    return b"\0".join(found + [each.read_bytes() for each in files if not names.search(each.name)])


def url_of(served: Served) -> str:
    return served.environment["POLIS_DATABASE_URL"].replace(
        "postgresql://", "postgresql+psycopg://"
    )
