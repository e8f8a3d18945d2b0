"""The device flow on the wire (RFC 8628): what a device is told, until it has its tokens."""

import re
from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select

from app.domain.clients.metadata import DEVICE
from app.domain.grants import device as requests
from app.domain.grants import end
from app.kit import clock
from app.models.grants import DeviceRequest
from tests import oauth
from tests.together import together
from tests.tools.installation import running
from tests.web.oauth.gadget import ASK, Gadget, answered, gadget
from tests.web.oauth.registrar import Registrar

BASE = "http://127.0.0.1:8000"
NOW = clock.now()


@pytest.fixture
def device(polis):
    return gadget(polis)


@pytest.fixture
def moment():
    """A clock that moves when it is told to."""
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


# Asking for codes.


def test_a_device_is_told_where_its_person_goes_and_how_often_to_ask(device):
    answer = device.ask(scope="mcp")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json
    assert re.fullmatch(r"polis_dc_[0-9A-Za-z]{38}", told["device_code"])
    assert re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", told["user_code"])
    assert told["verification_uri"] == f"{BASE}/device"
    assert told["verification_uri_complete"] == f"{BASE}/device?user_code={told['user_code']}"
    assert (told["expires_in"], told["interval"]) == (600, 6)


def test_neither_code_is_kept_in_plain(polis, device):
    device.ask()
    with polis.services.database.reading() as session:
        row = session.scalars(
            select(DeviceRequest).where(DeviceRequest.client_id == device.client.id)
        ).one()
    kept = repr([getattr(row, each.key) for each in DeviceRequest.__mapper__.attrs])
    assert device.codes["device_code"] not in kept
    assert device.codes["user_code"].replace("-", "") not in kept


def test_only_a_client_registered_for_the_grant_may_ask(polis):
    device = gadget(polis, grant_types="authorization_code refresh_token")
    answer = device.ask()
    assert (answer.status_code, answer.json["error"]) == (400, "unauthorized_client")
    device.codes = {"device_code": "polis_dc_x"}
    assert device.poll().json["error"] == "unauthorized_client"


def test_a_program_registers_for_the_grant_without_a_redirect(polis):
    answer = Registrar(polis.services).ask(json={"grant_types": [DEVICE], "client_name": "Shell"})
    assert answer.status_code == 201
    assert answer.json["grant_types"] == [DEVICE]
    assert "redirect_uris" not in answer.json


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"scope": "mcp everything"}, "invalid_scope"),
        ({"scope": "email"}, "invalid_scope"),
        ({"resource": "https://elsewhere.example/mcp"}, "invalid_target"),
    ],
)
def test_what_a_device_asks_for_is_checked_before_anybody_waits(polis, form, error):
    answer = gadget(polis, scopes="mcp mcp:read").ask(**form)
    assert (answer.status_code, answer.json["error"]) == (400, error)


def test_an_unknown_client_is_refused_as_at_the_token_endpoint(polis, device):
    nobody = Gadget(polis, device.client._replace(client_id="polis_ci_nobody"))
    answer = nobody.ask()
    assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")


def test_a_client_with_a_secret_has_to_prove_itself(polis):
    device = gadget(polis, auth_methods="client_secret_basic")
    assert device.ask().status_code == 401
    device.secret = "polis_cs_wrong"
    assert device.ask().status_code == 401


def test_json_is_no_form_and_get_is_no_question(polis, device):
    http = polis.app.test_client()
    answer = http.post(ASK, json={"client_id": device.client.client_id}, base_url=BASE)
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")
    assert http.get(ASK, base_url=BASE).status_code == 405


def test_no_web_page_may_ask(device):
    device.ask()
    answer = device.send(ASK, {"client_id": device.client.client_id}, Origin="https://x.example")
    assert "Access-Control-Allow-Origin" not in answer.headers


# Waiting.


def test_until_somebody_answers_the_device_is_told_to_wait(device, moment):
    device.ask()
    answer = device.poll()
    assert (answer.status_code, answer.json["error"]) == (400, "authorization_pending")
    assert answer.headers["Cache-Control"] == "no-store"
    moment.shift(6)
    assert device.poll().json["error"] == "authorization_pending"


def test_too_early_a_poll_makes_every_later_one_wait_longer(device, moment):
    device.ask()
    device.poll()
    moment.shift(2)
    assert device.poll().json["error"] == "slow_down"
    moment.shift(7)
    assert device.poll().json["error"] == "slow_down"
    moment.shift(16)
    assert device.poll().json["error"] == "authorization_pending"


def test_after_ten_minutes_the_code_is_dead(device, kim, moment):
    device.ask()
    moment.shift(600)
    answer = device.poll()
    assert (answer.status_code, answer.json["error"]) == (400, "expired_token")


