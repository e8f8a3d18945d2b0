"""What connectors were seen to fail on elsewhere, each failure met here as its client meets it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from app.domain.clients import sweep
from app.kit import clock
from app.models.clients import Client
from tests import oauth
from tests.domain.clients.fetched import TableFetcher, status
from tests.oauth import REDIRECT
from tests.rounds import rounds
from tests.together import together
from tests.tools.installation import running
from tests.web.oauth.journey import (
    NAMES,
    REGISTER,
    approval,
    as_agent,
    registered,
    registration,
    statuses,
)
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import BASE, address, told, visitor

CALLBACK = "https://claude.ai/api/mcp/auth_callback"
DOCUMENT = "https://claude.ai/oauth/mcp-oauth-client-metadata"
EGRESS = "160.79.104.7"
SERVER = "/.well-known/oauth-authorization-server"


def get(polis, url, **headers):
    return polis.app.test_client().get(url.removeprefix(BASE), base_url=BASE, headers=headers)


@pytest.mark.parametrize("path", NAMES)
def test_connector_1_a_token_is_followed_by_calls_at_either_name(polis, kim, path):
    challenge = polis.as_(None, path).ask("initialize").headers["WWW-Authenticate"]
    document = get(polis, challenge.partition('resource_metadata="')[2].partition('"')[0]).json
    assert document["resource"] == f"{BASE}{path}"
    client, program = registered(polis, redirect_uris=[CALLBACK], client_name="Claude")
    asked = {"resource": document["resource"], "scope": "mcp offline_access", "prompt": "consent"}
    given = approval(kim, client, **asked)
    made = program.exchange(given, redirect_uri=CALLBACK, resource=document["resource"])
    assert made.status_code == 200
    agent = as_agent(polis, kim.who, made.json["access_token"], path)
    assert agent.result("initialize", {"protocolVersion": "2025-11-25"})
    assert agent.result("tools/list")["tools"]


@pytest.mark.parametrize("path", NAMES)
def test_connector_2_a_fresh_token_is_good_at_the_address_it_was_asked_for(polis, kim, path):
    client, program = registered(polis)
    resource = get(polis, f"/.well-known/oauth-protected-resource{path}").json["resource"]
    given = approval(kim, client, resource=resource)
    token = program.exchange(given, resource=resource).json["access_token"]
    for typed in (path, f"{path}/"):
        assert as_agent(polis, kim.who, token, typed).ask("tools/list").status_code == 200
    assert statuses(polis, kim.who, token) == [200 if name == path else 401 for name in NAMES]


def test_connector_3_the_network_and_names_of_a_platforms_servers_close_no_door(polis, kim):
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    client, _ = registered(polis)
    with running(replace(polis.services, settings=settings)) as limited:
        for _ in range(9):
            given = oauth.approved(polis.services, kim.who, client, scopes=("mcp",))
            made = Program(limited.app, client, address=EGRESS).exchange(given)
            agent = as_agent(limited, kim.who, made.json["access_token"])
            agent.peer = EGRESS
            for name in ("python-httpx/0.28.1", "Claude-User", "openai-mcp/1.0.0 (ChatGPT)"):
                assert agent.ask("ping", user_agent=name).status_code == 200


def test_connector_4_a_client_that_finds_no_document_is_served_where_it_guesses(polis, kim):
    for path in ("", *NAMES):
        assert get(polis, f"/.well-known/oauth-protected-resource{path}").status_code == 200
        assert get(polis, f"{SERVER}{path}").status_code == 200
    made = registration(polis, path="/register").json
    client = oauth.client(polis.services)._replace(client_id=made["client_id"])
    page = kim.get(address(client).replace("/oauth/authorize", "/authorize"))
    form = {
        "grant_type": "authorization_code", "client_id": made["client_id"],
        "code": told(kim.answer(page, "approve"))["code"], "redirect_uri": REDIRECT,
        "code_verifier": oauth.VERIFIER,
    }  # fmt: skip
    assert polis.app.test_client().post("/token", base_url=BASE, data=form).status_code == 200


@pytest.mark.parametrize("method", ["none", "client_secret_post", "client_secret_basic"])
def test_connector_5_the_method_a_client_asks_for_is_the_one_it_gets(polis, kim, method):
    made = registration(polis, token_endpoint_auth_method=method)
    assert (made.status_code, made.json["token_endpoint_auth_method"]) == (201, method)
    assert ("client_secret" in made.json) is (method != "none")
    client = oauth.client(polis.services)._replace(client_id=made.json["client_id"])
    form = {
        "grant_type": "authorization_code", "code": approval(kim, client).code,
        "redirect_uri": REDIRECT, "code_verifier": oauth.VERIFIER,
    }  # fmt: skip
    proof = {"client_id": client.client_id}
    secret = made.json.get("client_secret", "")
    if method == "client_secret_basic":
        answer = Program(polis.app, client, secret).send("/api/oauth/token", form)
    else:
        more = {"client_secret": secret} if secret else {}
        answer = Program(polis.app, client).send("/api/oauth/token", {**form, **proof, **more})
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["none", "client_secret_post", "private_key_jwt"])
def test_connector_6_no_field_of_a_registration_is_null_or_empty(polis, method):
    keys = {"jwks_uri": "https://app.example/keys"} if method == "private_key_jwt" else {}
    made = registration(polis, token_endpoint_auth_method=method, client_uri="", **keys).json
    assert [name for name, value in made.items() if value in (None, "", [], {})] == []


@pytest.mark.parametrize("wall", [403, 429, 500])
def test_connector_7_a_vendors_document_behind_a_wall_is_known_all_the_same(polis, wall):
    claude = oauth.client(polis.services)._replace(client_id=DOCUMENT, redirect_uris=(CALLBACK,))
    walled = TableFetcher(**{DOCUMENT: status(wall)})
    with running(replace(polis.services, fetcher=walled)) as installation:
        kim = visitor(installation)
        assert "Allow Claude" in kim.ask(claude, prompt="consent").text
        stranger = claude._replace(client_id="https://stranger.example/client.json")
        assert kim.ask(stranger).status_code == 400


def test_connector_8_a_second_click_ends_on_a_friendly_page(polis, kim):
    client, _ = registered(polis)
    page = kim.ask(client)
    assert "code" in told(kim.answer(page, "approve"))
    again = kim.answer(page, "approve")
    assert (again.status_code, "already connected" in again.text) == (200, True)
    assert "Location" not in again.headers
    assert len(kim.grants()) == 1


def test_connector_9_nobody_signs_in_again_tomorrow(polis, kim):
    assert "offline_access" in get(polis, SERVER).json["scopes_supported"]
    client, program = registered(polis)
    for scope in ("mcp", "mcp offline_access"):
        made = program.exchange(approval(kim, client, scope=scope)).json
        assert (made["expires_in"], "refresh_token" in made) == (2592000, True)
    with time_machine.travel(clock.now() + timedelta(days=29, hours=23), tick=False):
        assert statuses(polis, kim.who, made["access_token"]) == [200, 200]
        assert program.refresh(made["refresh_token"]).json["expires_in"] == 2592000


def test_connector_10_refreshes_at_once_leave_the_connection_alive(polis, kim):
    client, program = registered(polis)
    for _ in range(rounds(20)):
        token = program.exchange(
            oauth.approved(polis.services, kim.who, client, scopes=("mcp",))
        ).json
        answers = together(8, lambda _, t=token: program.refresh(t["refresh_token"]).json)
        assert len({each["refresh_token"] for each in answers}) == 1
        assert statuses(polis, kim.who, answers[0]["access_token"]) == [200, 200]
        assert program.refresh(answers[0]["refresh_token"]).status_code == 200


def test_connector_11_a_client_in_use_is_kept_and_a_gone_one_told_to_register_again(polis, kim):
    client, program = registered(polis)
    token = program.exchange(approval(kim, client)).json["refresh_token"]
    long_after = clock.now() + timedelta(days=80)
    with polis.services.transaction() as session:
        sweep.unused(session, long_after)
    with time_machine.travel(long_after, tick=False):
        assert program.refresh(token).status_code == 200
    with polis.services.transaction() as session:
        gone = update(Client).where(Client.id == client.id).values(ended_at=clock.now())
        session.execute(gone)
    answer = program.refresh(token)
    assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")


def test_connector_12_a_client_registered_without_a_scope_may_ask_for_openid(polis, kim):
    client, program = registered(polis, scope=None)
    made = program.exchange(approval(kim, client, scope="openid email profile mcp")).json
    assert made["scope"] == "mcp openid profile email"
    assert "id_token" in made


def test_connector_13_a_refresh_that_names_no_scope_keeps_the_first(polis, kim):
    client, program = registered(polis)
    made = program.exchange(approval(kim, client, scope="mcp:read openid")).json
    for _ in range(3):
        made = program.refresh(made["refresh_token"]).json
        assert made["scope"] == "mcp:read openid"


def test_a_registration_is_json_and_a_token_request_a_form(polis):
    _, program = registered(polis)
    json_ = program.send("/api/oauth/token", b"{}", **{"Content-Type": "application/json"})
    assert (json_.status_code, json_.json["error"]) == (400, "invalid_request")
    form = polis.app.test_client().post(REGISTER, base_url=BASE, data={"client_name": "x"})
    assert (form.status_code, form.json["error"]) == (400, "invalid_client_metadata")
