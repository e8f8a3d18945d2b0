"""The sixteen gaps a stock wiring of the library leaves, each closed as the wire shows it.

What each rule means in detail stands beside the rule (`tests/domain/grants`, `test_register.py`).
"""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.domain import mails
from app.kit import clock, secrets
from app.models.grants import AccessToken
from app.models.work import Work
from tests import oauth
from tests.oauth import REDIRECT
from tests.rounds import rounds
from tests.together import together
from tests.web.oauth.journey import (
    PRIVATE,
    approval,
    as_agent,
    registered,
    registration,
    statuses,
)
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import BASE, told

EVIL = "https://evil.example/mcp"


def refused(kim, client, **asked) -> str:
    """The error a request goes back with; nobody was asked, and nothing was approved."""
    answer = told(kim.ask(client, **asked))
    assert "code" not in answer
    assert kim.grants() == []
    return answer["error"]


def test_gap_1_without_a_challenge_there_is_no_code(kim, client):
    assert refused(kim, client, code_challenge=None) == "invalid_request"
    assert (
        refused(kim, client, code_challenge=None, code_challenge_method=None) == "invalid_request"
    )


def test_gap_2_a_plain_challenge_and_an_unnamed_method_are_refused(kim, client):
    for method in ("plain", None, "s256"):
        assert refused(kim, client, code_challenge_method=method) == "invalid_request"


def test_gap_3_a_foreign_resource_is_refused_and_ours_is_kept_on_every_token(
    polis, kim, client, program
):
    assert refused(kim, client, resource=EVIL) == "invalid_target"
    given = approval(kim, client, resource=f"{BASE}/mcp")
    for foreign in (EVIL, f"{BASE}/api/mcp"):
        assert program.exchange(given, resource=foreign).json["error"] == "invalid_target"
    first = program.exchange(given).json
    second = program.refresh(first["refresh_token"]).json
    for each in (first, second):
        assert statuses(polis, kim.who, each["access_token"]) == [401, 200]


def test_gap_4_a_scope_that_does_not_exist_is_refused(kim, client):
    assert refused(kim, client, scope="admin") == "invalid_scope"
    assert refused(kim, client, scope="mcp admin") == "invalid_scope"


def test_gap_5_of_sixteen_redemptions_at_once_one_is_answered_and_none_breaks(
    polis, kim, client, program
):
    before = issued(polis)
    for number in range(1, rounds(50) + 1):
        given = oauth.approved(polis.services, kim.who, client, scopes=("mcp",))
        answers = together(16, lambda _, given=given: program.exchange(given).status_code)
        assert Counter(answers) == {200: 1, 400: 15}
        assert issued(polis) == before + number


def test_gap_6_a_replay_by_its_client_ends_what_the_code_gave_and_by_another_nothing(
    polis, kim, client, program
):
    given = approval(kim, client)
    made = program.exchange(given).json
    other = oauth.client(polis.services)
    stolen = Program(polis.app, other).exchange(oauth.Approved(other, given.code))
    assert stolen.json["error"] == "invalid_grant"
    assert statuses(polis, kim.who, made["access_token"]) == [200, 200]
    assert program.exchange(given).json["error"] == "invalid_grant"
    assert statuses(polis, kim.who, made["access_token"]) == [401, 401]
    assert program.refresh(made["refresh_token"]).json["error"] == "invalid_grant"


def test_gap_7_a_reused_refresh_token_ends_its_family_and_the_person_is_told(
    polis, kim, client, program
):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        first = program.exchange(oauth.approved(polis.services, kim.who, client)).json
        second = program.refresh(first["refresh_token"]).json
    with time_machine.travel(now + oauth.GRACE, tick=False):
        assert program.refresh(first["refresh_token"]).json["error"] == "invalid_grant"
        assert program.refresh(second["refresh_token"]).json["error"] == "invalid_grant"
        for each in (first, second):
            assert statuses(polis, kim.who, each["access_token"]) == [401, 401]
    with polis.services.database.reading() as session:
        told_ = session.scalars(select(Work.payload).where(Work.kind == mails.KIND)).all()
    assert [each for each in told_ if each["purpose"] == "token_reuse"]


