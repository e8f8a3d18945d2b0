"""The authorization endpoint: what is answered at once, what is shown, what comes of it."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import time_machine
from sqlalchemy import update

from app.kit import clock
from app.models.credentials import SignInSession
from tests import oauth
from tests.tools.installation import running
from tests.web.oauth.visitor import BASE, Visitor, address, onward, told, visitor


def _age(visitor, **age):
    """Turn the clock of a session: they signed in a while ago."""
    with visitor.services.transaction() as session:
        ago = clock.now() - timedelta(**age)
        session.execute(
            update(SignInSession)
            .where(SignInSession.user_id == visitor.who.user_id)
            .values(authenticated_at=ago)
        )


def test_approving_sends_a_code_with_state_and_issuer(polis, client, kim):
    page = kim.ask(client, state="a b+c&d=\u00e4%")
    assert page.status_code == 200
    answer = kim.answer(page, "approve")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{oauth.REDIRECT}?code=polis_ac_")
    assert answer.headers["Cache-Control"] == "no-store"
    assert told(answer).keys() == {"code", "state", "iss"}
    assert told(answer)["state"] == "a b+c&d=\u00e4%"
    assert told(answer)["iss"] == BASE
    assert len(kim.grants()) == 1


def test_the_code_is_worth_tokens_to_the_client_that_asked(polis, client, kim):
    code = told(kim.answer(kim.ask(client), "approve"))["code"]
    made = oauth.redeem(polis.services, oauth.Approved(client, code))
    assert made.scopes == ("mcp",)


def test_denying_says_so_with_state_and_issuer(polis, client, kim):
    answer = kim.answer(kim.ask(client), "deny")
    told_ = told(answer)
    assert (told_["error"], told_["state"], told_["iss"]) == ("access_denied", "s", BASE)
    assert kim.grants() == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"resource": "https://evil.example/mcp"}, "invalid_target"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"prompt": "none login"}, "invalid_request"),
    ],
)
@pytest.mark.parametrize("path", ["/oauth/authorize", "/authorize"])
def test_what_breaks_a_rule_goes_back_at_once_with_the_issuer(client, kim, change, error, path):
    url = address(client, **change).replace("/oauth/authorize", path)
    answer = kim.get(url)
    assert answer.status_code == 302
    assert told(answer).keys() == {"error", "error_description", "error_uri", "state", "iss"}
    assert told(answer)["error_uri"] == f"{BASE}/docs/troubleshooting#{error}"
    assert (told(answer)["error"], told(answer)["iss"]) == (error, BASE)
    assert answer.headers["Location"].startswith(f"{oauth.REDIRECT}?")


# RFC 9700 §4.11.2: nobody's browser is led by us to where whoever registered has chosen.


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"resource": "https://evil.example/mcp"}, "invalid_target"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"response_type": "x"}, "unsupported_response_type"),
        ({"prompt": "x"}, "invalid_request"),
    ],
)
@pytest.mark.parametrize("path", ["/oauth/authorize", "/authorize"])
@pytest.mark.parametrize("redirect_uri", [oauth.REDIRECT, "evil.app:/callback"])
def test_a_stranger_signs_in_before_a_fault_leads_to_where_nobody_vouches_for(
    polis, kim, change, error, path, redirect_uri
):
    client = oauth.client(polis.services, redirect_uris=[redirect_uri])
    url = address(client, **change)
    sent = Visitor(polis, None).get(url.replace("/oauth/authorize", path))
    assert (sent.status_code, sent.headers["Location"][:12]) == (303, "/login?next=")
    assert onward(sent).startswith(url)
    answer = kim.get(onward(sent))
    assert answer.headers["Location"].startswith(f"{redirect_uri}?")
    assert (told(answer)["error"], told(answer)["state"]) == (error, "s")


@pytest.mark.parametrize(
    ("facts", "change"),
    [
        (
            {"name": "Claude", "redirect_uris": ["https://claude.ai/api/mcp/auth_callback"]},
            {"scope": "admin"},
        ),
        ({"verified_at": clock.EPOCH}, {"scope": "admin"}),
        ({"redirect_uris": ["http://127.0.0.1/callback"]}, {"scope": "admin"}),
        ({}, {"scope": "admin", "prompt": "none"}),
    ],
)
def test_a_fault_goes_back_at_once_to_a_known_place_a_program_here_or_without_a_page(
    polis, facts, change
):
    client = oauth.client(polis.services, **facts)
    answer = Visitor(polis, None).ask(client, **change)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{client.redirect_uris[0]}?error=invalid_scope")


@pytest.mark.parametrize("state", [b"\xff\xfe", b"\x00", b"a%2Bb", b'<">', "\U0001f600".encode()])
@pytest.mark.parametrize("decision", ["approve", "deny"])
def test_state_comes_back_byte_for_byte(client, kim, state, decision):
    page = kim.get(address(client, state=None) + f"&state={quote(state, safe='')}")
    location = kim.answer(page, decision).headers["Location"]
    assert f"&state={quote(state, safe='')}&" in location


# Row 16: who asks and where the answer goes is told to the person.


def _told_to_the_person(answer):
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "text/html" in answer.headers["Content-Type"]
    return answer.text


def test_a_redirect_mismatch_is_named_on_a_page_and_nobody_is_sent_there(client, kim):
    text = _told_to_the_person(kim.ask(client, redirect_uri=oauth.REDIRECT + "/"))
    told = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    assert f"This app sent {oauth.REDIRECT}/ but registered {oauth.REDIRECT} The two" in told


def test_a_mismatch_is_told_to_a_stranger_too(polis, client):
    _told_to_the_person(Visitor(polis, None).ask(client, redirect_uri="https://evil.example/"))


@pytest.mark.parametrize(
    "sent",
    [
        "polis_ci_nobody",
        "",
        "x" * 600,
        "\x00",
        "http://evil.example/c",
        "'; --",
        "<script>x</script>",
    ],
)
def test_a_client_nobody_knows_gets_a_page(kim, client, sent):
    text = _told_to_the_person(kim.ask(client, client_id=sent))
    assert "<script" not in text


def test_an_ended_client_gets_a_page(polis, kim):
    ended = oauth.client(polis.services, ended_at=clock.now())
    assert "not any more" in _told_to_the_person(kim.ask(ended))


def test_what_a_stranger_wrote_is_shown_as_text(kim, client):
    text = _told_to_the_person(kim.ask(client, redirect_uri="https://x/<img src=x>\u202e"))
    assert "<img" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_in_development_the_name_that_was_asked_is_the_issuer_and_a_resource(polis, client, host):
    for resource in (f"http://{host}/mcp", f"{BASE}/api/mcp"):
        url = address(client, prompt="none", resource=resource)
        answer = polis.app.test_client().get(url, headers={"Host": host})
        assert (told(answer)["error"], told(answer)["iss"]) == ("login_required", f"http://{host}")


def test_another_port_of_this_machine_is_no_resource_of_ours(client, kim):
    answer = kim.ask(client, resource="http://localhost:9000/mcp")
    assert told(answer)["error"] == "invalid_target"


# Who is there, and since when.


def test_a_stranger_signs_in_first_and_comes_back_to_the_same_request(polis, client):
    url = address(client, state="a b+c&d=\u00e4")
    answer = Visitor(polis, None).get(url)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/login?next=%2Foauth%2Fauthorize")
    (back,) = parse_qs(urlsplit(answer.headers["Location"]).query)["next"]
    assert back.startswith(url + "&signed_in_after=")


def test_without_a_page_a_stranger_is_login_required(polis, client):
    answer = told(Visitor(polis, None).ask(client, prompt="none"))
    assert (answer["error"], answer["iss"]) == ("login_required", BASE)


@pytest.mark.parametrize("change", [{"prompt": "login"}, {"max_age": "60"}, {"max_age": "0"}])
def test_who_signed_in_long_ago_signs_in_again_and_only_once(client, kim, change):
    _age(kim, minutes=5)
    sent = kim.ask(client, state="\u00e4 b", **change)
    assert sent.headers["Location"].startswith("/login?next=")
    assert "again=1" in sent.headers["Location"]
    back = onward(sent)
    assert kim.get(back).status_code == 303
    _age(kim, minutes=0)
    assert kim.get(back).status_code == 200


@pytest.mark.parametrize("left", ["", "x", "-1", "9" * 15, "9" * 40, "1", "\u0661", ".", "1.2.3"])
def test_a_mark_nobody_of_us_made_satisfies_nothing(client, kim, left):
    _age(kim, minutes=5)
    answer = kim.get(address(client, prompt="login") + "&signed_in_after=" + quote(left))
    assert answer.headers["Location"].startswith("/login?")


@pytest.mark.parametrize("change", [{"prompt": "login"}, {"max_age": "60"}])
def test_a_moment_before_the_sign_in_has_to_be_told_by_us(client, kim, change):
    _age(kim, minutes=5)
    signature = onward(kim.ask(client, **change)).rpartition(".")[2]
    earlier = clock.milliseconds(clock.now() - timedelta(minutes=10))
    for mark in (earlier, f"{earlier}.", f"{earlier}.{signature}"):
        answer = kim.get(address(client, **change) + f"&signed_in_after={mark}")
        assert answer.headers["Location"].startswith("/login?next="), mark


def test_a_mark_is_good_for_its_own_request_and_for_half_an_hour(client, kim):
    begun = clock.now()
    with time_machine.travel(begun, tick=False) as traveller:
        mark = onward(kim.ask(client, prompt="login")).rpartition("&")[2]
        _age(kim, minutes=0)
        same = f"{address(client, prompt='login')}&{mark}"
        assert kim.get(same).status_code == 200
        assert kim.get(f"{address(client, prompt='login', state='t')}&{mark}").status_code == 303
        traveller.move_to(begun + timedelta(minutes=30))
        assert kim.get(same).status_code == 200
        traveller.move_to(begun + timedelta(minutes=30, seconds=1))
        assert kim.get(same).status_code == 303


def test_a_sign_in_young_enough_is_enough(client, kim):
    _age(kim, minutes=5)
    assert kim.ask(client, max_age="600").status_code == 200


def test_a_sign_in_too_old_is_login_required_without_a_page(client, kim):
    _age(kim, minutes=5)
    assert told(kim.ask(client, prompt="none", max_age="60"))["error"] == "login_required"


def test_only_a_proved_person_approves(polis, client):
    unproved = visitor(polis, verified=False)
    page = unproved.ask(client)
    assert page.status_code == 403
    assert "Confirm your address first" in page.text
    assert told(unproved.ask(client, prompt="none"))["error"] == "interaction_required"


def test_nothing_is_approved_silently_the_first_time(polis, client, kim):
    assert told(kim.ask(client, prompt="none"))["error"] == "consent_required"
    assert kim.grants() == []


def test_sixty_pages_an_hour_are_enough_for_a_person(polis, client, kim):
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with running(replace(polis.services, settings=settings)) as counted:
        kim = Visitor(counted, kim.who, kim.cookies)
        statuses = [kim.ask(client).status_code for _ in range(62)]
        stranger = Visitor(counted, None).ask(client)
    assert statuses == [200] * 60 + [429] * 2
    assert stranger.status_code == 303
