"""The link that proves an address, asked for again: once a minute, and what is said of it is true."""

from datetime import timedelta

import pytest
import time_machine

from app.kit import clock
from tests.web.account.browser import Visitor

BEGUN = clock.now()


@pytest.fixture
def owner(limited, email):
    """Somebody who signed up this moment, signed in, the address not proved."""
    with time_machine.travel(BEGUN, tick=False):
        visitor = Visitor(limited, peer="203.0.118.1").sign_up(email)
        assert visitor.sign_in(email).status_code == 303
    return visitor


def again(owner, **after):
    """What is said to whoever asks again so long after the sign-up."""
    with time_machine.travel(BEGUN + timedelta(**after), tick=False):
        owner.open("/app/")
        page = owner.send("/app/")
        assert page.status_code == 200
        text = page.text.partition('<div class="stack">')[2]
        return text.partition("<form")[0]


def letters(owner, email, **after):
    with time_machine.travel(BEGUN + timedelta(**after), tick=False):
        return [each for each in owner.letters(email) if each.subject.startswith("Confirm")]


def test_the_link_is_sent_again_once_a_minute(owner, email):
    assert "We have written" in again(owner, seconds=1)
    assert len(letters(owner, email, seconds=1)) == 2
    refused = again(owner, seconds=21)
    assert "No further letter was sent" in refused
    assert "We have written" not in refused
    assert f"Another can be sent to <b>{email}</b> in 40 seconds." in refused
    assert "The link in the last one works for 29 more minutes." in refused
    assert len(letters(owner, email, seconds=21)) == 2
    assert "We have written" in again(owner, seconds=61)
    assert len(letters(owner, email, seconds=61)) == 3


def test_nothing_is_said_of_a_link_that_is_still_on_its_way(owner):
    again(owner, seconds=1)
    refused = again(owner, seconds=2)
    assert "in 59 seconds" in refused
    assert "works for" not in refused


def test_beyond_five_an_hour_the_wait_is_told_and_only_a_link_that_works(owner, email):
    for minute in range(1, 5):
        assert "We have written" in again(owner, minutes=minute)
        letters(owner, email, minutes=minute)
    soon, late = again(owner, minutes=5), again(owner, minutes=45)
    assert "in 55 minutes." in soon
    assert "works for 29 more minutes." in soon
    assert "in 15 minutes." in late
    assert "works for" not in late
    assert "We have written" in again(owner, minutes=61)


def test_beyond_twelve_a_day_the_longer_wait_is_told(owner):
    for hour in range(3):
        for minute in range(1, 5):
            again(owner, hours=hour, minutes=minute)
    refused = again(owner, hours=2, minutes=5)
    assert "in 22 hours." in refused


def test_a_stranger_is_told_nothing_of_it(limited, owner, email):
    for second in (1, 2):
        again(owner, seconds=second)
    stranger = Visitor(limited, peer="203.0.118.2")
    for address in (email, f"x{email}"):
        for _ in range(7):
            assert "We have written" in stranger.ask_link(address).text
