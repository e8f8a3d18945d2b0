"""The connection of what acts alone: its limit and its end outlive the token that shows it."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.domain.clients import secrets as client_secrets
from app.kit import clock
from app.models.clients import Client
from app.models.grants import Grant
from tests import oauth
from tests.web.apps.people import acts, colleague, press
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import fields

CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}


@pytest.fixture
def robot(polis, kim):
    """An app that acts for its organization by itself: its program, and its connection's page."""
    app = oauth.client(
        polis.services,
        organization_id=kim.who.organization_id,
        client_credentials=True,
        **CONFIDENTIAL,
    )
    with polis.services.transaction() as session:
        secret = client_secrets.issue(session, app.id, clock.now())
    return app, Program(polis.app, app, secret)


def alone(polis, kim, robot):
    """What it fetched, and the grant behind it."""
    app, program = robot
    answer = program.ask(grant_type="client_credentials")
    with polis.services.database.reading() as session:
        newest = select(Grant).where(Grant.client_id == app.id).order_by(Grant.id.desc()).limit(1)
        return answer, session.scalar(newest)


def test_a_limit_on_what_acts_alone_outlives_the_connection_it_was_set_on(polis, kim, robot):
    _, grant = alone(polis, kim, robot)
    path = f"/app/connections/{grant.id}"
    page = kim.get(path)
    assert "ends" not in fields(page), "it is renewed by itself: only the switch ends it"
    assert press(kim, path, limit="40").status_code == 303
    with polis.services.transaction() as session:
        session.execute(update(Grant).where(Grant.id == grant.id).values(expires_at=clock.now()))
    answer, following = alone(polis, kim, robot)
    assert answer.status_code == 200
    assert following.id != grant.id
    assert following.monthly_cap_tokens == 40


@pytest.mark.parametrize("how", ["the connection", "the app"])
def test_ending_what_acts_alone_keeps_it_from_being_there_again(polis, kim, robot, how):
    answer, grant = alone(polis, kim, robot)
    if how == "the app":
        form = {"organization": grant.organization_id, "app": grant.app}
        press(colleague(polis, kim, "admin"), "/app/apps", **form)
    else:
        press(colleague(polis, kim, "admin"), f"/app/connections/{grant.id}", do="end")
    who = replace(kim.who, key=answer.json["access_token"])
    assert polis.as_(who).ask("tools/list").status_code == 401
    assert alone(polis, kim, robot)[0].json["error"] == "unauthorized_client"
    with polis.services.database.reading() as session:
        assert not session.get_one(Client, robot[0].id).client_credentials
    assert [a.action for a in acts(polis.services, robot[0].id)] == ["app.acts_alone_no_more"]


def test_a_member_disconnecting_their_own_leaves_what_acts_alone(polis, kim, robot):
    _, grant = alone(polis, kim, robot)
    form = {"organization": grant.organization_id, "app": grant.app}
    press(colleague(polis, kim, "member"), "/app/apps", **form)
    assert alone(polis, kim, robot)[0].status_code == 200
