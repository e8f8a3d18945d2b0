"""One connection: seen, limited, given another end, ended alone."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import delete, update

from app.domain import ledger
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.grants import Grant
from app.models.limits import SpendCounter
from tests import oauth
from tests.tools.installation import HELLO
from tests.web.apps.people import acts, colleague, consents_of, grant_of, press, stale
from tests.web.oauth.visitor import Visitor, fields, visitor

CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}
NOWHERE = "/app/connections/grt_unknown"


def connected(browser, app=None, **more):
    """A connection of somebody, made a moment ago; gives its grant and its page's address."""
    app = app or oauth.client(browser.services)
    person = oauth.signed_in(browser.who, clock.now())
    made = oauth.tokens(browser.services, browser.who, app, person=person, **more)
    return made, f"/app/connections/{made.grant_id}"


def on(days):
    return f"{clock.now() + timedelta(days=days):%Y-%m-%d}"


def write(browser, path, limit="", ends=None):
    ends = ends or fields(browser.get(path))["ends"]
    return press(browser, path, limit=limit, ends=ends)


def cap(browser, made):
    return grant_of(browser.services, made.grant_id).monthly_cap_tokens


def agent(polis, browser, made):
    """Whoever holds the tokens of a connection."""
    who = replace(browser.who, key=made.access_token)
    return polis.as_(who)


def test_an_app_opens_to_its_single_connections(polis, kim):
    app = oauth.client(polis.services, name="Notes")
    connected(kim, app, cap=70, scopes=("mcp:read",))
    made, path = connected(kim, app, cap=9000)
    grant = grant_of(polis.services, made.grant_id)
    row = f"/app/apps/{grant.organization_id}/{grant.app}"
    assert f'href="{row}"' in kim.get("/app/apps").text
    page = kim.get(row).text
    assert "2 connections" in page
    assert path in page
    for told in ("0 of 70 tokens", "0 of 9,000 tokens", "app.example", "mcp:read", ">You<"):
        assert told in page
    assert "Removing Polis inside Claude or ChatGPT does not end this connection" in page


def test_a_connection_says_all_there_is_to_know(polis, kim):
    made, path = connected(kim, cap=1000, scopes=("mcp", "email"))
    used = clock.now() - timedelta(days=3)
    grant = grant_of(polis.services, made.grant_id)
    subject = f"app:{grant.organization_id}:{grant.app}"
    with polis.services.transaction() as session:
        row = session.get_one(Grant, grant.id)
        row.first_used_at = row.last_used_at = used
        row.last_used_from = "203.0.113.9"
        for month in (clock.EPOCH, clock.month_start(clock.now())):
            session.add(SpendCounter(subject=subject, book="live", period_start=month, used=600))
    page = kim.get(path).text
    assert "600 of 1,000 tokens" in page, "this month alone counts against the limit"
    assert f"{used:%-d %B %Y}" in page
    for told in ("203.0.113.9", "app.example", "Run tests and ask panels", "mcp email"):
        assert told in page
    with polis.services.transaction() as session:  # no run stands behind these figures
        session.execute(delete(SpendCounter).where(SpendCounter.subject == subject))


def test_a_plans_month_begins_where_its_period_does(polis, kim):
    made, path = connected(kim, cap=1000)
    polis.on_plan(polis.as_(kim.who))
    agent(polis, kim, made).call("polis_test", **HELLO)
    assert " 0 of 1,000" not in kim.get(path).text
    polis.work_off()


@pytest.mark.parametrize("fresh", [True, False])
def test_a_lower_limit_takes_no_fresh_sign_in_and_counts_at_the_next_request(polis, kim, fresh):
    made, path = connected(kim, cap=500)
    if not fresh:
        stale(kim)
    answer = write(kim, path, "5")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}?saved")
    assert cap(kim, made) == 5
    refused = agent(polis, kim, made).refusal("polis_test", **HELLO)
    assert refused["code"] == "spend_cap_reached"
    (done,) = [a for a in acts(polis.services, made.grant_id) if a.action == "app.limits_changed"]
    assert (done.details["from"]["tokens"], done.details["to"]["tokens"]) == (500, 5)
    assert done.actor == kim.who.user_id


