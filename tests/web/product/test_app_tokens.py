"""An app's access token at the endpoint: where it is good, for what, and how it ends (S7, S20)."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from app.domain.grants import end
from app.kit import clock
from app.models.accounts import Organization
from app.models.clients import Client
from app.models.grants import Grant
from tests import oauth
from tests.factories import member
from tests.tools.installation import HELLO, running

BASE = "http://127.0.0.1:8000/.well-known/oauth-protected-resource"
METADATA = {"/api/mcp": BASE, "/mcp": f"{BASE}/mcp"}


def connected(polis, path="/api/mcp", *, tokens=1000, **more):
    """The agent of an app somebody just approved."""
    who = member(polis.services, tokens=tokens, verified=True)
    made = oauth.tokens(polis.services, who, **more)
    return polis.as_(replace(who, key=made.access_token), path)


def refused(agent, status=401) -> str:
    answer = agent.ask("tools/list")
    assert answer.status_code == status
    return answer.headers["WWW-Authenticate"]


def test_an_app_runs_a_panel_for_its_organization(polis):
    agent = connected(polis)
    begun = agent.call("polis_test", **HELLO)
    polis.work_off()
    assert agent.call("polis_report", run_id=begun["run_id"])["ready"]
    assert agent.call("polis_account")["email"].endswith("@example.com")


@pytest.mark.parametrize("path", METADATA)
@pytest.mark.parametrize("audience", [None, "/api/mcp", "/mcp"])
def test_a_token_is_good_only_at_the_name_it_was_asked_for(polis, path, audience):
    agent = connected(polis, path, audience=audience)
    if audience in {None, path}:
        assert agent.ask("ping").status_code == 200
    else:
        assert refused(agent) == (
            f'Bearer resource_metadata="{METADATA[path]}", scope="mcp", error="invalid_token", '
            f'error_description="This access token is for {audience} and not for {path}."'
        )


@pytest.mark.parametrize("path", METADATA)
def test_a_token_without_the_endpoints_scopes_is_shown_which_it_needs(polis, path):
    agent = connected(polis, path, scopes=("openid", "email"))
    assert refused(agent, 403) == (
        f'Bearer resource_metadata="{METADATA[path]}", scope="mcp", error="insufficient_scope", '
        'error_description="This access token was granted without mcp and mcp:read."'
    )


@pytest.mark.parametrize("path", METADATA)
def test_a_reading_app_is_told_by_http_how_to_step_up(polis, path):
    agent = connected(polis, path, scopes=("mcp:read",))
    assert agent.call("polis_account")
    with polis.unchanged():
        answer = agent.ask("tools/call", {"name": "polis_test", "arguments": HELLO})
    assert answer.status_code == 403
    assert answer.headers["WWW-Authenticate"] == (
        f'Bearer resource_metadata="{METADATA[path]}", scope="mcp", error="insufficient_scope", '
        'error_description="polis_test needs the scope mcp."'
    )


def test_a_token_lives_thirty_days(polis):
    now = clock.now()
    agent = connected(polis, now=now)
    with time_machine.travel(now + timedelta(days=30, seconds=-1), tick=False):
        assert agent.ask("ping").status_code == 200
    with time_machine.travel(now + timedelta(days=30), tick=False):
        assert "This access token expired on" in refused(agent)


ENDS = {
    "the connection was cut": lambda s, grant: end.of_app(
        s, grant.organization_id, grant.app, "disconnected", clock.now()
    ),
    "the client was ended": lambda s, grant: s.execute(
        update(Client).where(Client.id == grant.client_id).values(ended_at=clock.now())
    ),
}


@pytest.mark.parametrize("how", ENDS)
def test_an_ended_connection_is_refused_at_the_very_next_request(polis, how):
    agent = connected(polis)
    assert agent.ask("ping").status_code == 200
    with polis.services.transaction() as session:
        ENDS[how](session, grant_of(session, agent))
    assert 'error="invalid_token"' in refused(agent)
    assert "This connection was ended on" in refused(agent)


def test_a_suspended_organizations_app_is_refused(polis):
    agent = connected(polis)
    with polis.services.transaction() as session:
        session.get_one(Organization, agent.who.organization_id).suspended_at = clock.now()
    assert agent.ask("ping").status_code == 403


def test_a_replayed_code_ends_the_tokens_it_gave(polis):
    who = member(polis.services, verified=True)
    given = oauth.approved(polis.services, who)
    agent = polis.as_(replace(who, key=oauth.redeem(polis.services, given).access_token))
    assert agent.ask("ping").status_code == 200
    oauth.redeem(polis.services, given)
    assert "This connection was ended on" in refused(agent)


def test_a_reused_refresh_token_ends_every_access_token_of_its_family(polis):
    who = member(polis.services, verified=True)
    app = oauth.client(polis.services)
    first = oauth.tokens(polis.services, who, app)
    second = oauth.refresh(polis.services, app, first.refresh_token)
    agents = [polis.as_(replace(who, key=each.access_token)) for each in (first, second)]
    assert [agent.ask("ping").status_code for agent in agents] == [200, 200]
    oauth.refresh(polis.services, app, first.refresh_token, now=clock.now() + oauth.GRACE)
    assert [agent.ask("ping").status_code for agent in agents] == [401, 401]


def test_an_organizations_token_carries_no_persons_address(polis):
    agent = connected(polis, subject_kind="organization")
    assert agent.call("polis_account").get("email") is None


def test_an_app_spends_up_to_the_limit_its_person_gave(polis):
    agent = connected(polis, cap=15)
    agent.call("polis_test", **HELLO)
    error = agent.refusal("polis_test", **HELLO)
    assert (error["code"], error["details"]["limit"]) == ("spend_cap_reached", "app")
    assert error["details"]["raise_limit_url"].endswith("/app/apps")


def test_two_connections_of_one_app_spend_from_one_limit(polis):
    agent = connected(polis, cap=15)
    agent.call("polis_test", **HELLO)
    other = oauth.tokens(polis.services, agent.who, cap=15)
    again = polis.as_(replace(agent.who, key=other.access_token))
    assert again.refusal("polis_test", **HELLO)["code"] == "spend_cap_reached"


@pytest.mark.parametrize(
    ("kind", "why"),
    [("refresh_token", "This is a refresh token"), ("code", "This is an authorization code")],
)
def test_other_secrets_of_the_flow_open_nothing_and_say_what_they_are(polis, kind, why):
    who = member(polis.services, verified=True)
    given = oauth.approved(polis.services, who)
    secret = given.code if kind == "code" else oauth.redeem(polis.services, given).refresh_token
    assert why in refused(polis.as_(replace(who, key=secret)))


def test_the_use_of_a_connection_is_noted(polis):
    agent = connected(polis)
    agent.peer = "192.0.2.7"
    for _ in range(3):
        agent.ask("ping")
    polis.app.extensions["polis_last_use"].flush()
    with polis.services.database.reading() as session:
        grant = grant_of(session, agent)
        assert (grant.requests, grant.last_used_from) == (3, "192.0.2.7")
        assert grant.first_used_at <= grant.last_used_at


def test_behind_a_proxy_the_use_is_noted_of_whoever_asked_it(polis):
    settings = polis.services.settings.model_copy(update={"trusted_proxies": ("10.0.0.0/8",)})
    with running(replace(polis.services, settings=settings)) as proxied:
        agent = connected(proxied)
        for peer, said in [("10.0.0.7", "203.0.113.5, 198.51.100.9"), ("192.0.2.1", "203.0.113.5")]:
            agent.peer = peer
            agent.ask("ping", x_forwarded_for=said)
            proxied.app.extensions["polis_last_use"].flush()
            with proxied.services.database.reading() as session:
                asked = "198.51.100.9" if peer.startswith("10.") else peer
                assert grant_of(session, agent).last_used_from == asked


def grant_of(session, agent) -> Grant:
    return session.scalars(
        select(Grant).where(Grant.organization_id == agent.who.organization_id)
    ).one()
