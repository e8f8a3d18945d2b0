"""S24: a session's id is new at each sign-in, its cookie bound, its end certain by the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from app.kit import clock
from tests.tools.installation import running
from tests.web.account.browser import PASSWORD, Visitor
from tests.web.account.somebody import somebody

SECURE = "https://polis.example"
DAY = timedelta(days=1)


@pytest.fixture
def ada(polis, email):
    """Somebody with a password."""
    return somebody(polis, email)


def test_s24_fourteen_idle_days_end_a_session_and_a_second_less_does_not(someone, ada):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        someone.sign_in(ada)
        for _ in range(2):
            traveller.shift(14 * DAY - timedelta(seconds=1))
            assert someone.is_signed_in()
        traveller.shift(14 * DAY)
        assert not someone.is_signed_in()


def test_s24_ninety_days_end_a_session_however_often_it_is_used(someone, ada):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        someone.sign_in(ada)
        for _ in range(9):
            traveller.shift(9 * DAY)
            assert someone.is_signed_in()
        traveller.shift(9 * DAY - timedelta(seconds=1))
        assert someone.is_signed_in()
        traveller.shift(timedelta(seconds=1))
        assert not someone.is_signed_in()


def test_s24_every_sign_in_has_a_new_id_also_where_one_was_planted(someone, another, ada):
    another.sign_in(ada)
    planted = another.cookie("polis")
    someone.http.set_cookie("polis", planted, domain="127.0.0.1")
    seen = {planted}
    for _ in range(3):
        someone.open("/login?again=1")
        assert someone.send("/login", email=ada, password=PASSWORD).status_code == 303
        assert someone.cookie("polis") not in seen
        seen.add(someone.cookie("polis"))
    assert not another.is_signed_in()  # the planted one ended with the first sign-in


def test_s24_an_id_we_never_gave_is_nobody_and_is_not_taken_on(someone, ada):
    someone.http.set_cookie("polis", "polis_ss_" + "a" * 38, domain="127.0.0.1")
    assert not someone.is_signed_in()
    someone.sign_in(ada)
    assert someone.cookie("polis") != "polis_ss_" + "a" * 38


def flags(answer, name):
    """What a cookie's line says besides its value."""
    (line,) = (each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"{name}="))
    return {part.strip() for part in line.split(";")[1:] if not part.strip().startswith("Expires")}


def test_s24_the_cookie_over_https_is_bound_to_the_host_and_out_of_reach(polis, ada):
    settings = polis.services.settings.model_copy(update={"base_url": SECURE})
    with running(replace(polis.services, settings=settings)) as secure:
        answer = Visitor(secure, base=SECURE).sign_in(ada)
    wanted = {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"}
    assert flags(answer, "__Host-polis") == wanted
    assert flags(answer, "__Host-polis_form") == wanted - {"Max-Age=7776000"}


def test_s24_the_cookie_over_http_is_the_same_without_what_http_cannot(someone, ada):
    answer = someone.sign_in(ada)
    assert flags(answer, "polis") == {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"}


def test_s24_another_password_ends_every_other_session(polis, someone, ada):
    others = [Visitor(polis) for _ in range(3)]
    for each in others:
        each.sign_in(ada)
    someone.open("/forgot")
    someone.send("/forgot", email=ada)
    someone.press(someone.link(ada), password="eleven quiet lighthouse keepers")
    assert someone.is_signed_in()
    assert [each.is_signed_in() for each in others] == [False] * 3


def test_s24_signing_out_is_true_on_the_server_too(someone, ada):
    someone.sign_in(ada)
    secret = someone.cookie("polis")
    someone.open("/app/")
    someone.send("/logout")
    someone.http.set_cookie("polis", secret, domain="127.0.0.1")
    assert not someone.is_signed_in()