@pytest.mark.parametrize(("before", "after"), [(5, "6"), (5, ""), (5, "1,000")])
def test_a_higher_limit_takes_a_fresh_sign_in_and_keeps_what_was_written(kim, before, after):
    made, path = connected(kim, cap=before)
    answer = write(stale(kim), path, after)
    asked = urlsplit(answer.headers["Location"])
    assert (asked.path, parse_qs(asked.query)["again"]) == ("/login", ["1"])
    assert cap(kim, made) == before
    back = kim.get(parse_qs(asked.query)["next"][0])
    assert fields(back)["limit"] == after
    kim = visitor(kim.polis, kim.who)
    assert write(kim, path, after).status_code == 303
    assert cap(kim, made) == (int(after.replace(",", "")) if after else None)


def test_another_end_takes_a_fresh_sign_in_whichever_way_it_moves(kim):
    made, path = connected(kim, expires_at=clock.now() + timedelta(days=30))
    for days in (10, 60):
        before = grant_of(kim.services, made.grant_id).expires_at
        assert "/login" in write(stale(kim), path, ends=on(days)).headers["Location"]
        assert grant_of(kim.services, made.grant_id).expires_at == before
        kim = visitor(kim.polis, kim.who)
        assert write(kim, path, ends=on(days)).status_code == 303
        ends = grant_of(kim.services, made.grant_id).expires_at
        assert (f"{ends:%Y-%m-%d}", f"{ends:%H:%M}") == (on(days), "23:59")


def test_sending_the_form_unchanged_changes_nothing(kim):
    made, path = connected(kim, cap=1200)
    before = grant_of(kim.services, made.grant_id).expires_at
    assert write(stale(kim), path, "1,200").status_code == 303
    assert grant_of(kim.services, made.grant_id).expires_at == before
    assert [a.action for a in acts(kim.services, made.grant_id)] == ["app.connected"]


@pytest.mark.parametrize("life", [None, 10 * 86_400])
def test_an_end_is_never_moved_beyond_what_the_approval_could_give(kim, life):
    now = clock.now()
    app = oauth.client(kim.services, refresh_life_s=life)
    made, path = connected(kim, app, expires_at=now + timedelta(days=5))
    latest = 180 if life is None else 10
    answer = write(kim, path, ends=on(latest + 1))
    assert answer.status_code == 422
    assert f"It ends on {now + timedelta(days=latest):%-d %B %Y} at the latest" in answer.text
    assert write(kim, path, ends=on(latest)).status_code == 303
    ends = grant_of(kim.services, made.grant_id).expires_at
    assert now + timedelta(days=latest - 1) < ends <= clock.now() + timedelta(days=latest)


@pytest.mark.parametrize("limit", ["-1", "a lot", "1.5", "1000000001", "٣"])
@pytest.mark.parametrize("ends", ["", "tomorrow", "2027-02-30", "2020-01-01", "20270101000000"])
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_lost(kim, limit, ends):
    made, path = connected(kim, cap=70)
    answer = press(kim, path, limit=limit, ends=ends)
    assert answer.status_code == 422
    assert "2 fields need a change." in answer.text
    assert answer.text.count('aria-invalid="true"') == 2
    written = fields(answer)
    assert (written["limit"], written["ends"]) == (limit, ends)
    assert cap(kim, made) == 70


def test_an_end_moved_closer_ends_tokens_that_would_have_lived_longer(polis, kim):
    made, path = connected(kim)
    write(kim, path, ends=on(0))
    ends = grant_of(polis.services, made.grant_id).expires_at
    assert ends > clock.now()
    with polis.services.transaction() as session:  # midnight passes
        session.execute(
            update(Grant)
            .where(Grant.id == made.grant_id)
            .values(expires_at=clock.now() - timedelta(seconds=1))
        )
    assert agent(polis, kim, made).ask("tools/list").status_code == 401
    assert kim.get(path).status_code == 404


