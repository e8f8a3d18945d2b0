"""polis_test: the price is held, the batches are written down, the answer comes at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.kit import clock
from app.models.accounts import Organization
from app.models.runs import Batch, Run
from tests.tools.installation import HELLO


def _run(polis, run_id):
    with polis.services.database.reading() as session:
        return session.get_one(Run, run_id)


def test_a_start_answers_before_anybody_has_read_a_word(polis):
    agent = polis.agent()
    answer = agent.call("polis_test", **HELLO)
    del answer["_usage"]
    run_id = answer["run_id"]
    assert answer == {
        "run_id": run_id,
        "status": "pending",
        "tokens_charged": 15,
        "poll_after_s": 2,
        "dashboard_url": f"http://127.0.0.1:8000/app/runs/{run_id}",
    }
    assert _run(polis, run_id).status == "pending"


@pytest.mark.parametrize(
    ("personas", "detail", "tokens"),
    [
        (10, "snapshot", 10),
        (1000, "snapshot", 1000),
        (11, "standard", 17),
        (100, "standard", 150),
        (11, "deep", 28),
    ],
)
def test_the_price_is_personas_times_detail_rounded_up(polis, personas, detail, tokens):
    facts = {**HELLO, "persona_count": personas, "detail": detail}
    assert polis.agent().call("polis_test", **facts)["tokens_charged"] == tokens


def test_what_is_left_out_has_its_default(polis):
    run_id = polis.agent().call("polis_test", content_type="tweet", content="Hi")["run_id"]
    run = _run(polis, run_id)
    assert (run.persona_count, run.detail, run.label, run.audience) == (100, "standard", None, None)
    assert run.url_mode is None


def test_everything_given_is_kept(polis):
    given = {
        "content_type": "linkedin",
        "content": "Ünïcode 🎉 and \n lines\t",
        "persona_count": 10,
        "detail": "snapshot",
        "audience": "nurses",
        "label": "first try",
        "seed": 2**53 - 1,
    }
    run = _run(polis, polis.agent().call("polis_test", **given)["run_id"])
    assert {name: getattr(run, name) for name in given} == given


def test_a_thousand_personas_are_split_into_batches_that_cover_every_seat_once(polis):
    run_id = polis.agent().call(
        "polis_test", **{**HELLO, "persona_count": 1000, "detail": "snapshot"}
    )["run_id"]
    with polis.services.database.reading() as session:
        parts = session.scalars(select(Batch).where(Batch.run_id == run_id)).all()
    seats = sorted(
        seat for part in parts for seat in range(part.first_seat, part.first_seat + part.seats)
    )
    assert seats == list(range(1, 1001))


def test_equal_requests_sit_the_same_panel_unless_told_otherwise(polis):
    agent = polis.agent()
    first, same = (_run(polis, agent.call("polis_test", **HELLO)["run_id"]) for _ in range(2))
    other = _run(polis, agent.call("polis_test", **HELLO, seed=7)["run_id"])
    assert first.seed == same.seed != other.seed == 7


def test_nobody_pays_for_what_cannot_be_paid(polis):
    agent = polis.agent(tokens=14)
    with polis.unchanged():
        error = agent.refusal("polis_test", **HELLO)
    assert error["code"] == "not_enough_tokens"
    details = error["details"]
    assert (details["needed_tokens"], details["missing_tokens"]) == (15, 1)
    assert details["checkout_urls"].keys() == {"starter", "pro", "scale"}
    assert [pack["pack"] for pack in details["topup_packs"]] == [
        "small",
        "medium",
        "large",
        "scale",
    ]
    assert details["billing_url"].endswith("/app/billing")


def test_the_cap_on_overage_stops_a_start_and_names_itself(polis):
    agent = polis.agent(tokens=0, verified=False)  # nobody is there to be written to
    polis.on_plan(agent, "starter")
    big = {**HELLO, "persona_count": 1000, "detail": "deep"}
    for _ in range(3):  # 4,000 included and $17.50 of $20 of overage
        agent.call("polis_test", **big)
    with polis.unchanged():
        error = agent.refusal("polis_test", **big)
    assert error["code"] == "spend_cap_reached"
    assert (error["details"]["limit"], error["details"]["missing_tokens"]) == ("organization", 2000)
    assert "checkout_urls" in error["details"]


def test_a_keys_own_limit_stops_a_start_and_names_itself(polis):
    agent = polis.agent(cap=20, verified=False)
    agent.call("polis_test", **HELLO)
    with polis.unchanged():
        error = agent.refusal("polis_test", **HELLO)
    assert error["code"] == "spend_cap_reached"
    assert error["details"] == {
        "limit": "key",
        "limit_tokens": 20,
        "needed_tokens": 15,
        "missing_tokens": 10,
        "raise_limit_url": "http://127.0.0.1:8000/app/keys",
    }


def test_a_test_key_is_sent_to_no_checkout(polis):
    agent = polis.agent(book="test")
    for _ in range(2):
        agent.call("polis_test", **{**HELLO, "persona_count": 1000, "detail": "deep"})
    with polis.unchanged():
        error = agent.refusal("polis_test", **HELLO)
    assert error["code"] == "not_enough_tokens"
    assert error["details"].keys() == {"needed_tokens", "missing_tokens"}
    assert "midnight UTC" in error["hint"]


def test_a_reading_key_starts_nothing(polis):
    agent = polis.agent(scopes=("mcp:read",))
    with polis.unchanged():
        error = agent.refusal("polis_test", **HELLO)
    assert error["code"] == "insufficient_scope"
    assert "mcp:read" in error["message"]


def test_an_organization_whose_runs_are_paused_is_told_until_when(polis):
    agent, until = polis.agent(), clock.now() + timedelta(minutes=10)
    with polis.services.transaction() as session:
        session.get_one(Organization, agent.who.organization_id).runs_paused_until = until
    with polis.unchanged():
        error = agent.refusal("polis_test", **HELLO)
    assert error["code"] == "rate_limited"
    assert 590 < error["details"]["retry_after_s"] <= 601
    assert clock.iso(until) in error["message"]