def test_gap_8_tokens_are_prefixed_and_checksummed_and_no_row_holds_one(
    polis, kim, client, program
):
    made = program.exchange(approval(kim, client)).json
    for kind, prefix in (("access_token", "polis_at_"), ("refresh_token", "polis_rt_")):
        assert secrets.well_formed(prefix, made[kind])
    with polis.services.database.reading() as session:
        row = session.get(AccessToken, secrets.digest(made["access_token"]))
        kept = [getattr(row, column.name) for column in AccessToken.__table__.columns]
    assert made["access_token"] not in repr(kept)


def test_gap_9_an_error_goes_back_with_the_issuer(kim, client):
    for asked in ({"scope": "admin"}, {"prompt": "none"}, {"response_type": "token"}):
        assert told(kim.ask(client, **asked))["iss"] == BASE
    assert told(kim.answer(kim.ask(client), "deny"))["iss"] == BASE


UNSOUND = {
    "plain http": ["http://evil.com/cb"],
    "a wildcard": ["https://*.x.com/cb"],
    "none at all": None,
    "an empty list": [],
    "eleven": [f"https://x.example/{number}" for number in range(11)],
    "too long": ["https://x.example/" + "a" * 500],
}


@pytest.mark.parametrize("uris", UNSOUND.values(), ids=UNSOUND)
def test_gap_10_an_unsound_redirect_address_is_not_registered(polis, uris):
    answer = registration(polis, redirect_uris=uris)
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_redirect_uri")


def test_gap_10_a_private_scheme_is_for_public_clients_and_warned_about(polis, kim):
    secret = {"token_endpoint_auth_method": "client_secret_basic"}
    assert registration(polis, redirect_uris=[PRIVATE], **secret).status_code == 400
    client, _ = registered(polis, redirect_uris=[PRIVATE], application_type="native")
    assert "answers to myapp:" in kim.ask(client).text


def test_gap_11_a_public_client_is_given_no_secret(polis):
    for method in ("none", None):
        made = registration(polis, token_endpoint_auth_method=method).json
        assert not {"client_secret", "client_secret_expires_at"} & made.keys()
        assert made["token_endpoint_auth_method"] == "none"


def test_gap_12_a_name_has_an_end_and_hides_nothing(polis):
    assert registration(polis, client_name="n" * 1_000_000).status_code == 413
    assert registration(polis, client_name="n" * 81).status_code == 400
    made = registration(polis, client_name="Cafe\u0301\u202e \u200bapp\x00")
    assert made.json["client_name"] == "Caf\u00e9 app"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_gap_13_a_program_on_this_machine_listens_at_any_port(polis, kim, host):
    client, program = registered(polis, redirect_uris=[f"http://{host}/callback"])
    sent = f"http://{host}:51234/callback"
    given = approval(kim, client, redirect_uri=sent)
    assert program.exchange(given, redirect_uri=sent).status_code == 200


def test_gap_14_access_lives_30_days_and_a_chain_180(polis, kim, client, program):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        made = program.exchange(oauth.approved(polis.services, kim.who, client)).json
    assert made["expires_in"] == 30 * 86400 == 2592000
    for day in range(20, 180, 20):
        with time_machine.travel(now + timedelta(days=day), tick=False):
            made = program.refresh(made["refresh_token"]).json
    assert made["expires_in"] == 20 * 86400  # the chain's end is the token's
    with time_machine.travel(now + timedelta(days=180), tick=False):
        assert program.refresh(made["refresh_token"]).json["error"] == "invalid_grant"
        assert as_agent(polis, kim.who, made["access_token"]).ask("ping").status_code == 401


def test_gap_15_a_refresh_token_comes_unasked_and_changes_with_each_use(polis, kim):
    client, program = registered(polis)
    chain = [program.exchange(approval(kim, client)).json["refresh_token"]]
    for _ in range(3):
        chain.append(program.refresh(chain[-1]).json["refresh_token"])
    assert len(set(chain)) == 4


def test_gap_16_a_bad_client_at_the_door_is_a_page_for_the_person(kim, client):
    for asked in ({"client_id": "polis_ci_nobody"}, {"redirect_uri": f"{REDIRECT}/"}):
        answer = kim.ask(client, **asked)
        assert (answer.status_code, answer.mimetype) == (400, "text/html")
        assert "Location" not in answer.headers
        assert "<h1" in answer.text


def issued(polis) -> int:
    with polis.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(AccessToken))