def test_a_standing_approval_is_no_wider_than_the_connection_was_made(polis, kim):
    app = oauth.client(polis.services, **CONFIDENTIAL)
    kim.answer(kim.ask(app), "approve", limit="500", days="180")
    (grant,) = kim.grants()
    (before,) = consents_of(polis.services, kim.who)
    path = f"/app/connections/{grant.id}"
    write(kim, path, "50", on(3))
    (kept,) = consents_of(polis.services, kim.who)
    assert (kept.monthly_cap_tokens, f"{kept.expires_at:%Y-%m-%d}") == (50, on(3))
    write(kim, path, "900", on(90))
    assert consents_of(polis.services, kim.who)[0].monthly_cap_tokens == 50, "never raised"
    assert consents_of(polis.services, kim.who)[0].expires_at == kept.expires_at < before.expires_at


def test_one_connection_ends_alone_and_its_app_asks_again(polis, kim):
    app = oauth.client(polis.services, **CONFIDENTIAL)
    kim.answer(kim.ask(app), "approve")
    assert kim.ask(app).status_code == 302  # remembered: a second connection, unasked
    first, second = kim.grants()
    answer = press(stale(kim), f"/app/connections/{first.id}", do="end")
    row = f"/app/apps/{first.organization_id}/{first.app}?ended"
    assert (answer.status_code, answer.headers["Location"]) == (303, row)
    assert [g.ended_because for g in kim.grants()] == ["disconnected", None]
    assert kim.ask(app).status_code == 200
    assert "1 connection<" in kim.get(row).text
    last = press(kim, f"/app/connections/{second.id}", do="end")
    assert last.headers["Location"] == "/app/apps?ended=1"
    assert kim.get(row).status_code == 404
    done = [(a.action, a.actor) for a in acts(polis.services, first.id)]
    assert done[-1] == ("app.disconnected", kim.who.user_id)


def test_the_tokens_of_an_ended_connection_are_dead_and_those_of_others_live(polis, kim):
    app = oauth.client(polis.services)
    (ended, path), (living, _) = connected(kim, app), connected(kim, app)
    press(kim, path, do="end")
    assert agent(polis, kim, ended).ask("tools/list").status_code == 401
    assert agent(polis, kim, living).ask("tools/list").status_code == 200


SEES = [("member", False), ("admin", True), ("owner", True)]


@pytest.mark.parametrize(("role", "may"), SEES)
def test_a_colleague_reaches_anothers_connection_by_their_role(polis, kim, role, may):
    made, path = connected(kim, cap=70)
    other = colleague(polis, kim, role)
    assert other.get(path).status_code == (200 if may else 404)
    assert press(other, path, limit="60", ends=on(90)).status_code == (303 if may else 404)
    assert cap(kim, made) == (60 if may else 70)
    assert press(other, path, do="end").status_code == (303 if may else 404)
    assert (grant_of(polis.services, made.grant_id).ended_at is not None) is may


def test_a_member_sees_of_an_app_what_they_approved_themselves(polis, kim):
    app = oauth.client(polis.services)
    own = colleague(polis, kim, "member")
    own.who = replace(own.who, organization_id=kim.who.organization_id)
    (_, others), (made, path) = connected(kim, app), connected(own, app)
    grant = grant_of(polis.services, made.grant_id)
    page = own.get(f"/app/apps/{grant.organization_id}/{grant.app}").text
    assert "1 connection<" in page
    assert path in page
    assert others not in page


@pytest.mark.parametrize("role", ["member", "admin", "owner"])
def test_everybody_looks_after_their_own(polis, kim, role):
    own = colleague(polis, kim, role)
    own.who = replace(own.who, organization_id=kim.who.organization_id)
    made, path = connected(own, cap=70)
    assert write(own, path, "60").status_code == 303
    assert cap(own, made) == 60
    assert press(own, path, do="end").status_code == 303


@pytest.mark.parametrize(("role", "may"), [("member", False), ("admin", False), ("owner", True)])
@pytest.mark.parametrize("more", ["80", ""])
def test_only_an_owner_raises_a_limit_even_of_a_connection_of_their_own(
    polis, kim, role, may, more
):
    own = colleague(polis, kim, role)
    own.who = replace(own.who, organization_id=kim.who.organization_id)
    made, path = connected(own, cap=70)
    assert ("only an owner raises it" in own.get(path).text) is not may
    answer = write(own, path, more)
    assert answer.status_code == (303 if may else 403)
    assert ("Only an owner raises a limit; it is 70 tokens." in answer.text) is not may
    assert cap(own, made) == ((int(more) if more else None) if may else 70)