def test_a_refusal_is_told(device, kim):
    device.ask()
    answered(kim, device, "deny")
    answer = device.poll()
    assert (answer.status_code, answer.json["error"]) == (400, "access_denied")
    assert kim.grants() == []


def test_every_word_a_device_hears_is_explained_where_its_refusal_leads(polis, device):
    device.ask()
    assert device.poll().json["error_uri"] == f"{BASE}/docs/troubleshooting#authorization_pending"
    page = polis.app.test_client().get("/docs/troubleshooting.md", base_url=BASE).text
    for word in ("authorization_pending", "slow_down", "expired_token", "access_denied"):
        assert f"## {word}\n" in page


# Tokens.


def test_an_approved_device_gets_its_tokens_once(polis, device, kim):
    device.ask(scope="mcp email")
    device.poll()
    answered(kim, device)
    given = device.poll()
    assert given.status_code == 200, given.text
    assert given.json["scope"] == "mcp email"
    assert given.json["token_type"] == "Bearer"
    assert given.json["access_token"].startswith("polis_at_")
    assert given.json["refresh_token"].startswith("polis_rt_")
    again = device.poll()
    assert (again.status_code, again.json["error"]) == (400, "invalid_grant")
    agent = polis.as_(replace(kim.who, key=given.json["access_token"]))
    assert agent.call("polis_account")["organization"]


def test_of_many_polls_at_once_one_gets_the_tokens(device, kim):
    device.ask()
    answered(kim, device)
    statuses = [answer.status_code for answer in together(8, lambda _: device.poll())]
    assert sorted(statuses) == [200] + [400] * 7


def test_a_device_that_asked_for_openid_learns_who_approved(device, kim):
    device.ask(scope="mcp openid")
    answered(kim, device)
    assert device.poll().json["id_token"].count(".") == 2


def test_a_client_registered_without_refreshing_gets_no_refresh_token(polis, kim):
    device = gadget(polis, grant_types=DEVICE)
    device.ask()
    answered(kim, device)
    assert "refresh_token" not in device.poll().json


def test_what_the_device_was_given_can_be_refreshed(polis, device, kim):
    device.ask()
    answered(kim, device)
    made = oauth.refresh(polis.services, device.client, device.poll().json["refresh_token"])
    assert made.access_token.startswith("polis_at_")


def test_another_clients_device_code_is_good_for_nothing(polis, device, kim):
    device.ask()
    answered(kim, device)
    thief = gadget(polis)
    thief.codes = device.codes
    answer = thief.poll()
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_grant")
    assert device.poll().status_code == 200


def test_a_user_code_is_no_device_code(device, kim):
    device.ask()
    answered(kim, device)
    answer = device.poll(device_code=device.codes["user_code"])
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_grant")


def test_a_connection_that_ended_before_the_poll_gives_nothing(polis, device, kim):
    device.ask()
    answered(kim, device)
    with polis.services.transaction() as session:
        end.grant(session, kim.grants()[0].id, "disconnected", clock.now())
    assert device.poll().json["error"] == "invalid_grant"


def test_tokens_are_good_where_the_device_asked_for(device, kim):
    device.ask(resource=f"{BASE}/mcp")
    answered(kim, device)
    other = device.poll(resource=f"{BASE}/api/mcp")
    assert other.json["error"] == "invalid_target"
    assert device.poll(resource=f"{BASE}/mcp").status_code == 200
    assert kim.grants()[0].audience == "/mcp"


# Limits.


@pytest.fixture
def limited(polis, moment):
    """The same installation with its limits on."""
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with running(replace(polis.services, settings=settings)) as installation:
        yield installation


def test_a_device_that_polls_as_told_is_never_refused(limited, moment):
    device = gadget(limited)
    device.ask()
    for _ in range(99):
        moment.shift(6)
        assert device.poll().json["error"] == "authorization_pending"
    moment.shift(6)
    assert device.poll().json["error"] == "expired_token"


def test_rubbish_from_the_same_network_does_not_stop_a_waiting_device(limited, moment):
    device = gadget(limited)
    device.ask()
    rubbish = [device.poll(device_code="polis_dc_rubbish").status_code for _ in range(12)]
    assert rubbish == [400] * 10 + [429] * 2
    assert device.poll().json["error"] == "authorization_pending"


def test_a_network_asks_for_ten_codes_a_minute_and_others_go_on(limited):
    device = gadget(limited)
    assert [device.ask().status_code for _ in range(11)] == [200] * 10 + [429]
    assert Gadget(limited, device.client, address="203.0.113.5").ask().status_code == 200
    assert gadget(limited).ask().status_code == 200


def test_what_nobody_asks_about_any_more_is_forgotten(polis, device, moment):
    device.ask()
    moment.shift(600 + 3600)
    with polis.services.transaction() as session:
        assert requests.forget_old(session, clock.now()) >= 1
    assert device.poll().json["error"] == "invalid_grant"
