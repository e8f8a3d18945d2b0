"""An app connected once more: the limit that stands is not raised by whoever may not raise it."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from app.domain import sessions
from app.kit import clock
from tests import oauth
from tests.web.apps.people import colleague, press
from tests.web.oauth.gadget import answered, gadget, typed
from tests.web.oauth.joined import joined
from tests.web.oauth.visitor import fields, told, visitor

REFUSED = "Only an owner raises a limit; it is 50 tokens."


def _app(polis, name="Notes", **facts):
    """An app as it comes back without its tokens: registered anew."""
    return oauth.client(polis.services, name=name, **facts)


def _connect(who, app, there, limit="50"):
    return who.answer(who.ask(app), "approve", organization=there, limit=limit)


def _beside_the_limit(page) -> str:
    found = re.search(r'id="limit-e">(?:<svg.*?</svg>)?([^<]*)</p>', page.text)
    return unescape(found[1]) if found else ""


def _caps(who) -> list[int | None]:
    return [each.monthly_cap_tokens for each in who.grants()]


@pytest.mark.parametrize("role", ["member", "admin"])
@pytest.mark.parametrize("limit", ["", "51", "1000000"])
def test_a_member_does_not_raise_a_limit_by_connecting_again(polis, kim, role, limit):
    there = joined(polis, kim.who, role)
    _connect(kim, _app(polis), there)
    refused = _connect(kim, _app(polis), there, limit)
    assert (refused.status_code, _beside_the_limit(refused)) == (422, REFUSED)
    assert (fields(refused)["limit"], _caps(kim)) == (limit, [50])
    assert told(kim.answer(refused, "approve", limit="40"))["code"]
    assert _caps(kim) == [50, 40]


def test_what_an_owner_lowered_since_counts(polis, kim):
    member, there = colleague(polis, kim, "member"), kim.who.organization_id
    _connect(member, _app(polis), there, "900")
    (grant,) = member.grants()
    press(kim, f"/app/connections/{grant.id}", limit="50", ends=f"{grant.expires_at:%Y-%m-%d}")
    assert _caps(member) == [50]
    assert _beside_the_limit(_connect(member, _app(polis), there, "900")) == REFUSED


def test_an_owner_says_what_an_app_may_spend_as_often_as_they_connect_it(polis, kim):
    for limit in ("50", "60", ""):
        assert told(_connect(kim, _app(polis), kim.who.organization_id, limit))["code"]
    assert _caps(kim) == [50, 60, None]


def test_an_owner_who_signed_in_long_ago_raises_nothing_by_connecting_again(polis, kim):
    there = kim.who.organization_id
    _connect(kim, _app(polis), there)
    with time_machine.travel(clock.now() + sessions.FRESH + timedelta(minutes=1)):
        refused = _connect(kim, _app(polis), there, "60")
        assert _beside_the_limit(refused).startswith("This raises the limit of 50 tokens: sign in")
        assert told(kim.answer(refused, "approve", limit="50"))["code"]
    assert _caps(kim) == [50, 50]


@pytest.mark.parametrize(("stands", "filled"), [("50", "50"), ("900", "300"), ("", "300")])
def test_what_is_filled_in_is_never_more_than_stands(polis, kim, stands, filled):
    _connect(kim, _app(polis), kim.who.organization_id, stands)
    assert fields(kim.ask(_app(polis)))["limit"] == filled


def test_a_verified_app_that_stands_at_a_limit_is_offered_that_limit(polis, kim):
    first, again = (_app(polis, verified_at=clock.now()) for _ in range(2))
    assert fields(kim.ask(first))["limit"] == ""
    _connect(kim, first, kim.who.organization_id, "500")
    page = kim.ask(again)
    assert fields(page)["limit"] == "500"
    assert told(kim.answer(page, "approve"))["code"]


def test_a_device_is_offered_the_limit_that_stands(polis, kim):
    device = gadget(polis)
    device.ask(scope="mcp")
    answered(kim, device, limit="50")
    device.ask(scope="mcp")
    assert fields(typed(kim, device.codes["user_code"]))["limit"] == "50"


def test_the_limit_of_another_app_organization_or_person_binds_nobody(polis, kim):
    there, elsewhere = joined(polis, kim.who, "member"), joined(polis, kim.who, "member")
    _connect(kim, _app(polis), there)
    assert told(_connect(kim, _app(polis, "Other notes"), there, ""))["code"]
    assert told(_connect(kim, _app(polis), elsewhere, ""))["code"]
    owner = visitor(polis)
    one, two = (colleague(polis, owner, "member") for _ in range(2))
    for person, limit in ((one, "50"), (two, "")):
        assert told(_connect(person, _app(polis), owner.who.organization_id, limit))["code"]


def test_a_connection_that_has_ended_binds_nobody(polis, kim):
    there = joined(polis, kim.who, "member")
    _connect(kim, _app(polis), there)
    press(kim, f"/app/connections/{kim.grants()[0].id}", do="end")
    assert kim.grants()[0].ended_at is not None
    assert told(_connect(kim, _app(polis), there, "60"))["code"]


@pytest.mark.parametrize("limit", ["", "51"])
def test_a_device_does_not_raise_it_either(polis, kim, limit):
    there = joined(polis, kim.who, "member")
    for wanted in ("50", limit):
        device = gadget(polis)
        device.ask(scope="mcp")
        answer = answered(kim, device, organization=there, limit=wanted)
    assert (answer.status_code, _beside_the_limit(answer)) == (422, REFUSED)
    assert _caps(kim) == [50]
    assert device.poll().json["error"] == "authorization_pending"


def test_what_is_not_asked_about_again_keeps_to_it(polis, kim):
    there = joined(polis, kim.who, "member")
    facts = {"kind": "developer", "auth_methods": "client_secret_basic"}
    remembered, other = _app(polis, **facts), _app(polis)
    _connect(kim, remembered, there, "900")
    _connect(kim, other, there, "50")
    assert told(kim.ask(remembered))["code"]
    assert _caps(kim) == [900, 50, 50]
