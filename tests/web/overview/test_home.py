"""The overview: what is left and where it goes, and how far somebody is set up."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.domain import ledger
from app.domain.wallets import Wallet
from app.kit import clock
from tests import oauth
from tests.web.overview.conftest import host_of
from tests.web.overview.test_runs import run, titles

HOME = "/app/"


def figures(page: str) -> dict[str, str]:
    """What the page tells in large, by its name."""
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>(?:<time[^>]*>)?([^<]+)", page))


def test_it_tells_what_is_left_and_where_it_comes_from(host):
    page = host.open(HOME)
    assert figures(page)["Tokens left"] == "20,300"
    assert "300 of the trial, 20,000 in packs" in page
    assert "Trial, no plan" in page
    assert "Runs out" not in figures(page)


def test_what_runs_is_held_and_what_ran_is_spent(host):
    run(host.agent, "One")
    assert figures(host.open(HOME))["Held by running tests"] == "15"
    host.polis.work_off()
    page = host.open(HOME)
    assert figures(page)["Held by running tests"] == "0"
    assert figures(page)["Spent this month"] == "15"
    assert "15 tokens spent and 0 held so far." in page


def test_a_period_that_began_within_a_day_counts_from_its_moment_on(host):
    noon = clock.day_start(clock.now()) + timedelta(days=40, hours=12)
    with time_machine.travel(noon - timedelta(hours=2), tick=False):
        host.polis.complete_run(host.agent)
    with time_machine.travel(noon, tick=False) as traveller:
        host.polis.on_plan(host.agent)
        traveller.shift(3600)
        host.polis.complete_run(host.agent, persona_count=20)
        host.visitor.sign_in(host.email)
        page = host.open(HOME)
    assert figures(page)["Spent this period"] == "30"
    assert "Starter plan, this period until" in page
    assert "4,000 included" in page


def test_it_says_when_tokens_run_out_at_which_pace_and_how_sure_that_is(host):
    start = clock.day_start(clock.now()) + timedelta(days=40, hours=9)
    with time_machine.travel(start, tick=False) as traveller:
        for day in range(5):
            host.polis.complete_run(host.agent, persona_count=100 + 20 * day)
            traveller.shift(timedelta(days=1))
        host.visitor.sign_in(host.email)
        page = host.open(HOME)
    assert re.search(r"at 210 tokens a day, the mean of 5 days \(151\S269\)", page), page
    assert "Runs out" in figures(page)


def test_a_pace_that_leads_to_one_day_names_it_once(host):
    start = clock.day_start(clock.now()) + timedelta(days=40, hours=9)
    with time_machine.travel(start, tick=False) as traveller:
        for _ in range(5):
            host.polis.complete_run(host.agent, persona_count=100)
            traveller.shift(timedelta(days=1))
        host.visitor.sign_in(host.email)
        page = host.open(HOME)
    assert re.search(r"the mean of 5 days \(150\S150\)</dd>", page), page


def test_it_warns_where_included_tokens_end_before_their_period(host):
    start = clock.day_start(clock.now()) + timedelta(days=40, hours=9)
    with time_machine.travel(start, tick=False) as traveller:
        host.polis.on_plan(host.agent)
        for _ in range(4):
            host.polis.complete_run(host.agent, persona_count=300)
            traveller.shift(timedelta(days=1))
        host.visitor.sign_in(host.email)
        page = host.open(HOME)
    assert "Your included tokens run out around" in page
    assert (
        "Then packs are used, then overage at $0.005 a token, up to your cap of $20.00 a period."
        in page
    )
    assert "Review cap" in page


def test_it_says_so_where_nothing_is_left(polis, email):
    host = host_of(polis, email, tokens=0)
    wallet = Wallet(host.who.organization_id, "live", polis.services.settings.payment_mode)
    with polis.services.transaction() as session:
        ledger.hold(session, wallet, 300, cause="test:all", limits=[], now=clock.now())
    page = host.open(HOME)
    assert "No tokens are left." in page
    assert "Buy tokens" in page


def test_the_latest_five_runs_lead_to_the_list(host):
    for number in range(7):
        run(host.agent, f"Draft {number}")
    assert titles(host.open(HOME)) == [f"Draft {number}" for number in (6, 5, 4, 3, 2)]


def test_who_has_nothing_connected_is_told_how(host):
    page = host.open(HOME)
    assert "<code>http://127.0.0.1:8000/mcp</code>" in page
    oauth.tokens(host.polis.services, host.who, oauth.client(host.polis.services, name="Claude"))
    page = host.open(HOME)
    assert "Claude was connected" in page
    assert "/mcp</code>" not in page


def test_the_page_waits_for_the_first_call_and_says_when_it_came(host):
    page = host.open(HOME)
    assert "No call has come yet" in page
    assert 'hx-get="/app/set-up?turn=1" hx-trigger="load delay:2s, every 8s"' in page
    host.agent.call("polis_account")
    host.polis.app.extensions["polis_last_use"].flush()
    ask = {"base_url": host.visitor.base, "headers": {"HX-Request": "true"}}
    ticks = host.visitor.http.get("/app/set-up?turn=1", **ask).text
    assert "First call received" in ticks
    assert "with key “test”" in ticks
    assert "hx-get" not in ticks
    assert host.visitor.open("/app/set-up").location == HOME


@pytest.mark.parametrize(("role", "sees"), [("member", False), ("owner", True)])
def test_a_member_is_not_sent_where_they_may_not_go(join, email, role, sees):
    page = join(f"y{email}", role).open(HOME).text
    assert ("Usage by key and app" in page) == sees
