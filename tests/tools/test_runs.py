"""polis_runs: earlier runs of this organization and book, newest first, page by page."""

import pytest

from tests.tools.installation import HELLO


def _start(agent, **more):
    return agent.call("polis_test", **{**HELLO, "detail": "snapshot", **more})["run_id"]


def _ids(page):
    return [run["run_id"] for run in page["runs"]]


def test_a_listed_run_says_what_it_was_and_cost(polis):
    agent = polis.agent()
    run_id = _start(agent, label="launch")
    listed = agent.call("polis_runs")["runs"]
    created_at = listed[0].pop("created_at")
    assert created_at.endswith("Z")
    assert listed == [
        {
            "run_id": run_id,
            "label": "launch",
            "content_type": "text",
            "status": "pending",
            "tokens": 10,
        }
    ]


def test_a_refund_is_taken_off(polis):
    agent = polis.agent()
    agent.call("polis_cancel", run_id=_start(agent))
    assert [(run["status"], run["tokens"]) for run in agent.call("polis_runs")["runs"]] == [
        ("cancelled", 0)
    ]


def test_pages_hold_every_run_once_newest_first(polis):
    agent = polis.agent()
    started = [_start(agent) for _ in range(7)]
    pages, cursor = [], {}
    while True:
        page = agent.call("polis_runs", limit=3, **cursor)
        pages.append(_ids(page))
        if "next_cursor" not in page:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert [len(page) for page in pages] == [3, 3, 1]
    assert sorted(started, reverse=True) == [run_id for page in pages for run_id in page]


def test_a_status_picks_the_runs_in_it(polis):
    agent = polis.agent()
    done = polis.complete_run(agent)
    waiting = _start(agent)
    assert _ids(agent.call("polis_runs", status="complete")) == [done]
    assert _ids(agent.call("polis_runs", status="pending")) == [waiting]
    assert _ids(agent.call("polis_runs", status="failed")) == []


def test_a_variant_stands_where_polis_status_says_until_its_comparison_is_over(polis):
    agent = polis.agent()
    first = polis.variant_that_is_done(agent)
    assert agent.call("polis_status", run_id=first)["status"] == "synthesizing"
    variants = _ids(agent.call("polis_runs"))
    assert [run["status"] for run in agent.call("polis_runs")["runs"]] == ["synthesizing"] * 2
    assert _ids(agent.call("polis_runs", status="synthesizing")) == variants
    assert _ids(agent.call("polis_runs", status="complete")) == []
    polis.work_off()
    assert _ids(agent.call("polis_runs", status="synthesizing")) == []
    assert _ids(agent.call("polis_runs", status="complete")) == variants


def test_each_book_lists_its_own(polis):
    agent = polis.agent()
    live = _start(agent)
    tester = polis.second_key(agent, book="test")
    test = _start(tester)
    assert (_ids(agent.call("polis_runs")), _ids(tester.call("polis_runs"))) == ([live], [test])


def test_a_foreign_cursor_tells_nothing(polis):
    agent, stranger = polis.agent(), polis.agent()
    foreign = _start(stranger)
    mine = _start(agent)
    assert _ids(agent.call("polis_runs", cursor=foreign)) == []
    assert _ids(agent.call("polis_runs", cursor=f"run_{'z' * 26}")) == [mine]


@pytest.mark.parametrize(
    "cursor", ["", "x", "run_", "cmp_" + "0" * 26, "run_" + "u" * 26, "ŕ" * 30]
)
def test_a_cursor_that_is_none_is_a_bad_field(polis, cursor):
    error = polis.agent().refusal("polis_runs", cursor=cursor)
    assert error["code"] == "invalid_input"
    assert [each["field"] for each in error["details"]["fields"]] == ["cursor"]
