"""Mails with links to one address: five an hour, twelve a day, and nobody is told of the rest."""

from datetime import timedelta

import time_machine

from app.kit import clock
from tests.web.account.browser import Visitor

ROADS = ("/forgot", "/login", "/forgot", "/signup")


def test_an_address_gets_twelve_a_day_and_again_the_day_after(limited, email):
    begun = clock.now()
    with time_machine.travel(begun, tick=False) as traveller:
        owner = Visitor(limited, peer="203.0.111.0").sign_up(email)
        answers = [_asked(limited, email, road, 1) for road in ROADS * 2]
        assert len(owner.letters(email)) == 5  # the one of the sign-up among them
        for hour in range(1, 4):
            traveller.move_to(begun + timedelta(hours=hour))
            answers += [_asked(limited, email, road, hour + 1) for road in ROADS]
        assert len(owner.letters(email)) == 12
        assert {answer.status_code for answer in answers} == {200}
        told = {(each.request.path, each.text.count("We have written")) for each in answers}
        assert told == {(road, 1) for road in ROADS}
        traveller.move_to(begun + timedelta(days=1))
        assert _asked(limited, email, "/forgot", 9).status_code == 200
        assert len(owner.letters(email)) == 13


def _asked(limited, email, road, number):
    """A stranger at a network of their own asks for a mail to somebody's address."""
    stranger = Visitor(limited, peer=f"203.0.111.{number}")
    stranger.open(road)
    more = {"/login": {"how": "link"}, "/signup": {"password": "eleven quiet lighthouse keepers"}}
    return stranger.send(road, email=email, **more.get(road, {}))