@pytest.mark.parametrize(("role", "may"), [("admin", False), ("owner", True)])
def test_the_limit_of_an_organizations_token_is_its_owners(polis, kim, role, may):
    made, path = connected(kim, cap=70, subject_kind="organization")
    other = colleague(polis, kim, role)
    page = other.get(path).text
    assert ("Its limit and end are the owners" in page) is not may
    assert press(other, path, limit="5", ends=on(90)).status_code == (303 if may else 403)
    assert cap(kim, made) == (5 if may else 70)
    assert press(other, path, do="end").status_code == 303


def test_what_is_of_another_organization_is_not_there(polis, kim):
    made, path = connected(kim, cap=70)
    grant, stranger = grant_of(polis.services, made.grant_id), visitor(polis)
    row = f"/app/apps/{grant.organization_id}/{grant.app}"
    own = f"/app/apps/{stranger.who.organization_id}/{grant.app}"
    for answer in (
        stranger.get(path), stranger.get(row), stranger.get(own), stranger.get(NOWHERE),
        press(stranger, path, limit="900", ends=on(90)), press(stranger, path, do="end"),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert (
        stranger.get(path).text.partition("req_")[0]
        == stranger.get(NOWHERE).text.partition("req_")[0]
    )
    assert cap(kim, made) == 70


@pytest.mark.parametrize("form", [{"do": "end"}, {"limit": "900", "ends": "2027-01-01"}])
def test_a_forged_form_changes_nothing(kim, form):
    made, path = connected(kim, cap=70)
    kim.get(path)
    assert kim.post(path, form).status_code == 400
    assert cap(kim, made) == 70
    assert grant_of(kim.services, made.grant_id).ended_at is None


def test_a_stranger_signs_in_first(polis, kim):
    made, path = connected(kim)
    grant = grant_of(polis.services, made.grant_id)
    for each in (path, f"/app/apps/{grant.organization_id}/{grant.app}"):
        answer = Visitor(polis, None).get(each)
        assert answer.headers["Location"].startswith("/login?next=%2Fapp%2F")


def test_a_connection_tells_what_happened_to_it_newest_first(polis, kim):
    app = oauth.client(polis.services)
    made, path = connected(kim, app, cap=5, scopes=("mcp", "offline_access"))
    polis_agent = agent(polis, kim, made)
    assert polis_agent.refusal("polis_test", **HELLO)["code"] in {
        "spend_cap_reached",
        "not_enough_tokens",
    }
    write(kim, path, "200")
    with polis.services.transaction() as session:
        wallet = Wallet(kim.who.organization_id, "live", polis.services.settings.payment_mode)
        ledger.grant(session, wallet, "packs", 500, cause=f"test:{path}", now=clock.now())
    polis.organizations.append(kim.who.organization_id)
    write(kim, path, "5")
    assert polis_agent.refusal("polis_test", **HELLO)["code"] == "spend_cap_reached"
    write(kim, path, "200")
    polis_agent.call("polis_test", **HELLO, label="Launch thread")
    oauth.refresh(polis.services, app, made.refresh_token)
    page = " ".join(kim.get(path).text.partition("What happened")[2].split())
    places = [page.index(each) for each in (
        "Refreshed its access", "Ran <a", "Limit set to 200 by you",
        "Refused: more than its limit of 5 tokens", "Connected by you",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "“Launch thread”</a>, 15 tokens held" in page
    polis.work_off()


def test_a_connection_tells_what_it_called_and_what_was_refused(polis, kim):
    made, path = connected(kim, scopes=("mcp:read",))
    page = kim.get(path).text
    assert "It has called nothing." in page
    its = agent(polis, kim, made)
    its.call("polis_account")
    its.outcome("polis_status", {"run_id": "run_unknown"})
    polis.app.extensions["polis_last_use"].flush()
    page = kim.get(path).text
    happened, _, called = page.partition('id="calls"')
    assert ["polis_account" in called, "polis_status" in called] == [True, True]
    assert '<span class="mono">polis_status</span>: <span class="mono">not_found</span>' in happened
    assert "polis_account" not in happened
