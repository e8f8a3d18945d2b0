"""After a reset one says which keys and connections are one's own; the others end."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from app.domain import held
from app.domain.credentials import BadCredential
from app.kit import clock
from app.models.clients import Client
from app.models.grants import Grant

NEW = "eleven quiet lighthouse keepers"


@pytest.fixture
def agent(polis, email):
    return polis.agent(email=email, verified=True, tokens=0)


def connected(polis, agent):
    """A connection of somebody's to a client; gives its id."""
    now, unique = clock.now(), agent.who.user_id
    with polis.services.transaction() as session:
        client = Client(
            id=f"cli_{unique}"[:40], client_id=f"polis_ci_{unique}", kind="registered", name="Claude",
            redirect_uris=["https://claude.ai/api/mcp/auth_callback"], auth_methods="none",
            grant_types="authorization_code", scopes="mcp", created_at=now, **more_of(Client),
        )  # fmt: skip
        session.add(client)
        session.flush()
        grant = Grant(
            id=f"gra_{unique}"[:40], client_id=client.id, organization_id=agent.who.organization_id,
            user_id=agent.who.user_id, subject_kind="user", app="a", scopes="mcp", client_revision=1,
            created_at=now, expires_at=now.replace(year=now.year + 1),
        )  # fmt: skip
        session.add(grant)
        return grant.id


def more_of(table):
    """What else a row of this table must say."""
    wanted = {"told": {}, "app": "a", "revision": 1, "links": {}}
    return {name: value for name, value in wanted.items() if name in table.__table__.columns}


def reset(visitor, email):
    visitor.open("/forgot")
    visitor.send("/forgot", email=email, next="/app/apps?x=1")
    return visitor.press(visitor.link(email), password=NEW)


def test_a_reset_asks_which_to_keep_and_ends_the_rest(polis, someone, agent, email):
    grant_id = connected(polis, agent)
    asked = reset(someone, email)
    assert asked.location == f"/keep?{urlencode({'next': '/app/apps?x=1'})}"
    page = someone.open(asked.location).text
    assert "checked" not in page
    assert "Connection of “Claude”" in page
    done = someone.send(
        "/keep", next="/app/apps?x=1", **{agent.who.key_id: "end", grant_id: "keep"}
    )
    assert done.location == "/app/apps?x=1"
    with pytest.raises(BadCredential, match="revoked"):
        polis.services.credentials.authenticate(agent.who.key, clock.now())
    assert [each.id for each in living(polis, agent)] == [grant_id]
    someone.open("/keep")
    someone.send("/keep", **{grant_id: "end"})
    assert living(polis, agent) == []
    assert someone.open("/keep").location == "/app/"


def test_what_was_not_answered_is_asked_for_again_and_nothing_ends_meanwhile(
    polis, someone, agent, email
):
    grant_id = connected(polis, agent)
    someone.open(reset(someone, email).location)
    asked = someone.send(
        "/keep", next="/app/apps", **{agent.who.key_id: "end", grant_id: "perhaps"}
    )
    assert asked.status_code == 422
    assert f'<a href="#{grant_id}">“Claude” needs an answer: keep it or end it.' in asked.text
    assert asked.text.count("checked") == 1, "what was answered stays"
    assert len(living(polis, agent)) == 2


def test_nobody_ends_what_is_somebody_elses(polis, someone, agent, email):
    stranger = polis.agent()
    reset(someone, email)
    someone.open("/keep")
    someone.send("/keep", **{stranger.who.key_id: "end"})
    assert polis.services.credentials.authenticate(stranger.who.key, clock.now())


def test_it_is_asked_of_a_fresh_sign_in_alone(someone):
    assert someone.open("/keep").location == "/login?next=%2Fkeep"


def test_an_answer_that_comes_late_is_asked_for_again_and_goes_on_where_one_was_going(
    polis, someone, agent, email
):
    connected(polis, agent)
    someone.open(reset(someone, email).location)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        late = someone.send("/keep", next="/app/apps?x=1", **{agent.who.key_id: "end"})
    assert late.location == "/login?" + urlencode(
        {"next": "/keep?" + urlencode({"next": "/app/apps?x=1"}), "again": 1}
    )
    assert len(living(polis, agent)) == 2


def living(polis, agent):
    with polis.services.database.reading() as session:
        return held.by_person(session, agent.who.user_id, clock.now())
