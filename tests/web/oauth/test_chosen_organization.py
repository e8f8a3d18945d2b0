"""Which organization an app acts as is chosen by its person, on a page of ours."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update

from app.kit import clock
from app.models.credentials import SignInSession
from tests.web.oauth.joined import joined
from tests.web.oauth.visitor import choices, fields, onward, told, visitor

ASKED = {"sub_type": "organization", "scope": "mcp"}


@pytest.fixture
def owned(polis, kim):
    return joined(polis, kim.who, "owner")


@pytest.mark.parametrize("sent", ["a", "", "org_01", "own"])
def test_what_a_client_sends_as_organization_chooses_nothing_and_breaks_nothing(
    kim, client, owned, sent
):
    page = kim.ask(client, **ASKED, organization=owned if sent == "own" else sent)
    asked = kim.get(choices(page)["Harbour owner"])
    assert asked.status_code == 200
    assert fields(asked)["organization"] == owned
    assert told(kim.answer(asked, "approve"))["code"]
    assert kim.grants()[0].organization_id == owned


def test_nobody_else_makes_the_choice(polis, kim, client, owned):
    link = choices(kim.ask(client, **ASKED))["Harbour owner"]
    before, _, signed = link.rpartition("=")
    assert fields(kim.get(link))["organization"] == owned
    forged = [
        f"{before}={owned}",
        f"{before}={owned}.",
        f"{before}={owned}.{signed}",
        f"{before}={signed.replace(owned, kim.who.organization_id)}",
        f"{before}={signed}x",
        link.replace("state=s", "state=t"),
    ]
    for each in forged:
        assert "Which organization?" in kim.get(each).text, each
    other = visitor(polis)
    assert owned not in other.get(link).text


def test_a_choice_is_kept_through_a_sign_in_that_was_asked_for(kim, client, owned):
    _age(kim, minutes=5)
    sent = kim.ask(client, **ASKED, prompt="login")
    _age(kim, minutes=0)
    page = kim.get(choices(kim.get(onward(sent)))["Harbour owner"])
    assert page.status_code == 200
    assert fields(page)["organization"] == owned


def test_not_you_leaves_the_choice_to_whoever_signs_in(kim, client, owned):
    page = kim.get(choices(kim.ask(client, **ASKED))["Harbour owner"])
    assert owned not in unescape(re.search(r'href="(/login[^"]*)">Not you', page.text)[1])


def _age(kim, **age):
    """Turn the clock of a session: they signed in a while ago."""
    with kim.services.transaction() as session:
        mine = SignInSession.user_id == kim.who.user_id
        then = clock.now() - timedelta(**age)
        session.execute(update(SignInSession).where(mine).values(authenticated_at=then))
