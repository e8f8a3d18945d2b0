"""Signing in and out: by password, by link; a new id each time; back to what one came for."""

import re
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher

from app.domain import passwords, sign_in
from app.kit import clock
from tests.factories import member
from tests.together import together
from tests.web.account.browser import PASSWORD, Visitor


@pytest.fixture
def ada(polis, email):
    """The address of somebody who is here already, with a password."""
    who = member(polis.services, email=email, verified=True)
    polis.organizations.append(who.organization_id)
    digest = passwords.hash_password(PASSWORD)
    with polis.services.transaction() as session:
        assert sign_in.confirm(session, sign_in.candidate(session, email), digest)
    return email


def test_a_password_leads_to_what_one_came_for(someone, ada):
    answer = someone.sign_in(f" {ada.upper()} ", onward="/app/apps?x=%20y")
    assert (answer.status_code, answer.location) == (303, "/app/apps?x=%20y")
    assert someone.is_signed_in()


@pytest.mark.parametrize(
    "evil", ["//evil.example", "https://evil.example", "/\\evil.example", "\t//x"]
)
def test_no_sign_in_leads_elsewhere(someone, ada, evil):
    assert someone.sign_in(ada, onward=evil).location == "/app/"
    assert someone.open("/login", query_string={"next": evil}).location == "/app/"


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(someone, ada):
    asked = someone.open("/app/", query_string={"a": "b&c"})
    assert (asked.status_code, asked.location) == (303, "/login?next=%2Fapp%2F%3Fa%3Db%2526c")
    form = someone.open(asked.location).text
    onward = re.search(r'name="next" value="([^"]*)"', form)[1].replace("&amp;", "&")
    assert someone.sign_in(ada, onward=onward).location == "/app/?a=b%26c"


def test_a_wrong_password_and_nobody_are_told_the_same(someone, another, ada, email):
    wrong = someone.sign_in(ada, "not the password")
    nobody = another.sign_in(f"x{ada}", "not the password")
    assert (wrong.status_code, nobody.status_code) == (422, 422)
    assert blank(wrong, ada) == blank(nobody, f"x{ada}")
    assert "do not match" in wrong.text
    assert set(wrong.headers.keys()) == set(nobody.headers.keys())


@pytest.mark.parametrize("asked", ["/forgot", "/login"])
def test_a_link_is_promised_to_all_and_sent_to_those_who_are_here(someone, another, ada, asked):
    answers = []
    for visitor, address in ((someone, ada), (another, f"x{ada}")):
        visitor.open(asked)
        answers.append(blank(visitor.send(asked, email=address, how="link"), address))
    assert answers[0] == answers[1]
    assert len(someone.letters(ada)) == 1
    assert someone.letters(f"x{ada}") == []


def blank(answer, email):
    """An answer without what differs between any two."""
    text = answer.text.replace(email, "").replace(email.replace("@", "%40"), "")
    return answer.status_code, re.sub(r'name="csrf_token" value="[^"]+"', "", text)


def test_a_link_signs_in_once(someone, another, ada):
    someone.ask_link(ada, onward="/app/apps")
    link = someone.link(ada)
    assert another.press(link).location == "/app/apps"
    assert another.is_signed_in()
    assert someone.open(link).status_code == 404
    assert "used already" in someone.open(link).text


def test_opening_a_link_does_nothing(someone, ada):
    someone.ask_link(ada)
    link = someone.link(ada)
    for method in ("GET", "HEAD"):
        assert someone._send(method, link).status_code == 200
    assert not someone.is_signed_in()
    assert someone.press(link).status_code == 303


def test_of_many_who_press_at_once_one_is_signed_in(polis, someone, ada):
    someone.ask_link(ada)
    link = someone.link(ada)
    visitors = [Visitor(polis) for _ in range(8)]
    for visitor in visitors:
        visitor.open(link)
    statuses = together(8, lambda number: visitors[number].send(link).status_code)
    assert sorted(statuses) == [303] + [404] * 7


def test_signing_in_sets_the_sessions_cookie_and_none_that_remembers(someone, ada):
    answers = [someone.open("/login"), someone.sign_in(ada), someone.open("/app/")]
    given = [line for each in answers for line in each.headers.getlist("Set-Cookie")]
    names = {line.partition("=")[0] for line in given}
    assert names == {"polis", "polis_form"}
    assert someone.cookie("remember_token") is None


def test_every_sign_in_has_a_new_id_and_the_former_is_dead(someone, ada):
    someone.sign_in(ada)
    first = someone.cookie("polis")
    someone.open("/login?again=1")
    assert someone.send("/login", email=ada, password=PASSWORD).status_code == 303
    assert someone.cookie("polis") not in {None, first}
    someone.http.set_cookie("polis", first, domain="127.0.0.1")
    assert not someone.is_signed_in()


def test_signing_out_ends_the_session_on_the_server(someone, ada):
    someone.sign_in(ada)
    secret = someone.cookie("polis")
    someone.open("/app/")
    assert someone.send("/logout").status_code == 303
    assert someone.cookie("polis") is None
    someone.http.set_cookie("polis", secret, domain="127.0.0.1")
    assert not someone.is_signed_in()


