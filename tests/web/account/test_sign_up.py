"""Signing up: proved by a link, in the browser that signed up or without what it chose."""

from urllib.parse import quote

import pytest

from app.domain import accounts, keys
from app.domain.credentials import BadCredential
from app.kit import clock
from tests.web.account.browser import PASSWORD, Visitor


def test_signing_up_ends_signed_in_at_what_one_came_for(someone, email):
    someone.sign_up(email, onward="/app/apps?x=1")
    assert not someone.is_signed_in()
    answer = someone.press(someone.link(email))
    assert (answer.status_code, answer.location) == (303, "/app/apps?x=1")
    home = someone.open("/app/").text
    assert email in home
    assert "Sign out" in home
    assert "not confirmed" not in home
    assert "no password" not in home


def test_the_password_chosen_at_sign_up_signs_in_again(someone, another, email):
    someone.sign_up(email)
    someone.press(someone.link(email))
    assert another.sign_in(email).status_code == 303
    assert another.is_signed_in()


def test_a_proof_in_another_browser_removes_what_was_prepared(polis, someone, another, email):
    someone.sign_up(email)
    assert someone.sign_in(email).status_code == 303
    with polis.services.transaction() as session:
        person = accounts.find(session, email)
        key = keys.create(
            session, person.organization_id, user_id=person.user_id, name="k", now=clock.now()
        )
    verify = another.letters(email)[0].body
    another.press(verify[verify.index("/link/") :].split()[0])
    assert "no password" in another.open("/app/").text
    assert not someone.is_signed_in()
    assert someone.sign_in(email).status_code == 422
    with pytest.raises(BadCredential):
        polis.services.credentials.authenticate(key.secret, clock.now())


def test_whoever_lost_the_password_of_sign_up_is_told_wherever_they_go_on(someone, another, email):
    someone.sign_up(email, onward="/app/keys")
    confirmed = another.press(another.link(email))
    assert confirmed.location == "/app/keys"
    for path in ("/app/keys", "/app/runs/nowhere", "/app/"):
        page = another.open(path).text
        assert page.count("You have no password.") == 1
        assert "the address was confirmed in another browser" in page
    another.ask_link(email)
    another.press(another.link(email))
    assert "You have no password." in another.open("/app/keys").text
    another.open("/app/")
    another.send("/logout")
    another.ask_link(email)
    another.press(another.link(email))
    assert "You have no password." not in another.open("/app/keys").text
    assert "confirmed in another browser" not in another.open("/app/").text


def test_whoever_chose_another_password_is_not_told_any_more(someone, another, email):
    someone.sign_up(email)
    another.press(another.link(email))
    another.open("/forgot")
    another.send("/forgot", email=email)
    another.press(another.link(email), password="eleven kites over the harbour")
    for path in ("/app/keys", "/app/"):
        assert "You have no password." not in another.open(path).text


def test_an_owner_who_signs_up_after_a_stranger_gets_rid_of_them(polis, someone, another, email):
    stranger, owner = someone, another
    stranger.sign_up(email, "the stranger knows this one")
    first = stranger.link(email)
    owner.sign_up(email, "the owner chose this one")
    assert "have an account" in owner.letter(email).subject
    owner.press(first)
    assert owner.is_signed_in()
    assert stranger.sign_in(email, "the stranger knows this one").status_code == 422
    assert stranger.sign_in(email, "the owner chose this one").status_code == 422


def test_the_first_proof_by_a_sign_in_link_removes_the_password_too(someone, another, email):
    someone.sign_up(email)
    another.ask_link(email)
    another.press(another.link(email))
    assert another.is_signed_in()
    assert someone.sign_in(email).status_code == 422


def test_whoever_is_not_confirmed_may_have_the_link_again(someone, email):
    someone.sign_up(email)
    someone.sign_in(email)
    home = someone.open("/app/")
    assert "not confirmed" in home.text
    assert "mail" in someone.send("/app/").text
    someone.press(someone.link(email))
    home = someone.open("/app/").text
    assert "not confirmed" not in home
    assert "no password" not in home
    assert someone.send("/app/").location == "/app/"


def test_a_known_address_is_answered_as_a_new_one_and_written_to(polis, someone, another, email):
    someone.sign_up(email)
    someone.press(someone.link(email))
    fresh = f"x{email}"
    another.open("/signup")
    known = another.send("/signup", email=email, password=PASSWORD)
    another.open("/signup")
    unknown = another.send("/signup", email=fresh, password=PASSWORD)
    assert known.status_code == unknown.status_code == 200
    assert without(email, known) == without(fresh, unknown)
    assert "have an account" in another.letter(email).subject
    assert "Confirm" in another.letter(fresh).subject


def without(email, answer):
    return answer.text.replace(email, "").replace(quote(email), "")


@pytest.mark.parametrize(
    ("typed", "password", "beside"),
    [
        ("", PASSWORD, "email"),
        ("nobody", PASSWORD, "email"),
        ("a@b@c d.example", PASSWORD, "email"),
        ("a\x01@example.com", PASSWORD, "email"),
        ("ada@example.com", "", "password"),
        ("ada@example.com", "iloveyou", "password"),
        ("ada@example.com", "ada@example.com", "password"),
        ("ada@example.com", "x" * 1001, "password"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_above(someone, typed, password, beside):
    someone.open("/signup")
    answer = someone.send("/signup", email=typed, password=password)
    assert answer.status_code == 422
    assert f'<a href="#{beside}">' in answer.text
    assert f'id="{beside}-e"' in answer.text
    assert password in {"", typed} or password not in answer.text


def test_sign_ups_of_a_network_are_limited(limited):
    visitor = Visitor(limited, peer="203.0.113.20")
    for number in range(20):
        visitor.sign_up(f"{number}.{clock.milliseconds(clock.now())}@example.com")
    visitor.open("/signup")
    refused = visitor.send("/signup", email="more@example.com", password=PASSWORD)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_sign_ups_of_one_address_mail_no_more_than_links_do(limited, email):
    owner, answers = Visitor(limited, peer="203.0.110.0"), []
    owner.sign_up(email)
    owner.press(owner.link(email))
    for address in (email, f"x{email}"):
        for number in range(1, 9):
            stranger = Visitor(limited, peer=f"203.0.110.{number}")
            stranger.open("/signup")
            answer = stranger.send("/signup", email=address, password=PASSWORD)
            answers.append((answer.status_code, without(address, answer)))
    assert answers == [(200, answers[0][1])] * 16
    assert len(owner.letters(email)) == len(owner.letters(f"x{email}")) == 5
