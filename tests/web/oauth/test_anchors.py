"""What the standards ask of an authorization server, each demand with its figure, on the wire."""

import inspect
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import time_machine
from sqlalchemy import func, select

from app.domain.clients.metadata import DEVICE
from app.domain.fetching import Fetcher
from app.domain.grants import codes
from app.kit import clock, ids
from app.models.grants import AuthorizationCode
from tests import oauth
from tests.domain.clients.fetched import TableFetcher, document
from tests.domain.clients.test_redirects import MUTATIONS, REGISTERED
from tests.domain.grants.apps import CHALLENGE
from tests.domain.grants.test_front_door import FAULTS
from tests.oauth import VERIFIER
from tests.rounds import rounds
from tests.tools.installation import running
from tests.web.oauth.journey import approval, as_agent, registered, statuses
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import BASE, Visitor, address, told, visitor


def codes_kept(polis) -> int:
    with polis.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(AuthorizationCode))


def test_s1_no_mutation_of_a_redirect_address_is_good_for_a_code(polis, kim):
    assert len(MUTATIONS) >= 40
    app = oauth.client(polis.services, redirect_uris=[REGISTERED])
    given, program = approval(kim, app), Program(polis.app, app)
    for mutation in MUTATIONS:
        answer = program.exchange(given, redirect_uri=mutation)
        assert (answer.status_code, "access_token" in answer.json) == (400, False), mutation
    assert program.exchange(given, redirect_uri=REGISTERED).status_code == 200


AT_THE_DOOR = {  # RFC 9700 §2.1.1, §4.8
    "no challenge": {"code_challenge": None, "code_challenge_method": None},
    "a method alone": {"code_challenge": None},
    "plain": {"code_challenge": VERIFIER, "code_challenge_method": "plain"},
    "no method": {"code_challenge_method": None},
    "a short one": {"code_challenge": CHALLENGE[:-1]},
}
AT_THE_TOKEN = {
    "no verifier": {"code_verifier": ""},
    "another verifier": {"code_verifier": "w" * 43},
    "the challenge itself": {"code_verifier": codes.challenge(VERIFIER)},
    "a short one": {"code_verifier": VERIFIER[:42]},
}


@pytest.mark.parametrize("asked", AT_THE_DOOR.values(), ids=AT_THE_DOOR)
@pytest.mark.parametrize("method", ["none", "client_secret_basic"])
def test_s2_no_code_without_a_digest_as_challenge(polis, kim, asked, method):
    app, before = oauth.client(polis.services, auth_methods=method), codes_kept(polis)
    assert told(kim.ask(app, **asked))["error"] == "invalid_request"
    assert codes_kept(polis) == before


@pytest.mark.parametrize("sent", AT_THE_TOKEN.values(), ids=AT_THE_TOKEN)
def test_s2_no_token_without_its_verifier(kim, client, program, sent):
    given = approval(kim, client)
    assert program.exchange(given, **sent).json["error"] in {"invalid_grant", "invalid_request"}
    assert program.exchange(given).status_code == 200


@pytest.mark.parametrize("verifier", ["short", "w" * 42, "w" * 129, "w" * 42 + "+", "w" * 42 + "ä"])
def test_s2_a_verifier_is_43_to_128_unreserved_characters(kim, client, program, verifier):
    page = kim.ask(client, code_challenge=codes.challenge(verifier))
    given = oauth.Approved(client, told(kim.answer(page, "approve"))["code"])
    answer = program.exchange(given, code_verifier=verifier)
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_grant")


def test_s3_a_code_is_dead_a_second_after_its_ten_minutes(polis, kim, client, program):
    now = clock.now()
    for after, status in ((timedelta(minutes=10, seconds=-1), 200), (timedelta(seconds=601), 400)):
        given = oauth.approved(polis.services, kim.who, client, scopes=("mcp",), now=now)
        with time_machine.travel(now + after, tick=False):
            assert program.exchange(given).status_code == status


def test_s4_a_replayed_code_takes_both_tokens_along_at_the_next_request(
    polis, kim, client, program
):
    given = approval(kim, client)
    made = program.exchange(given).json
    assert program.exchange(given).status_code == 400
    assert statuses(polis, kim.who, made["access_token"]) == [401, 401]
    assert program.refresh(made["refresh_token"]).json["error"] == "invalid_grant"