def test_a_session_ends_when_it_is_idle(someone, ada):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        someone.sign_in(ada)
        for _ in range(3):
            traveller.shift(timedelta(days=13))
            assert someone.is_signed_in()
        traveller.shift(timedelta(days=14))
        assert not someone.is_signed_in()


def test_a_new_browser_is_told_of_by_mail(someone, another, ada):
    someone.sign_in(ada)
    assert someone.letters(ada) == []
    someone.open("/app/")
    someone.send("/logout")
    someone.sign_in(ada)
    assert someone.letters(ada) == []
    another.sign_in(ada)
    letter = someone.letter(ada)
    assert letter.subject == "New sign-in to Polis"
    assert "198.51.100.7" in letter.body
    assert "Firefox on Linux" in letter.body


def test_a_reset_ends_every_session_and_changes_the_password(someone, another, ada):
    another.sign_in(ada)
    someone.open("/forgot")
    someone.send("/forgot", email=ada, next="/app/apps")
    link = someone.link(ada)
    weak = someone.press(link, password="password1")
    assert weak.status_code == 422
    assert 'href="#password"' in weak.text
    done = someone.send(link, password="eleven quiet lighthouse keepers")
    assert (done.status_code, done.location) == (303, "/keep?next=%2Fapp%2Fapps")
    assert someone.is_signed_in()
    assert not another.is_signed_in()
    assert someone.open(link).status_code == 404
    assert "was changed" in "".join(letter.subject for letter in someone.letters(ada))
    another.open("/login")
    assert another.sign_in(ada).status_code == 422
    assert another.sign_in(ada, "eleven quiet lighthouse keepers").status_code == 303


def test_an_outdated_digest_is_renewed_by_a_sign_in(polis, someone, ada):
    weak = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
    with polis.services.transaction() as session:
        assert sign_in.confirm(session, sign_in.candidate(session, ada), weak)
    assert someone.sign_in(ada).status_code == 303
    with polis.services.database.reading() as session:
        kept = sign_in.candidate(session, ada).digest
    assert kept != weak
    assert not passwords.outdated(kept)


def test_ten_wrong_passwords_and_even_the_right_one_is_refused_where_limits_are_off_too(polis, ada):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for number in range(10):
            assert (
                Visitor(polis, peer=f"203.0.113.{number}").sign_in(ada, "wrong one").status_code
                == 422
            )
        right = Visitor(polis, peer="203.0.113.99")
        refused = right.sign_in(ada)
        assert refused.status_code == 429
        assert 890 <= int(refused.headers["Retry-After"]) <= 901
        right.ask_link(ada)
        assert right.press(right.link(ada)).status_code == 303, "a link still signs in"
        traveller.shift(901)
        assert Visitor(polis).sign_in(ada).status_code == 303


def test_fifty_wrong_passwords_of_one_network_whatever_it_says_it_is(limited, ada):
    guesser = Visitor(limited, peer="203.0.113.200")
    guesser.open("/login")
    for number in range(51):
        answer = guesser.http.post(
            "/login", base_url=guesser.base,
            data={"csrf_token": guesser.token, "email": f"{number}.{ada}", "password": "wrong one"},
            headers={"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"},
            environ_overrides={"REMOTE_ADDR": guesser.peer},
        )  # fmt: skip
        assert answer.status_code == (422 if number < 50 else 429)


def test_links_to_one_address_are_few_and_whoever_asks_is_not_told(limited, ada):
    answers = []
    for number in range(7):
        visitor = Visitor(limited, peer=f"203.0.112.{number}")
        for path, how in (("/login", "link"), ("/forgot", "")):
            visitor.open(path)
            answers.append(blank(visitor.send(path, email=ada, how=how), ada))
    assert answers == [(200, answers[0][1])] * 14
    assert len(visitor.letters(ada)) == 5
    assert visitor.press(visitor.link(ada)).status_code == 303, "what a stranger asked for opens"


def test_links_asked_for_from_one_network_are_limited(limited, ada):
    visitor = Visitor(limited, peer="203.0.110.1")
    asked = [visitor.ask_link(f"{number}.{ada}").status_code for number in range(21)]
    assert asked == [200] * 20 + [429]


def test_an_answer_that_is_somebodys_is_kept_nowhere(someone, ada):
    someone.sign_in(ada)
    assert someone.open("/app/").headers["Cache-Control"] == "no-store"
    assert someone.open("/login?again=1").headers["Cache-Control"] == "no-store"


def test_a_client_is_reached_from_a_page_whose_policy_lets_it(someone, ada):
    onward = "/oauth/authorize?client_id=polis_ci_x&state=a%20b"
    answer = someone.sign_in(ada, onward=onward)
    assert answer.location == (
        "/continue?next=%2Foauth%2Fauthorize%3Fclient_id%3Dpolis_ci_x%26state%3Da%2520b"
    )
    page = someone.open(answer.location)
    assert page.headers["Refresh"] == f"0; url={onward}"
    assert f'href="{onward.replace("&", "&amp;")}"' in page.text
