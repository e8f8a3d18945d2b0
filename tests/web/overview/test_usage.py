"""Usage by day, key, app and person, of a span in the address, and the limits that are in force."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.kit import clock
from tests import oauth
from tests.factories import Member
from tests.web.overview.test_home import figures
from tests.web.overview.test_runs import run

PAGE = "/app/usage"


def amounts(page: str, part: str) -> dict[str, int]:
    """Tokens by name in one of the page's tables."""
    section = page.partition(f'id="u-{part}"')[2].partition("</section>")[0]
    rows = re.findall(
        r'<th scope="row">(?:<span[^>]*>)?([^<]+).*?data-label="Tokens">([\d,]+)<',
        section,
        re.DOTALL,
    )
    return {name.strip(): int(tokens.replace(",", "")) for name, tokens in rows}


def test_what_keys_and_apps_spent_is_told_by_key_by_app_and_by_person(host, email):
    host.polis.complete_run(host.agent_of("ci"), persona_count=20)
    host.polis.complete_run(host.agent)
    app = oauth.client(host.polis.services, name="Claude")
    token = oauth.tokens(host.polis.services, host.who, app).access_token
    asking = host.polis.as_(Member("", "", token, ""))
    run_id = host.polis.complete_run(asking, persona_count=30)
    asking.call("polis_ask", run_id=run_id, question="Why?", target="panel")
    host.polis.work_off()
    page = host.open(PAGE)
    assert amounts(page, "key") == {"ci": 30, "test": 15}
    assert amounts(page, "app") == {"Claude": 45 + 30}
    assert amounts(page, "person") == {email: 120}
    assert figures(page)["Tokens spent"] == "120"


def test_a_comparison_counts_once_and_what_was_given_back_not_at_all(host):
    host.polis.complete_comparison(host.agent)
    host.agent.call("polis_cancel", run_id=run(host.agent))
    page = host.open(PAGE)
    assert amounts(page, "key") == {"test": 30}
    assert 'data-label="Tests, questions">1<' in page


def test_each_book_has_its_own(host):
    host.polis.complete_run(host.agent_of("a try", book="test"))
    assert amounts(host.open(PAGE), "key") == {}
    assert amounts(host.open(f"{PAGE}?book=test"), "key") == {"a try": 15}


def test_a_span_nobody_spent_in_says_so_once_and_what_to_do(host):
    nobody, by = "Nobody spent anything in this span.", ("By key", "By app", "By person")
    page = host.open(PAGE)
    assert (page.count(nobody), [each in page for each in by]) == (1, [False] * 3)
    assert 'href="/app/new">Test a draft' in page.partition(nobody)[2]
    host.polis.complete_run(host.agent)
    page = host.open(PAGE)
    assert (page.count(nobody), [each in page for each in by]) == (0, [True] * 3)


def test_a_month_before_can_be_chosen(host, email):
    month = clock.month_start(clock.now())
    with time_machine.travel(month - timedelta(days=2), tick=False):
        host.polis.complete_run(host.agent)
    before = f"{month - timedelta(days=1):%Y-%m}"
    assert figures(host.open(PAGE))["Tokens spent"] == "0"
    page = host.open(f"{PAGE}?span={before}")
    assert figures(page)["Tokens spent"] == "15"
    assert f'<option value="{before}" selected>' in page
    assert figures(host.open(f"{PAGE}?span=1999-01"))["Tokens spent"] == "0"


def test_a_period_that_began_within_a_day_leaves_out_what_came_before(host, email):
    noon = clock.day_start(clock.now()) + timedelta(days=40, hours=12)
    with time_machine.travel(noon - timedelta(hours=2), tick=False):
        host.polis.complete_run(host.agent_of("early"))
    with time_machine.travel(noon, tick=False) as traveller:
        host.polis.on_plan(host.agent)
        traveller.shift(3600)
        host.polis.complete_run(host.agent, persona_count=20)
        host.visitor.sign_in(email)
        page = host.open(PAGE)
    assert amounts(page, "key") == {"test": 30}
    assert "30 tokens spent." in page


def test_limits_say_how_far_they_are_used_and_when_they_reset(host):
    host.polis.complete_run(host.agent_of("capped", monthly_cap_tokens=60))
    page = host.open(PAGE)
    section = page.partition('id="u-limit"')[2]
    assert "capped" in section
    assert 'data-label="Used">15<span class="sub">25 %' in section
    assert "resets on" in section


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("admin", 200), ("owner", 200)])
@pytest.mark.parametrize("path", [PAGE, "/app/usage.csv"])
def test_usage_is_for_admins(join, email, role, status, path):
    assert join(f"y{email}", role).open(path).status_code == status