def test_s6_a_chain_used_again_and_again_dies_180_days_after_its_approval(
    polis, kim, client, program, measured
):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        made = program.exchange(
            oauth.approved(polis.services, kim.who, client, scopes=("mcp",), now=now)
        ).json
    for day in range(1, 180, 180 // rounds(180)):
        with time_machine.travel(now + timedelta(days=day), tick=False):
            made = program.refresh(made["refresh_token"]).json
    lived = 0
    for seconds in (180 * 86_400 - 1, 180 * 86_400):
        with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
            answer = program.refresh(made["refresh_token"]).json
        made, lived = (answer, seconds) if "access_token" in answer else (made, lived)
    measured("S6", "seconds a chain of refreshes lived", lived)
    assert (lived, answer["error"]) == (180 * 86_400 - 1, "invalid_grant")


class Overhears(TableFetcher):
    """Remembers everything that was handed out with a fetch."""

    def __init__(self, **pages) -> None:
        super().__init__(**pages)
        self.told = []

    def get(self, url, **limits):
        self.told.append((url, limits))
        return super().get(url, **limits)


def test_s7_nothing_we_fetch_from_elsewhere_carries_a_callers_secret(polis):
    its = f"https://app.example/{ids.new('c')}.json"
    world = Overhears(**{its: document(its)})
    with running(replace(polis.services, fetcher=world)) as installation:
        kim = visitor(installation)
        client = oauth.client(polis.services)._replace(client_id=its)
        given, program = approval(kim, client), Program(installation.app, client)
        made = program.exchange(given).json
        again = program.refresh(made["refresh_token"]).json
        as_agent(installation, kim.who, again["access_token"]).call("polis_account")
    assert world.asked == [its]
    for secret in (given.code, *kim.cookies.values(), *made.values(), *again.values()):
        assert len(str(secret)) < 12 or str(secret) not in repr(world.told)


def test_s12_a_document_has_five_seconds_and_64_kilobytes(polis):
    its = f"https://app.example/{ids.new('c')}.json"
    world = Overhears(**{its: document(its)})
    with running(replace(polis.services, fetcher=world)) as installation:
        client = oauth.client(polis.services)._replace(client_id=its)
        assert visitor(installation).ask(client).status_code == 200
    assert world.told == [(its, {"seconds": 5.0})]
    unsaid = inspect.signature(Fetcher.get).parameters
    assert (unsaid["most_bytes"].default, unsaid["redirects"].default) == (65_536, 0)


BROKEN = [(error, change) for error, changes in FAULTS.items() for change in changes] + [
    ("invalid_scope", {"scope": "admin"}),
    ("invalid_target", {"resource": "https://evil.example/mcp"}),
    ("invalid_request", {"code_challenge_method": "plain"}),
]


@pytest.mark.parametrize(("error", "change"), BROKEN)
def test_s8_every_error_goes_back_with_state_and_issuer(kim, client, error, change):
    answer = kim.ask(client, **{"state": "a b&c", **change})
    assert answer.headers["Location"].startswith(f"{oauth.REDIRECT}?error={error}&")
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (back["state"], back["iss"]) == (["a b&c"], [BASE])


@pytest.mark.parametrize("signed_in", [True, False])
def test_s8_the_issuer_is_the_metadatas_byte_for_byte(polis, kim, client, signed_in):
    issuer = kim.get("/.well-known/oauth-authorization-server").json["issuer"]
    somebody = kim if signed_in else Visitor(polis, None)
    answers = [somebody.ask(client, prompt="none", scope=asked) for asked in ("mcp", "admin")]
    if signed_in:
        answers += [kim.answer(kim.ask(client), how) for how in ("approve", "deny")]
    for answer in answers:
        assert f"&iss={quote(issuer, safe='')}" in answer.headers["Location"]


def test_s10_only_a_code_comes_back_and_only_in_the_query(kim, client):
    for asked in (
        {"response_type": "token"}, {"response_type": "id_token"}, {"response_type": "code token"},
        {"response_mode": "fragment"}, {"response_mode": "form_post"}, {"request": "eyJ"},
        {"request_uri": "https://app.example/r"},
    ):  # fmt: skip
        answer = kim.ask(client, **asked)
        assert answer.status_code == 302
        assert "error" in told(answer)
        assert not urlsplit(answer.headers["Location"]).fragment


def test_s10_no_password_buys_a_token(program, kim):
    for grant_type in ("password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer"):
        answer = program.ask(grant_type=grant_type, username="kim", password="p", assertion="a")
        assert answer.json["error"] == "unsupported_grant_type"


def test_s11_of_two_hundred_registrations_at_once_twenty_are_taken(polis, measured):
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with (
        time_machine.travel(clock.now(), tick=False),
        running(replace(polis.services, settings=settings)) as limited,
    ):
        http = limited.app.test_client()
        answers = [
            http.post(
                "/api/oauth/register", base_url=BASE, json={"redirect_uris": [oauth.REDIRECT]},
                environ_overrides={"REMOTE_ADDR": "198.51.100.211"},
            )
            for _ in range(200)
        ]  # fmt: skip
    found = [answer.status_code for answer in answers]
    measured("S11", "registrations let through of 200 at once", found.count(201))
    assert found == [201] * 20 + [429] * 180
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers[20:])


def test_s16_consent_to_one_client_says_nothing_for_another_of_the_same_name(polis, kim):
    facts = {"client_name": "Notes", "token_endpoint_auth_method": "client_secret_basic"}
    (one, _), (two, _) = registered(polis, **facts), registered(polis, **facts)
    kim.answer(kim.ask(one), "approve")
    assert told(kim.ask(two, prompt="none"))["error"] == "consent_required"
    assert kim.ask(two).status_code == 200
    other = visitor(polis)
    assert told(other.ask(one, prompt="none"))["error"] == "consent_required"


def test_s17_a_token_in_an_address_or_a_form_is_none(polis, kim, client, program, capsys):
    token = program.exchange(approval(kim, client)).json["access_token"]
    for path in (f"/mcp?access_token={token}", f"/api/mcp?access_token={token}"):
        agent = polis.as_(None, path)
        assert agent.ask("tools/list").status_code == 401
    for path, form in (
        (f"/api/oauth/userinfo?access_token={token}", {}),
        ("/api/oauth/userinfo", {"access_token": token}),
    ):
        assert program.send(path, form).status_code == 401
    assert kim.get(address(client) + f"&access_token={token}").status_code == 200
    assert token[9:] not in "".join(capsys.readouterr())


def test_a_device_asks_for_no_challenge_and_gets_no_code(polis, kim):
    app = oauth.client(polis.services, grant_types=DEVICE)
    assert told(kim.ask(app))["error"] == "unauthorized_client"
