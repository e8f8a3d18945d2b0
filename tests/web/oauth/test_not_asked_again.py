"""A standing approval: who is not asked again, and who is all the same."""

import pytest
from sqlalchemy import select

from app.models.accounts import Membership
from app.models.grants import Consent
from tests import oauth
from tests.web.oauth.joined import joined
from tests.web.oauth.visitor import told

CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}


@pytest.fixture
def client(polis):
    return oauth.client(polis.services, name="Notes")


def test_a_remembered_approval_is_not_asked_about_again(polis, kim):
    app = oauth.client(polis.services, **CONFIDENTIAL)
    kim.answer(kim.ask(app), "approve", limit="70", days="30")
    answer = kim.ask(app, prompt="none", state="t")
    assert (answer.status_code, told(answer)["state"]) == (302, "t")
    assert "code" in told(kim.ask(app))
    first, *more = kim.grants()
    assert [grant.monthly_cap_tokens for grant in more] == [70, 70]
    assert {grant.expires_at for grant in more} == {first.expires_at}


def test_prompt_consent_asks_again(polis, kim):
    app = oauth.client(polis.services, **CONFIDENTIAL)
    kim.answer(kim.ask(app), "approve")
    assert kim.ask(app, prompt="consent").status_code == 200


def test_an_app_that_registered_itself_is_asked_about_every_time(client, kim):
    kim.answer(kim.ask(client), "approve")
    assert kim.ask(client).status_code == 200
    assert told(kim.ask(client, prompt="none"))["error"] == "consent_required"


def test_a_second_client_of_the_same_name_and_host_asks_again(polis, kim):
    one, two = (oauth.client(polis.services, **CONFIDENTIAL) for _ in range(2))
    kim.answer(kim.ask(one), "approve")
    assert kim.ask(one).status_code == 302
    assert kim.ask(two).status_code == 200


def test_a_person_who_lost_their_role_is_not_silently_approved(polis, kim):
    app, there = oauth.client(polis.services, **CONFIDENTIAL), joined(polis, kim.who, "member")
    kim.answer(kim.ask(app), "approve", organization=there)
    assert kim.ask(app).status_code == 302
    with polis.services.transaction() as session:
        session.delete(session.get_one(Membership, (there, kim.who.user_id)))
    assert kim.ask(app).status_code == 200


def test_denying_leaves_no_standing_approval(polis, kim):
    app = oauth.client(polis.services, **CONFIDENTIAL)
    kim.answer(kim.ask(app), "deny")
    with polis.services.database.reading() as session:
        assert session.scalars(select(Consent).where(Consent.client_id == app.id)).all() == []
