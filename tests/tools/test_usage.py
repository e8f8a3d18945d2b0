"""`_usage` on every answer, refusals included: what this credential can still spend, as of now."""

import pytest
import time_machine

from app.tools.usage import usage
from tests.factories import caller
from tests.tools.agent import ALWAYS, Json
from tests.tools.installation import HELLO


def _usage(answer: Json) -> Json:
    return answer["_usage"]


def test_a_hold_lowers_what_remains_at_once(polis):
    agent = polis.agent(tokens=100)
    told = _usage(agent.call("polis_test", **HELLO))
    assert (told["pack_tokens_remaining"], told["held_tokens"]) == (85, 15)
    polis.work_off()
    told = _usage(agent.call("polis_runs"))
    assert (told["pack_tokens_remaining"], told["held_tokens"]) == (85, 0)


def test_a_refusal_tells_the_usage_too(polis):
    outcome = polis.agent(tokens=3).outcome("polis_test", HELLO)
    assert outcome["isError"]
    assert _usage(outcome["structuredContent"])["pack_tokens_remaining"] == 3


def test_without_plan_or_limit_nothing_more_is_told(polis):
    told = _usage(polis.agent(tokens=5).call("polis_account"))
    assert told.keys() == ALWAYS
    assert told["plan"] == "trial"
    assert told["livemode"] is False


def test_a_plan_tells_its_period_cap_and_overage(polis):
    agent = polis.agent(tokens=0)
    polis.on_plan(agent, "starter")
    told = _usage(agent.call("polis_account"))
    assert told["included_tokens_remaining"] == 4000
    assert (told["cap_usd"], told["cap_remaining_usd"], told["in_overage"]) == (20, 20, False)
    agent.call("polis_test", **{**HELLO, "persona_count": 1000, "detail": "deep"})
    second = agent.call("polis_test", **{**HELLO, "persona_count": 1000, "detail": "deep"})
    told = _usage(second)
    assert told["included_tokens_remaining"] == 0
    assert (told["overage_usd"], told["cap_remaining_usd"], told["in_overage"]) == (5, 15, True)


def test_where_overage_is_refused_nothing_of_the_cap_remains(polis):
    agent = polis.agent(tokens=0)
    polis.on_plan(agent, "starter")
    with time_machine.travel("2099-01-01"):
        told = _usage(agent.call("polis_account"))
        assert agent.refusal("polis_test", **HELLO)["code"] == "not_enough_tokens"
    assert (told["cap_usd"], told["cap_remaining_usd"]) == (20, 0)


def test_a_limited_key_sees_its_own_limit(polis):
    agent = polis.agent(tokens=1000, cap=100)
    told = _usage(agent.call("polis_test", **HELLO))
    assert (told["credential_limit_tokens"], told["credential_limit_remaining"]) == (100, 85)
    free = polis.second_key(agent)
    assert "credential_limit_tokens" not in _usage(free.call("polis_account"))


def test_a_cancelled_run_gives_back_to_the_limit(polis):
    agent = polis.agent(tokens=1000, cap=100)
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    told = _usage(agent.call("polis_cancel", run_id=run_id))
    assert (told["credential_limit_remaining"], told["pack_tokens_remaining"]) == (100, 1000)


def test_the_test_book_is_a_purse_of_its_own(polis):
    agent = polis.agent(book="test", tokens=7)
    told = _usage(agent.call("polis_test", **HELLO))
    assert (told["plan"], told["included_tokens_remaining"]) == ("test", 4985)
    assert told["pack_tokens_remaining"] == 0
    live = polis.second_key(agent)
    assert _usage(live.call("polis_account"))["pack_tokens_remaining"] == 7


def test_the_account_is_the_same_for_every_credential(polis):
    agent = polis.agent(tokens=40, cap=10)
    others = [
        polis.second_key(agent, book="test"),
        polis.second_key(agent, scopes=("mcp:read",)),
        polis.second_key(agent),
    ]
    first = agent.call("polis_account")
    del first["_usage"]
    for other in others:
        answer = other.call("polis_account")
        del answer["_usage"]
        assert answer == first


@pytest.mark.parametrize(
    ("book", "mode", "live"),
    [
        ("live", "stripe_live", True), ("test", "stripe_live", False),
        ("live", "stripe_test", False), ("live", "simulated", False), ("live", "off", False),
    ],
)  # fmt: skip
def test_only_live_tokens_where_stripe_takes_real_money_are_live(polis, book, mode, live):
    its = caller(polis.services, polis.agent().who)._replace(book=book, mode=mode)
    assert usage(its, its.standing, 0)["livemode"] is live
