"""polis_estimate: the price and whether it can be paid, without starting anything."""

import pytest

from app.domain import wallets
from app.domain.wallets import Wallet
from app.kit import clock
from tests.tools.installation import HELLO


def _estimate(agent, **more):
    answer = agent.call("polis_estimate", **{**HELLO, **more})
    del answer["_usage"]
    return answer


def test_an_estimate_is_the_price_of_the_start_and_leaves_nothing_behind(polis):
    agent = polis.agent()
    with polis.unchanged():
        answer = _estimate(agent, detail="deep", persona_count=11)
    assert answer == {
        "tokens": 28,
        "usd": 0,
        "split": {"included": 0, "trial": 0, "packs": 28, "overage": 0},
        "within_cap": True,
        "per_persona_tokens": 2.5,
    }
    begun = agent.call("polis_test", **{**HELLO, "detail": "deep", "persona_count": 11})
    assert begun["tokens_charged"] == answer["tokens"]


def test_the_split_follows_the_spend_order(polis):
    agent = polis.agent(tokens=500, verified=True)
    polis.on_plan(agent, "starter")
    agent.call("polis_test", **{**HELLO, "persona_count": 1000, "detail": "deep"})
    answer = _estimate(agent, persona_count=1000, detail="deep")
    assert answer["split"] == {"included": 1500, "trial": 300, "packs": 500, "overage": 200}
    assert (answer["usd"], answer["within_cap"]) == (1.0, True)


@pytest.mark.parametrize(
    ("tokens", "cap", "payable"), [(15, None, True), (14, None, False), (100, 14, False)]
)
def test_it_says_whether_a_start_would_be_accepted(polis, tokens, cap, payable):
    agent = polis.agent(tokens=tokens, cap=cap)
    assert _estimate(agent)["within_cap"] is payable
    assert agent.outcome("polis_test", HELLO)["isError"] is not payable


@pytest.mark.parametrize(
    ("detail", "mode", "each"),
    [
        ("snapshot", "copy", 1),
        ("standard", "copy", 1.5),
        ("deep", "copy", 2.5),
        ("deep", "visual", 7.5),
    ],
)
def test_a_persona_costs_by_detail_and_three_times_for_layout(polis, detail, mode, each):
    page = {"content_type": "url", "url": "https://example.com", "url_mode": mode, "detail": detail}
    answer = polis.agent().call("polis_estimate", **page, persona_count=100)
    assert (answer["per_persona_tokens"], answer["tokens"]) == (each, each * 100)


def test_a_reading_key_may_ask_for_the_price(polis):
    agent = polis.agent(scopes=("mcp:read",), tokens=0)
    assert _estimate(agent)["within_cap"] is False


def test_in_the_last_hours_of_a_plan_it_promises_no_overage(polis):
    agent = polis.agent(tokens=0)
    polis.on_plan(agent, "starter")
    with polis.services.transaction() as session:
        wallet = Wallet(agent.who.organization_id, "live", "simulated")
        wallets.locked(session, wallet).overage_until = clock.now()
    big = {**HELLO, "persona_count": 1000, "detail": "deep"}
    agent.call("polis_test", **big)
    answer = agent.call("polis_estimate", **big)
    assert (answer["within_cap"], answer["split"]["overage"]) == (False, 0)
    assert answer["_usage"]["cap_remaining_usd"] == 0
    error = agent.refusal("polis_test", **big)
    assert error["code"] == "not_enough_tokens"
    assert error["details"]["missing_tokens"] == 1_000
    assert "checkout_urls" in error["details"]
