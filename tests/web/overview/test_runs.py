"""The list of runs: one row a run or comparison, narrowed by its address, paged, and alive."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from app.kit import clock
from app.models.runs import Run
from tests import oauth
from tests.web.overview.conftest import host_of

LIST = "/app/runs"


def titles(page: str) -> list[str]:
    """The titles of the rows, newest first."""
    return [
        html.unescape(each)
        for each in re.findall(r'<a href="/app/runs/(?:run|cmp)_\w+">([^<]+)</a>', page)
    ]


def tokens(page: str) -> list[str]:
    """What the rows say of tokens, newest first."""
    cells = re.findall(r'data-label="Tokens">(.*?)</td>', page)
    return [" ".join(re.sub("<[^>]+>", " ", each).split()) for each in cells]


def run(agent, label=None, **more) -> str:
    facts = {"content_type": "text", "content": "Hello, world", "persona_count": 10, **more}
    return agent.call("polis_test", **facts, **({"label": label} if label else {}))["run_id"]


def link(page: str, name: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="\w+">{name}<', page)
    return html.unescape(found[1]) if found else ""


def test_a_run_is_one_row_with_its_room_and_price(host):
    run(host.agent, "Price announcement")
    host.polis.work_off()
    page = host.open(LIST)
    assert titles(page) == ["Price announcement"]
    assert "10, 0 and 0 of 10 people in the three segments" in page
    assert "Complete" in page
    assert "text, 10 people, standard" in page
    assert 'data-label="Tokens">15<' in page


def test_a_run_without_a_label_is_called_by_its_first_words(host):
    run(
        host.agent,
        content="# From Monday on we publish once a week, and here is why we think that everybody gains",
    )
    assert titles(host.open(LIST)) == [
        "From Monday on we publish once a week, and here is why we think that…"
    ]


def test_a_comparison_is_one_row(host):
    host.polis.complete_comparison(host.agent)
    page = host.open(LIST)
    assert titles(page) == ["Hello"]
    assert "comparison, 2 \N{MULTIPLICATION SIGN} 10 people" in page
    assert "Too close to call" in page
    assert 'data-label="Tokens">30<' in page


def test_what_failed_or_was_cancelled_says_what_it_cost_of_what_was_estimated(host):
    cancelled = run(host.agent, "Stopped")
    with host.polis.services.transaction() as session:
        session.get_one(Run, cancelled).personas_done = 4
    host.agent.call("polis_cancel", run_id=cancelled)
    page = host.open(LIST)
    assert "Cancelled after 4 people" in page
    assert tokens(page) == ["6 of 15 estimated, 9 back"]
    assert tokens(host.open("/app/")) == ["6 of 15 estimated, 9 back"]


def test_what_runs_says_the_most_it_can_cost_and_what_is_over_what_it_did(host):
    run(host.agent, "One")
    variants = [{"content": "Hello"}, {"content": "Good evening"}]
    host.agent.call(
        "polis_compare", content_type="text", variants=variants, persona_count=10, label="Two"
    )
    assert tokens(host.open(LIST)) == ["up to 30 held", "up to 15 held"]
    host.polis.work_off()
    assert tokens(host.open(LIST)) == ["30", "15"]


def test_a_row_says_who_started_it(host):
    run(host.agent_of("ci"), "By a key")
    app = oauth.client(host.polis.services, name="Claude")
    token = oauth.tokens(host.polis.services, host.who, app).access_token
    run(host.polis.as_(type(host.who)("", "", token, "")), "By an app")
    page = host.open(LIST)
    assert "Key “ci”" in page
    assert 'data-label="Started by">Claude<' in page


def test_the_list_is_narrowed_by_what_its_address_says(host):
    ci = host.agent_of("ci")
    host.polis.complete_run(host.agent, label="Launch thread", content="We launch on Monday")
    host.agent.call("polis_cancel", run_id=run(ci, "Hiring post"))
    run(host.agent_of("trial", book="test"), "Only a try")
    by = f"by=key:{ci.who.key_id}"
    expected = {
        "": ["Hiring post", "Launch thread"],
        "q=LAUNCH": ["Launch thread"],
        "q=on+monday": ["Launch thread"],
        "q=100%25": [],
        "state=cancelled": ["Hiring post"],
        "state=running": [],
        by: ["Hiring post"],
        f"{by}&state=complete": [],
        f"by=user:{host.who.user_id}": ["Hiring post", "Launch thread"],
        "by=user:usr_nobody": [],
        "when=30": ["Hiring post", "Launch thread"],
        "when=month": ["Hiring post", "Launch thread"],
        "book=test": ["Only a try"],
    }
    assert {query: titles(host.open(f"{LIST}?{query}")) for query in expected} == expected


@pytest.mark.parametrize(
    "query",
    [
        "state=lost",
        "by=nobody",
        "by=key:%27",
        "when=never",
        "book=real",
        "older=x",
        "newer=%00",
        "q=%00",
        "q=%25_%5C",
    ],
)
def test_what_nobody_can_mean_is_no_error(host, query):
    run(host.agent, "There")
    host.open(f"{LIST}?{query}")


def test_an_old_run_is_not_of_the_last_30_days(host):
    with time_machine.travel(clock.now() - timedelta(days=31), tick=False):
        host.agent.as_of = run(host.agent, "Long ago")
    run(host.agent, "Now")
    assert titles(host.open(f"{LIST}?when=30")) == ["Now"]


def test_pages_lead_on_and_back_through_every_row_once(host):
    for number in range(55):
        run(host.agent, f"Draft {number:02}", persona_count=10)
        if number % 20 == 0:
            variants = [{"content": "Hello"}, {"content": "Good evening"}]
            host.agent.call(
                "polis_compare",
                content_type="text",
                variants=variants,
                persona_count=10,
                label=f"Two {number:02}",
            )
    pages = [host.open(LIST)]
    while older := link(pages[-1], "Older"):
        pages.append(host.open(older))
    read = [title for page in pages for title in titles(page)]
    assert len(read) == len(set(read)) == 58
    assert read[0] == "Draft 54"
    assert read[-2:] == ["Two 00", "Draft 00"]
    back = host.open(link(pages[-1], "Newer"))
    assert titles(back) == titles(pages[-2])
    assert titles(host.open(link(back, "Newer"))) == titles(pages[0])
    assert link(pages[0], "Newer") == ""


def test_an_empty_list_says_what_to_do_and_a_narrowed_one_what_is_not_there(host):
    assert "Nobody has read anything yet." in host.open(LIST)
    run(host.agent, "There")
    assert "No failed runs in the last 30 days" in host.open(f"{LIST}?state=failed&when=30")
    assert "No runs hold “&lt;b&gt;”" in host.open(f"{LIST}?q=%3Cb%3E")


def test_nothing_of_another_organization_is_listed(host, polis, email):
    stranger = host_of(polis, f"x{email}")
    theirs = run(stranger.agent, "Secret plan")
    assert titles(host.open(LIST)) == []
    answer = host.visitor.http.get(
        f"{LIST}/live?id={theirs}", base_url=host.visitor.base, headers={"HX-Request": "true"}
    )
    assert "Secret" not in answer.text


def test_rows_that_run_are_asked_for_again_until_they_are_over(host):
    run(host.agent, "Still running")
    page = host.open(LIST)
    again = html.unescape(
        re.search(r'hx-get="(/app/runs/live[^"]+)" hx-trigger="load delay:2s, every 8s"', page)[1]
    )
    ask = {"base_url": host.visitor.base, "headers": {"HX-Request": "true"}}
    waiting = host.visitor.http.get(again, **ask).text
    assert "0 of 10" in waiting
    assert "turn=2" in waiting
    host.polis.work_off()
    over = host.visitor.http.get(again, **ask).text
    assert "Complete" in over
    assert "hx-get" not in over
    assert host.visitor.open(again).location == LIST


def test_two_to_five_complete_runs_go_on_to_their_comparison(host):
    ids = [host.polis.complete_run(host.agent, label=f"Draft {number}") for number in range(2)]
    page = host.open(LIST)
    assert page.count('type="checkbox" name="run"') == 2
    chosen = "&".join(f"run={each}" for each in ids)
    assert host.visitor.open(f"{LIST}/compare?{chosen}").location == f"/app/compare?{chosen}"
    few = host.visitor.open(f"{LIST}/compare?run={ids[0]}&state=complete")
    assert few.status_code == 422
    assert "Choose 2 to 5 complete runs" in few.text
    assert few.text.count(" checked") == 1
    assert '<option value="complete" selected>' in few.text


def test_whoever_is_not_signed_in_comes_back_after_signing_in(polis, host):
    host.visitor.http.delete_cookie("polis", domain="127.0.0.1")
    answer = host.visitor.open(f"{LIST}?state=failed")
    assert answer.location == "/login?next=%2Fapp%2Fruns%3Fstate%3Dfailed"
